#!/bin/sh
# Verify a journal without labelwright: usage: verify.sh FOLDER. Exit 1 when a line is not well.
# The loop stands in the README as it stands here.
cd "${1%/*}" || exit 3
found=$(
prev=$(printf %064d 0)
cat journal/*.jsonl | awk '!twice[$0]++' | while IFS= read -r line; do
    text=${line%,\"hash\":*}
    hash=$(printf 'labelwright/1\n%s' "$text" | sha256sum | cut -c 1-64)
    [ "$line" = "$text,\"hash\":\"$hash\"}" ] || printf 'changed: %s\n' "$line"
    [ "$text" != "${text%,\"prev\":\"$prev\"}" ] || printf 'not chained: %s\n' "$line"
    prev=$hash
done
)
[ -z "$found" ] || { printf '%s\n' "$found"; exit 1; }
