#!/usr/bin/env bash
# enchant_broker_dict_exists() denies a dictionary that enchant_broker_request_dict() opens.
#
# Most people expect that the one answers for the other. Seen with enchant 2.3.3 and the dictionaries of hunspell-bg, which is
# called bg_BG, and hunspell-ca: for the tag "bg" the first says no, while the second opens a dictionary that knows its words,
# for hunspell takes one of any region when it is asked to open, and none when it is asked what there is. So languages whose
# dictionary is named with its region (Bulgarian, Thai, Vietnamese) look missing, and others (Catalan) do not. Look for
# the tag with any region behind it in what enchant_broker_list_dicts() lists, or just open it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq libenchant-2-2=2.3.3-2 libhunspell-1.7-0=1.7.1-1 libglib2.0-0 \
    hunspell-bg=1:7.5.0-1 hunspell-ca=3.0.7+repack1-5 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
mkdir -p config/hunspell
cp root/usr/share/hunspell/{bg_BG,ca}.{aff,dic} config/hunspell
# The folder of its providers is fixed: make it one in here, in as many letters.
lib=$(dirname "$(find root -name libenchant-2.so.2)")
fixed=/${lib#root/}/enchant-2
sed -i "s#$fixed#$(printf '%-*s' ${#fixed} providers | tr ' ' /)#" "$lib/libenchant-2.so.2"
mkdir providers
cp "$lib/enchant-2/enchant_hunspell.so" providers
cat > ask.py <<'END'
import ctypes

enchant = ctypes.CDLL("libenchant-2.so.2")
enchant.enchant_broker_init.restype = enchant.enchant_broker_request_dict.restype = ctypes.c_void_p
broker = ctypes.c_void_p(enchant.enchant_broker_init())
for tag, words in ("bg_BG", ["вода", "вдао"]), ("bg", ["вода", "вдао"]), ("ca", ["aigua", "augia"]):
    exists = enchant.enchant_broker_dict_exists(broker, tag.encode())
    opened = ctypes.c_void_p(enchant.enchant_broker_request_dict(broker, tag.encode()))
    known = [w for w in words if opened and enchant.enchant_dict_check(opened, w.encode(), -1) == 0]
    print(f"{tag}: exists {'yes' if exists else 'no'}, opened {'yes' if opened else 'no'}, knows {' '.join(known)}")
END
{
    dpkg -f libenchant-2-2_*.deb Version
    ENCHANT_CONFIG_DIR=config LD_LIBRARY_PATH=$lib python3 ask.py
} | tee seen
cat > expected <<'END'
2.3.3-2
bg_BG: exists yes, opened yes, knows вода
bg: exists no, opened yes, knows вода
ca: exists yes, opened yes, knows aigua
END
diff expected seen && echo "as described"
