/** No test may reach a real Vault, key or home: whatever the caller's shell exports of ours is cleared first. */
for (const name of Object.keys(process.env)) {
  if (/^(PROSPECTOR|UPWORK|VAULT)_/.test(name) && !name.startsWith('PROSPECTOR_TEST_')) delete process.env[name];
}
