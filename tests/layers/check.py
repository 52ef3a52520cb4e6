#!/usr/bin/env python3
"""Check the shape of the tree: which layer may include what, what the top level holds, how long a file may be.

usage: check.py REPOSITORY          prints a line for each breach, exit 1 if there is one
"""
import pathlib
import re
import subprocess
import sys

# Lowest first: an include may stay in its layer or point to the left.
LAYERS = ["base", "text", "data", "sync", "sitting", "tui", "cli"]

# A public header belongs to the layer of the .c file of its name. Those without one are listed here.
PUBLIC = {"command.h": "sitting", "network.h": "sync"}

# Libraries that only one place may know: header pattern, where it may be, how we call it.
CONFINED = [
    (re.compile(r"^(n?curses|panel|menu|form|term|unctrl|termcap|etip|ncursesw?/.*)\.h$|^ncursesw?/"),
     re.compile(r"^src/tui/term\.c$"), "curses belongs in src/tui/term.c"),
    (re.compile(r"^curl/"), re.compile(r"^src/sync/http\.c$"), "libcurl belongs in src/sync/http.c"),
]

TOP_LEVEL = {"src", "include", "themes", "samples", "tests", "findings", "CMakeLists.txt", "LICENSE", "README.md"}
MAX_LINES = 500
MEASURED = {".c", ".h", ".py", ".sh", ".txt", ".cmake"}  # and scripts without a suffix

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


class Tree:
    def __init__(self, top):
        self.top = pathlib.Path(top).resolve()
        self.breaches = []
        self.public = dict(PUBLIC)
        for layer in LAYERS:
            for c in (self.top / "src" / layer).rglob("*.c"):
                self.public.setdefault(c.with_suffix(".h").name, layer)

    def breach(self, file, line, message):
        self.breaches.append(f"{file}:{line}: {message}" if line else f"{file}: {message}")

    def files(self, *folders):
        for folder in folders:
            for path in sorted((self.top / folder).rglob("*")):
                if path.is_file():
                    yield path, path.relative_to(self.top).as_posix()

    def layer_of(self, name):
        """The layer of a file in the tree, by its path; None if it has none."""
        parts = name.split("/")
        if parts[0] == "src" and len(parts) > 2 and parts[1] in LAYERS:
            return parts[1]
        if parts[:2] == ["include", "labelwright"] and len(parts) == 3:
            return self.public.get(parts[2])
        return None

    def find(self, includer, header):
        """The path in the tree that an #include means, or None if it comes from elsewhere."""
        for base in (includer.parent, self.top / "include", self.top / "src"):
            path = (base / header).resolve()
            if path.is_file() and path.is_relative_to(self.top):
                return path.relative_to(self.top).as_posix()
        return None

    def check_include(self, path, name, layer, line, quote, header):
        for pattern, home, rule in CONFINED:
            if quote == "<" and pattern.search(header) and not home.search(name):
                self.breach(name, line, f"includes <{header}>: {rule}")
        target = self.find(path, header) if quote == '"' or header.startswith("labelwright/") else None
        if not target:
            if quote == '"':
                self.breach(name, line, f'"{header}" is nowhere in include/ or src/')
            return
        of = self.layer_of(target)
        if of is None:
            return  # reported where that file itself is looked at
        if LAYERS.index(of) > LAYERS.index(layer):
            self.breach(name, line, f"layer {layer} includes {target} of {of}, which lies above it")
        elif of != layer and target.startswith("src/"):
            self.breach(name, line, f"includes {target}, a private header of {of}: "
                        "what crosses layers belongs in include/labelwright")

    def check_includes(self):
        n = 0
        for path, name in self.files("src", "include"):
            if path.suffix not in (".c", ".h"):
                continue
            n += 1
            layer = self.layer_of(name)
            if layer is None:
                self.breach(name, 0, "belongs to no layer: move it to src/LAYER, or name its layer in PUBLIC in "
                            "tests/layers/check.py")
                continue
            text = path.read_text(encoding="utf-8")
            for hit in INCLUDE.finditer(text):
                line = text.count("\n", 0, hit.start(1)) + 1
                self.check_include(path, name, layer, line, hit[1], hit[2])
        if n == 0:
            self.breach("src", 0, "holds no C file: was this the right folder?")

    def check_lengths(self):
        for path, name in self.files("src", "include", "tests", "samples"):
            data = path.read_bytes()
            if path.suffix not in MEASURED and not data.startswith(b"#!"):
                continue
            lines = data.count(b"\n")
            if lines > MAX_LINES:
                self.breach(name, 0, f"{lines} lines: beyond {MAX_LINES} a file is likely two")

    def check_top_level(self):
        git = subprocess.run(["git", "-c", "safe.directory=*", "-C", self.top, "ls-files", "-z"],
                             capture_output=True, text=True, check=False)
        if git.returncode == 0 and git.stdout:
            names = {entry.split("/")[0] for entry in git.stdout.split("\0") if entry}
        else:  # an unpacked archive
            names = {p.name for p in self.top.iterdir() if not p.name.startswith("build")}
        shown = {n for n in names if not n.startswith(".")}
        for name in sorted(shown - TOP_LEVEL):
            self.breach(name, 0, "the top level holds more than was agreed")
        for name in sorted(TOP_LEVEL - {p.name for p in self.top.iterdir()}):
            self.breach(name, 0, "is missing from the top level")

    def check(self):
        self.check_includes()
        self.check_lengths()
        self.check_top_level()
        return self.breaches


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    breaches = Tree(sys.argv[1]).check()
    print("\n".join(breaches) if breaches else "the tree keeps its shape")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
