import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { openApi } from './api/api.ts';
import { App } from './app/app.tsx';
import './app/style.css';

const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root.');
const api = openApi(window.location.href);
createRoot(root).render(
  <StrictMode>
    <Provider value={api.client}>
      <App connection={api.connection} />
    </Provider>
  </StrictMode>,
);
