import type { ServerOptions } from 'node:https';

/** A certificate, and how it is offered. */
export interface Tls {
  key: string;
  cert: string;
  clientCa?: string;
  maxVersion?: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
}

/** As Node takes it. */
export function httpsOptions({ key, cert, clientCa, maxVersion }: Tls): ServerOptions {
  return {
    key,
    cert,
    ...(clientCa !== undefined && { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
    // OpenSSL refuses what is this old unless its security level is lowered.
    ...(maxVersion !== undefined && { minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' }),
  };
}
