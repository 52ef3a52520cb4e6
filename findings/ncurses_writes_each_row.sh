#!/usr/bin/env bash
# curses sends a frame in as many writes as it moves the cursor, though it has a buffer for the whole screen.
#
# Most people expect that doupdate() gathers a frame and sends it with one write, since ncurses keeps a buffer of the size of
# the screen for its output. Seen with ncurses 6.4: the buffer is emptied with every movement of the cursor, so twenty changed
# rows are some twenty calls of write(), a frame on a slow line is shown in parts, and over SSH many are packets of their own.
# The output file's number may lead to a file in memory while doupdate() runs; what it has then can be sent at once.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq libncursesw6=6.4-4 libtinfo6=6.4-4 libncurses-dev=6.4-4 >/dev/null # Debian 12
for package in *.deb; do dpkg -x "$package" root; done
cat > rows.c <<'END'
#define _GNU_SOURCE
#include <curses.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int writes;

/* The program's own comes before that of the C library. */
ssize_t write(int fd, const void *from, size_t n)
{
    writes++;
    return syscall(SYS_write, fd, from, n);
}

int main(int argc, char **argv)
{
    if (argc < 2 || !initscr())
        return 1;
    refresh();
    for (int rows = 1; rows <= 20; rows += 19) {
        erase();
        refresh();
        for (int row = 0; row < rows; row++)
            mvprintw(row, 10, "row %d of %d", row, rows);
        writes = 0;
        refresh();
        int first = writes;
        FILE *f = fopen(argv[1], "a");
        fprintf(f, "%d row%s: %s\n", rows, rows == 1 ? "" : "s",
            first <= 3 ? "at most 3 writes" : first >= rows ? "a write for each row or more" : "fewer writes than rows");
        fclose(f);
    }
    endwin();
}
END
lib=$(dirname "$(find root -name 'libncursesw.so.6' | head -n 1)") tinfo=$(dirname "$(find root -name 'libtinfo.so.6' | head -n 1)")
gcc -rdynamic -isystem root/usr/include rows.c -o rows -L"$lib" -L"$tinfo" -l:libncursesw.so.6 -l:libtinfo.so.6
dpkg -f libncursesw6_*.deb Version > seen
cat > run.py <<'END'
import os, pty, sys

pid, fd = pty.fork()
if pid == 0:
    os.execve("./rows", ["./rows", "seen"], {"TERM": "xterm", "LD_LIBRARY_PATH": sys.argv[1], "LINES": "24", "COLUMNS": "80"})
try:
    while os.read(fd, 65536):
        pass
except OSError:
    pass
os.waitpid(pid, 0)
END
python3 run.py "$lib:$tinfo"
cat seen
cat > expected <<'END'
6.4-4
1 row: at most 3 writes
20 rows: a write for each row or more
END
diff expected seen && echo "as described"
