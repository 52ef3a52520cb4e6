#!/bin/sh
# Verify a journal with the loop that the README gives, taken from the README itself.
# usage: verify.sh README FOLDER/journal      exit 1 when a line is not well
loop=$(sed -n '/^prev=/,/^done$/p' "$1")
[ -n "$loop" ] || { echo "no loop in $1"; exit 3; }
cd "${2%/*}" || exit 3
found=$(eval "$loop")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
