import { UsageError } from '../exit.ts';

const secretOption =
  /^--(upwork-|vault-|new-)?(client[-_]?(id|secret)|(role|secret)[-_]?id|secret|token|password|passphrase|(access|refresh|api)[-_]?token)(=|$)/i;

/** Throws UsageError where a secret was about to be given as an option: everyone on the machine can read those (F124). Never repeats the value. */
export function refuseSecretOptions(words: readonly string[]): void {
  const found = words.find((word) => secretOption.test(word));
  if (found === undefined) return;
  const option = found.split('=')[0];
  throw new UsageError(
    `${option} is not taken on the command line: other users and the shell history would see it. ` +
      'For the Upwork key run "ghoststack prospector connect upwork" and type it when asked, or hand in a file with ' +
      '--credentials-file, or set UPWORK_CLIENT_ID and UPWORK_CLIENT_SECRET_FILE. A token of Prospector goes into PROSPECTOR_TOKEN; a passphrase and what opens Vault go into files, named by ' +
      'PROSPECTOR_PASSPHRASE_FILE, VAULT_TOKEN_FILE or VAULT_SECRET_ID_FILE.',
  );
}
