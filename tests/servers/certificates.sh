#!/bin/sh
# usage: certificates.sh FOLDER     authorities, servers (sound, expired, of another name) and a client, as PEM files
set -eu
cd "$1"

authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
    -subj "/CN=$1" -days 2
}

# leaf NAME SUBJECT-ALT-NAME DAYS: signed by ca
leaf() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
  printf 'subjectAltName=%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$3" -extfile "$1.ext" -out "$1.pem"
}

{
  authority ca
  authority other
  leaf server IP:127.0.0.1 2
  leaf expired IP:127.0.0.1 -1
  leaf elsewhere DNS:elsewhere.example.org 2
  leaf client DNS:ana 2
  openssl ec -in client.key -aes128 -passout pass:secret -out locked.key
  cat client.pem client.key >both.pem
  echo nothing >garbage.pem
} >certificates.log 2>&1 || {
  cat certificates.log >&2
  exit 1
}
