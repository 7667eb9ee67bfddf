# What Prospector may do in Vault, and nothing else. Written for its defaults: change "secret" to your PROSPECTOR_VAULT_MOUNT and
# "ghoststack/prospector" to your PROSPECTOR_VAULT_PATH.
#
#   vault policy write prospector docs/vault-policy.hcl

# Its secrets: read, and written with check-and-set. Nothing is deleted here, so that a mistake can be undone.
path "secret/data/ghoststack/prospector/*" {
  capabilities = ["create", "read", "update"]
}

# `disconnect` removes every version; `secrets migrate` lists what there is.
path "secret/metadata/ghoststack/prospector/*" {
  capabilities = ["delete", "list"]
}

# Its own token: how long it lives, renewing it, ending it. The policy "default" grants these too.
path "auth/token/lookup-self" {
  capabilities = ["read"]
}

path "auth/token/renew-self" {
  capabilities = ["update"]
}

path "auth/token/revoke-self" {
  capabilities = ["update"]
}
