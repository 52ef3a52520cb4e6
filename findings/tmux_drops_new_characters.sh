#!/usr/bin/env bash
# tmux drops a character that its C library has no width for, without a trace.
#
# Most people expect a placeholder, or the character in some width. Seen with tmux 3.3a on Debian 12, whose C library knows
# Unicode 14: U+1FAE8 (Unicode 15) takes no column and is not in what `capture-pane` prints, while U+1FAE0 (Unicode 14) takes
# two. A program can notice: it prints one emoji of each version and asks where the cursor is (ESC [ 6 n).
set -euo pipefail
folder=$(mktemp -d)
socket=$folder/socket
trap 'tmux -S "$socket" kill-server 2>/dev/null || :; rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq tmux=3.3a-3 >/dev/null # Debian 12
dpkg -x tmux_3.3a-3_*.deb root
tmux() { LC_ALL=C.UTF-8 root/usr/bin/tmux "$@"; }
cat > inside.py <<'END'
import os, tty
tty.setraw(0)
with open("got", "w") as got:
    for emoji in "\U0001FAE0", "\U0001FAE8":
        os.write(1, f"\r\033[Ka{emoji}b\033[6n".encode())
        answer = b""
        while not answer.endswith(b"R"):
            answer += os.read(0, 64)
        print(f"U+{ord(emoji):04X}", int(answer.split(b";")[1][:-1]) - 3, "columns", file=got)
os.write(1, b"ready\r\n")
os.read(0, 1)
END
tmux -S "$socket" -f /dev/null new-session -d -x 80 -y 24 "python3 inside.py"
until tmux -S "$socket" capture-pane -p | grep -q ready; do :; done
{
    dpkg -f tmux_3.3a-3_*.deb Version
    cat got
    tmux -S "$socket" capture-pane -p | head -n 1
} | tee seen
cat > expected <<'END'
3.3a-3
U+1FAE0 2 columns
U+1FAE8 0 columns
abready
END
diff expected seen && echo "as described"
