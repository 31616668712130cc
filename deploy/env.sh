#!/usr/bin/env bash
# Writes the environment file of docker-compose.yml with fresh random passwords, unless it is there already:
# PostgreSQL keeps the passwords of its first start, so a new file would lock the services out of their data.
#   deploy/env.sh [file]     default: .env in the repository root
set -euo pipefail
file=${1:-$(dirname "${BASH_SOURCE[0]}")/../.env}
if [[ -e $file ]]; then
  echo "env.sh: $file is there already and is left as it is" >&2
  exit 0
fi
secret() { openssl rand -hex 24; }
umask 077
cat >"$file" <<VALUES
POSTGRES_PASSWORD=$(secret)
PATIENT_DB_PASSWORD=$(secret)
PROTOCOL_DB_PASSWORD=$(secret)
PROJECTION_DB_PASSWORD=$(secret)

# Keyed into what stands for erased patients, so that nobody can tell whom. It never changes.
TRABECULA_ERASURE_SALT=$(secret)

# Whose tokens are accepted: the "iss" claim, and the issuer's public keys as a JWK set in a file.
TRABECULA_JWT_ISSUER=
TRABECULA_JWKS_FILE=
VALUES
echo "env.sh: wrote $file; fill in TRABECULA_JWT_ISSUER and TRABECULA_JWKS_FILE" >&2
