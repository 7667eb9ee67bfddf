/** What went wrong, in the server's words, which name the remedy. Nothing where nothing did. */
export function Errors({ of }: { readonly of: readonly (string | undefined)[] }) {
  const messages = of.filter((message) => message !== undefined);
  if (messages.length === 0) return null;
  return (
    <div className="trouble" role="alert">
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
