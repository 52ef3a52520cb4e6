#!/usr/bin/env bash
# Debian 12's jq changes the digits of large integers while it copies a file.
#
# Most people expect `jq -c .` to change blanks only. Seen with jq 1.6: every number goes through a double, so an integer
# above 2^53 comes out as another one, with exit status 0 and nothing on stderr. Whatever is signed, hashed or looked up by
# such a number (an id of a post, a byte offset, a time in nanoseconds) no longer agrees.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq jq=1.6-2.1* libjq1=1.6-2.1* libonig5=6.9.8-1 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find root -name 'libjq.so.1' | head -1)")
export LD_LIBRARY_PATH
{
    root/usr/bin/jq --version
    echo '{"id": 9007199254740993, "time": 1764338400123456789}' | root/usr/bin/jq -c .
    echo "exit status $?"
} | tee seen
cat > expected <<'END'
jq-1.6
{"id":9007199254740992,"time":1764338400123456800}
exit status 0
END
diff expected seen && echo "as described"
