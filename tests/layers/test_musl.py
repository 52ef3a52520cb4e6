#!/usr/bin/env python3
"""The sources compile with musl's headers: they use nothing that only glibc has, or do without it.

Debian has no libraries built for musl, so nothing is linked; the headers of libraries are taken from where they are.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror", '-DLW_VERSION=""', '-DLW_DATA_FROM_BIN=""', "-DLW_HAVE_ICU",
         "-DLW_HAVE_CHAFA", "-DLW_HAVE_PNG", "-DLW_HAVE_JPEG", f"-I{TOP}/include", f"-I{TOP}/src"]
LIBRARIES = ["chafa", "fribidi", "libpng"]  # those whose headers are in folders of their own


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def without_glibc(folder):
    """Fills a folder with links to all headers but those of glibc; musl-gcc finds its own before."""
    glibc = set(output("dpkg", "-L", "libc6-dev").split("\n"))
    arch = output("gcc", "-print-multiarch").strip()
    for place in (pathlib.Path("/usr/include"), pathlib.Path("/usr/include", arch)):
        for header in place.iterdir():
            link = pathlib.Path(folder, header.name)
            if str(header) not in glibc and not link.exists():
                link.symlink_to(header)
    return ["-idirafter", folder, *output("pkg-config", "--cflags-only-I", *LIBRARIES).replace("-I", "-idirafter ").split()]


def compile_all(folder, files, *more):
    done = subprocess.run(["musl-gcc", *FLAGS, *more, *without_glibc(folder), *files], capture_output=True, text=True, check=False)
    return done.stderr


class Musl(unittest.TestCase):
    maxDiff = None

    def test_every_source_compiles(self):
        files = sorted((TOP / "src").rglob("*.c"))
        self.assertGreater(len(files), 400)
        screen = [file for file in files if TOP / "src" / "tui" in file.parents]
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(compile_all(folder, screen, *output("pkg-config", "--cflags-only-other", "ncursesw").split()), "")
            self.assertEqual(compile_all(folder, sorted({*files} - {*screen})), "")

    def test_what_only_glibc_has_does_not(self):
        with tempfile.TemporaryDirectory() as folder:
            own = pathlib.Path(folder, "own.c")
            for line in ("#include <sys/pidfd.h>", "#define _GNU_SOURCE\n#include <stdio.h>\nint no = RENAME_NOREPLACE;"):
                own.write_text(line + "\nint main(void)\n{\n    return 0;\n}\n", encoding="ascii")
                with tempfile.TemporaryDirectory() as headers:
                    self.assertIn("error", compile_all(headers, [own]), line)


if __name__ == "__main__":
    for program in ("musl-gcc", "dpkg", "pkg-config"):
        if not shutil.which(program):
            print(f"skip: {program} is not installed, so nothing was compiled for musl")
            sys.exit(77)
    unittest.main(verbosity=2)
