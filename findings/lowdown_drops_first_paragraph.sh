#!/usr/bin/env bash
# lowdown takes a first paragraph with a colon for metadata: HTML lacks it, a terminal shows "sure?hereishow:".
#
# Most people expect that a text which begins "Sure! Here is how:" is shown as it begins. Seen with lowdown 1.0.0: by default, as
# its manual says, the first paragraph is MultiMarkdown's metadata when its first line has a colon anywhere. What stands before
# the colon becomes a key, in small letters, without blanks, with question marks for other signs; HTML has no place for it.
# Of 500 answers of gpt-4-0314 to arena-hard, 354 lose their first paragraph so. --parse-no-metadata keeps it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq lowdown=1.0.0-2 libbsd0=0.11.7-2 libmd0=1.0.4-2 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
lib=$(dirname "$(find root -name 'libbsd.so.0')")
lowdown() { LD_LIBRARY_PATH=$lib root/usr/bin/lowdown "$@" sure.md | sed 's/\x1b\[[0-9;]*m//g' | grep -v '^$'; }
printf 'Sure! Here is how: wait.\n\nThen go.\n' > sure.md
{
    dpkg -f lowdown_*.deb Version
    lowdown -thtml
    lowdown -tterm
    lowdown -thtml --parse-no-metadata
} | tee seen
cat > expected <<'END'
1.0.0-2
<p>Then go.</p>
    sure?hereishow: wait.
    Then go.
<p>Sure! Here is how: wait.</p>
<p>Then go.</p>
END
diff expected seen && echo "as described"
