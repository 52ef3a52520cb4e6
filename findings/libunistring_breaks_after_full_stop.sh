#!/usr/bin/env bash
# libunistring 1.0 lets a line end behind the full stop of "e.g." and the comma of "a,b".
#
# Most people expect that u8_possible_linebreaks() follows UAX #14, whose rule LB29 forbids a break between a full stop, comma
# or colon and a letter. Seen with libunistring 1.0: a break is allowed there, so that "e.g." comes apart, while "1.5" stays.
# A program that wants LB29 must take these breaks back itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq libunistring2=1.0-2 libunistring-dev=1.0-2 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
cat > breaks.c <<'END'
#include <stdio.h>
#include <string.h>
#include <unilbrk.h>

int main(int argc, char **argv)
{
    for (int k = 1; k < argc; k++) {
        char breaks[64];
        u8_possible_linebreaks((const uint8_t *)argv[k], strlen(argv[k]), "UTF-8", breaks);
        for (size_t i = 0; i < strlen(argv[k]); i++)
            printf("%s%c", breaks[i] == UC_BREAK_POSSIBLE ? "|" : "", argv[k][i]);
        printf("\n");
    }
}
END
lib=$(dirname "$(find root -name 'libunistring.so.2' | head -n 1)")
gcc -isystem root/usr/include breaks.c -o breaks -L"$lib" -l:libunistring.so.2
{
    dpkg -f libunistring2_*.deb Version
    LD_LIBRARY_PATH=$lib ./breaks 'see e.g. it' 'f(a,b)' '1.5' 'one, two'
} | tee seen
cat > expected <<'END'
1.0-2
see |e.|g. |it
f(a,|b)
1.5
one, |two
END
diff expected seen && echo "as described"
