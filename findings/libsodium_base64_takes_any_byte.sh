#!/usr/bin/env bash
# libsodium's base64 decoder takes each of the 128 bytes from 0x80 to 0xff for a slash.
#
# Most people expect that a decoder written for keys and signatures refuses what is no letter of base64, as it refuses "!".
# Seen with libsodium 1.0.18-1+deb12u1 (Debian 12): sodium_base642bin() takes bytes from 0x80 on and returns 0. Its
# comparisons in constant time are made for 0 to 255, and a char above 127 comes in as a negative number. So one key has many
# texts, and two that differ as text may be one key. Found by a fuzzer that wrote again what it had read, and compared. Look
# for such bytes first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download libsodium23=1.0.18-1+deb12u1 >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
dpkg-deb -x libsodium23_*.deb files
python3 - "$(find files -name 'libsodium.so.23' | head -1)" <<'END' | tee seen
import ctypes
import os
import sys

sodium = ctypes.CDLL(os.path.realpath(sys.argv[1]))
sodium.sodium_init()
sodium.sodium_version_string.restype = ctypes.c_char_p
original = 1  # sodium_base64_VARIANT_ORIGINAL


def decode(text):
    to, size = ctypes.create_string_buffer(3), ctypes.c_size_t()
    return to.raw[:size.value] if sodium.sodium_base642bin(to, ctypes.c_size_t(3), text, ctypes.c_size_t(len(text)), None,
                                                           ctypes.byref(size), None, original) == 0 else None


print("libsodium", sodium.sodium_version_string().decode())
print("AAA/", decode(b"AAA/").hex() if decode(b"AAA/") is not None else "refused")
print("AAA!", "refused" if decode(b"AAA!") is None else "taken")
taken = [c for c in range(0x80, 0x100) if decode(b"AAA" + bytes([c])) == decode(b"AAA/")]
print(f"bytes from 0x80 on that are taken for a slash: {len(taken)}")
END
cat >expected <<'END'
libsodium 1.0.18
AAA/ 00003f
AAA! refused
bytes from 0x80 on that are taken for a slash: 128
END
diff expected seen && echo "as described"
