#!/usr/bin/env bash
# Debian 12's libchafa-dev cannot be built against when it is the only thing installed: glib's headers are missing.
#
# Most people expect that a -dev package brings what its headers include, as Debian's policy asks. Seen with libchafa-dev
# 1.12.4-1+b1 (Debian 12): its chafa.pc requires glib-2.0 and its chafa.h includes glib.h, but the package depends on
# libchafa0 only. pkg-config then says that there is no chafa, and a build that takes chafa where it finds it leaves
# pictures out without an error. libglib2.0-dev has to be named beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download libchafa-dev=1.12.4-1+b1 >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
dpkg-deb -x libchafa-dev_*.deb files
{
  echo "libchafa-dev $(dpkg-deb -f libchafa-dev_*.deb Version)"
  echo "depends: $(dpkg-deb -f libchafa-dev_*.deb Depends)"
  echo "chafa.pc requires: $(sed -n 's/^Requires: *//p' "$(find files -name chafa.pc)")"
  echo "headers that include glib.h: $(grep -rl '#include *<glib\.h>' files/usr/include | wc -l)"
} | tee seen
cat >expected <<'END'
libchafa-dev 1.12.4-1+b1
depends: libchafa0 (= 1.12.4-1+b1)
chafa.pc requires: glib-2.0
headers that include glib.h: 1
END
diff expected seen && echo "as described"
