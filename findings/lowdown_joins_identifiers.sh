#!/usr/bin/env bash
# lowdown takes underscores within words for emphasis: "SYN_SENT and user_id" is shown as "SYNSENT and userid".
#
# Most people expect CommonMark, which lowdown follows unless it is told not to, and which knows no emphasis that begins or ends
# with an underscore between two letters; cmark shows such words as they are. Seen with lowdown 1.0.0: two identifiers in a
# paragraph, or one with two underscores, lose them and become slanted. Of 500 answers of gpt-4-0314 to arena-hard, 32 lose
# an underscore. --parse-no-intraemph keeps them all, but takes away the emphasis of "En*ter*prise".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq lowdown=1.0.0-2 libbsd0=0.11.7-2 libmd0=1.0.4-2 cmark=0.30.2-6 \
    libcmark0.30.2=0.30.2-6 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find root -name 'libbsd.so.0')"):$(dirname "$(find root -name 'libcmark.so.0.30.2')")
export LD_LIBRARY_PATH
printf 'From SYN_SENT and user_id to a_b_c.\n' > names.md
{
    dpkg -f cmark_*.deb Version
    root/usr/bin/cmark names.md
    dpkg -f lowdown_*.deb Version
    root/usr/bin/lowdown -thtml names.md
    root/usr/bin/lowdown -thtml --parse-no-intraemph names.md
} | tee seen
cat > expected <<'END'
0.30.2-6
<p>From SYN_SENT and user_id to a_b_c.</p>
1.0.0-2
<p>From SYN<em>SENT and user</em>id to a<em>b</em>c.</p>
<p>From SYN_SENT and user_id to a_b_c.</p>
END
diff expected seen && echo "as described"
