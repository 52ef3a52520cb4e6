#!/usr/bin/env bash
# GNU screen's paste comes without brackets, although the program inside asked for bracketed paste.
#
# Most people expect that a program that has switched bracketed paste on (ESC [ ? 2004 h) can tell a paste from keys, as in
# the terminal itself and with tmux's `paste-buffer -p`. Seen with screen 4.9.0: its own paste (^A ]) sends the bare text,
# with a carriage return for every line feed, so that each pasted line ends with what the Enter key sends. A program in which
# single keys act must guard itself in another way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq screen=4.9.0-4 >/dev/null # Debian 12
dpkg -x screen_4.9.0-4_*.deb root
mkdir -m 700 sockets
printf '55\n77\nSee 3\n' > buffer
echo "readbuf $folder/buffer" > screenrc
cat > inside.py <<'END'
import os, select, tty
tty.setraw(0)
os.write(1, b"\033[?2004hready")
with open("got", "wb") as got:
    while select.select([0], [], [], 3)[0]:
        got.write(os.read(0, 4096))
END
cat > outside.py <<'END'
import os, pty
child, fd = pty.fork()
if child == 0:
    os.environ.update(SCREENDIR=os.path.abspath("sockets"), TERM="xterm")
    os.execv("root/usr/bin/screen", ["screen", "-q", "-c", "screenrc", "python3", "inside.py"])
seen = b""
try:
    while b"ready" not in seen:
        seen += os.read(fd, 4096)
    os.write(fd, b"\001]")
    while os.read(fd, 4096):
        pass
except OSError:
    pass
os.waitpid(child, 0)
print(open("got", "rb").read())
END
{
    dpkg -f screen_4.9.0-4_*.deb Version
    python3 outside.py
} | tee seen
cat > expected <<'END'
4.9.0-4
b'55\r77\rSee 3\r'
END
diff expected seen && echo "as described"
