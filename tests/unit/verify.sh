#!/bin/sh
# Verify a journal with the loop that the manual gives, taken from the manual itself.
# usage: verify.sh labelwright-journal.5 FOLDER/journal      exit 1 when a line is not well
loop=$(sed -n '/^prev=/,/^done$/p' "$1" | sed 's/\\e/\\/g')
[ -n "$loop" ] || { echo "no loop in $1"; exit 3; }
cd "${2%/*}" || exit 3
found=$(eval "$loop")
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
