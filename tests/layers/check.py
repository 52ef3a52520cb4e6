#!/usr/bin/env python3
"""Check the shape of the tree: which room may use what, what the top level holds, how long a file and a function may be, that no two
files share a base name and no two types a tag, and, given a build, that no files call each other in a circle.

usage: check.py REPOSITORY [BUILD]          prints a line for each breach, exit 1 if there is one
"""
import collections
import pathlib
import re
import subprocess
import sys

# Lowest first: an include may stay in its room or point to an earlier one. A room is a folder of src/ and the folder of
# the same name in include/labelwright/; a room that is cut in two levels has its inner ones before it.
ROOMS = ["base", "stats", "text", "markup", "spell", "picture", "chart", "json", "yaml", "config", "net", "model", "format", "project", "tasks", "journal", "ledger",
         "worklog", "merge", "answers", "workspace", "timesheet", "pay", "agree", "insight", "export", "proof", "sync", "sitting", "desk", "tui/input", "tui/view",
         "tui/app", "tui", "cli"]

# Libraries that only one place may know: header pattern, where it may be, how we call it.
CONFINED = [
    (re.compile(r"^(n?curses|panel|menu|form|term|unctrl|termcap|etip|ncursesw?/.*)\.h$|^ncursesw?/"),
     re.compile(r"^src/tui/term\.c$"), "curses belongs in src/tui/term.c"),
    (re.compile(r"^curl/"), re.compile(r"^src/net/http\.c$"), "libcurl belongs in src/net/http.c"),
    (re.compile(r"^gmp\.h$"), re.compile(r"^src/pay/amount\.c$"), "GMP belongs in src/pay/amount.c"),
]

TOP_LEVEL = {"src", "include", "themes", "samples", "tests", "findings", "CMakeLists.txt", "LICENSE", "README.md"}
MAX_LINES = 800
MAX_FUNCTION = 60  # lines between the braces
MEASURED = {".c", ".h", ".py", ".sh", ".txt", ".cmake"}  # and scripts without a suffix
PRIVATE = "_internal"  # how the stem of a header ends that only its own room may include

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
TAG = re.compile(r"^[ \t]*(?:typedef[ \t]+)?(struct|enum|union)[ \t]+(\w+)[ \t]*\{", re.M)
DIVIDER = re.compile(r"/\* ?--.*|\* ?-{4}.*")
DIVIDER_STYLE = re.compile(r"/\* ---- [^-\n](.*[^-\n ])?( \*/)?$")

MAP = ".github/ARCHITECTURE.md"
STRAIGHT = {"The life of a key press", "The life of a record"}  # no file twice, and at most so many:
STRAIGHT_MAX = 8
STEP = re.compile(r"^\d+\. `(src/[\w/]+\.c)` `(\w+)\(\)`", re.M)
NAMED = re.compile(r"`((?:src|include|tests)/[\w/]+\.[ch])`(?: `(\w+)\(\)`)?")

GUARD = re.compile(r"^#ifndef (\w+)\n#define (\w+)\n", re.M)


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def circles(graph):
    """The strongly connected parts of a graph {node: {nodes}} that have more than one node (Tarjan)."""
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            part = [stack.pop()]
            while part[-1] != node:
                part.append(stack.pop())
            if len(part) > 1:
                found.append(sorted(part))

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


class Tree:
    def __init__(self, top):
        self.top = pathlib.Path(top).resolve()
        self.breaches = []

    def breach(self, file, line, message):
        self.breaches.append(f"{file}:{line}: {message}" if line else f"{file}: {message}")

    def files(self, *folders):
        for folder in folders:
            for path in sorted((self.top / folder).rglob("*")):
                if path.is_file():
                    yield path, path.relative_to(self.top).as_posix()

    def sources(self):
        for path, name in self.files("src", "include"):
            if path.suffix in (".c", ".h"):
                yield path, name

    @staticmethod
    def room_of(name):
        """The room of a file in the tree, by its path; None if it has none."""
        parts = name.split("/")
        at = 1 if parts[0] == "src" else 2 if parts[:2] == ["include", "labelwright"] else None
        if not at or len(parts) < at + 2:
            return None
        inner = "/".join(parts[at:-1][:2])
        return inner if inner in ROOMS else parts[at] if parts[at] in ROOMS else None

    @staticmethod
    def outer(room):
        return room.split("/")[0]

    def find(self, header):
        """The path in the tree that an #include means, or None if it comes from elsewhere."""
        for base in ("include", "src"):
            path = self.top / base / header
            if path.is_file():
                return path.relative_to(self.top).as_posix()
        return None

    def check_include(self, name, room, line, quote, header):
        for pattern, home, rule in CONFINED:
            if quote == "<" and pattern.search(header) and not home.search(name):
                self.breach(name, line, f"includes <{header}>: {rule}")
        target = self.find(header) if quote == '"' or header.startswith("labelwright/") else None
        if not target:
            if quote == '"':
                self.breach(name, line, f'"{header}" is nowhere in include/ or src/: write the path from there')
            return
        of = self.room_of(target)
        if of is None:
            return  # reported where that file itself is looked at
        if ROOMS.index(of) > ROOMS.index(room):
            self.breach(name, line, f"{room} includes {target} of {of}, which lies above it")
        elif self.outer(of) != self.outer(room) and target.startswith("src/"):
            self.breach(name, line, f"includes {target}, a private header of {of}: "
                        "what crosses rooms belongs in include/labelwright")

    def check_includes(self):
        n = 0
        for path, name in self.sources():
            n += 1
            room = self.room_of(name)
            if room is None:
                self.breach(name, 0, "belongs to no room: move it to src/ROOM or include/labelwright/ROOM")
                continue
            text = path.read_text(encoding="utf-8")
            for hit in INCLUDE.finditer(text):
                self.check_include(name, room, line_at(text, hit.start(1)), hit[1], hit[2])
        if n == 0:
            self.breach("src", 0, "holds no C file: was this the right folder?")

    def check_opening(self):
        for path, name in self.sources():
            if not path.read_text(encoding="utf-8").startswith("/*"):
                self.breach(name, 1, "begins without a comment: what is it for, and what is it not?")

    def check_header(self, path, name):
        private = path.stem.endswith(PRIVATE)
        if name.startswith("src/") and not private:
            self.breach(name, 0, f"a header in src/ is private: its name ends in {PRIVATE}.h")
        if name.startswith("include/") and private:
            self.breach(name, 0, "a header in include/ is public: call it by its subject alone")
        guard = "LABELWRIGHT_" + re.sub(r"\W", "_", name.split("/", 1)[1].removeprefix("labelwright/")).upper()
        hit = GUARD.search(path.read_text(encoding="utf-8"))
        if not hit or hit[1] != guard or hit[2] != guard:
            self.breach(name, 0, f"its include guard is to be {guard}")

    def check_names(self):
        """A base name stands for one thing: NAME.c, its header, and its test."""
        seen = {}
        for path, name in self.files("src", "include", "tests"):
            if path.suffix not in (".c", ".h"):
                continue
            if path.suffix == ".h" and not name.startswith("tests/"):
                self.check_header(path, name)
            room = self.outer(self.room_of(name) or "") or "/".join(name.split("/")[:2])
            other = seen.setdefault(path.name, name)
            twin, of = seen.setdefault((path.stem.removesuffix(PRIVATE), "room"), (name, room))
            if other != name or of != room:
                self.breach(name, 0, f"has the base name of {other if other != name else twin}")

    def check_tags(self):
        """No two types share a tag, but for those that are local to a .c file and its own."""
        seen = collections.defaultdict(list)
        for path, name in self.sources():
            text = path.read_text(encoding="utf-8")
            for hit in TAG.finditer(text):
                if hit[2].startswith("lw_") or path.suffix == ".h":
                    seen[hit[2]].append((name, line_at(text, hit.start(2))))
        for tag, places in sorted(seen.items()):
            for name, line in places[1:]:
                self.breach(name, line, f"the tag {tag} is taken by {places[0][0]}:{places[0][1]}")

    def check_circles(self, build):
        """Which file calls which, as the compiler saw it."""
        defined, wanted = {}, collections.defaultdict(set)
        objects = [p for p in pathlib.Path(build).resolve().rglob("*.c.o") if "tests" not in p.parts]
        for obj in objects:
            inside = obj.as_posix().split(".dir/", 1)[1][:-2]
            name = inside if inside.startswith("src/") else f"src/tui/{inside}"
            if not (self.top / name).is_file():
                continue  # made by the build, or left by an earlier one
            out = subprocess.run(["nm", "--no-sort", obj], capture_output=True, text=True, check=True).stdout
            for line in out.splitlines():
                kind, symbol = line.split()[-2:]
                if kind == "U":
                    wanted[name].add(symbol)
                elif kind in "TDBRV":
                    defined[symbol] = name
        if not defined:
            self.breach(str(build), 0, "holds no object of this tree: is it built?")
        graph = {name: {defined[s] for s in symbols if s in defined and defined[s] != name}
                 for name, symbols in wanted.items()}
        for part in circles(graph):
            self.breach(part[0], 0, "files that call each other in a circle: " + " ".join(part))
        for name, others in sorted(graph.items()):
            for other in sorted(others):
                low, high = self.room_of(name), self.room_of(other)
                if low and high and ROOMS.index(high) > ROOMS.index(low):
                    self.breach(name, 0, f"calls into {other}, which lies above it")

    def check_map(self):
        """What the map names is there, and the lives it tells in a straight line are straight."""
        path = self.top / MAP
        if not path.is_file():
            return self.breach(MAP, 0, "is missing: the map of the tree")
        text = path.read_text(encoding="utf-8")
        for hit in NAMED.finditer(text):
            file = self.top / hit[1]
            if "NAME" in hit[1]:
                continue  # to be written
            if not file.is_file():
                self.breach(MAP, line_at(text, hit.start()), f"{hit[1]} is not there")
            elif hit[2] and not re.search(rf"^\w.*\b{hit[2]}\(", file.read_text(encoding="utf-8"), re.M):
                self.breach(MAP, line_at(text, hit.start()), f"{hit[2]}() is not in {hit[1]}")
        for part in re.split(r"^## ", text, flags=re.M):
            title, steps = part.split("\n", 1)[0], [s[0] for s in STEP.findall(part)]
            if title in STRAIGHT and (len(steps) > STRAIGHT_MAX or len(set(steps)) < len(steps) or not steps):
                self.breach(MAP, 0, f"{title}: at most {STRAIGHT_MAX} files, none twice, not {' '.join(steps)}")

    def check_lengths(self):
        for path, name in self.files("src", "include", "tests", "samples"):
            data = path.read_bytes()
            if path.suffix not in MEASURED and not data.startswith(b"#!"):
                continue
            lines = data.count(b"\n")
            if lines > MAX_LINES:
                self.breach(name, 0, f"{lines} lines: beyond {MAX_LINES} a file is likely two")

    def check_dividers(self):
        for path, name in self.files("src", "include", "tests"):
            if path.suffix not in (".c", ".h"):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                hit = DIVIDER.match(line.strip())
                if hit and not DIVIDER_STYLE.match(hit[0]):
                    self.breach(name, number, "write a divider as /* ---- subject */")

    def check_functions(self):
        for path, name in self.sources():
            begin = 0
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                if line == "{":
                    begin = number
                elif line == "}" and begin:
                    if number - begin - 1 > MAX_FUNCTION:
                        self.breach(name, begin, f"a function of {number - begin - 1} lines: beyond {MAX_FUNCTION} it does "
                                    "more than one thing")
                    begin = 0

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

    def check(self, build=None):
        self.check_includes()
        self.check_names()
        self.check_opening()
        self.check_tags()
        self.check_map()
        if build:
            self.check_circles(build)
        self.check_lengths()
        self.check_functions()
        self.check_dividers()
        self.check_top_level()
        return self.breaches


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    breaches = Tree(sys.argv[1]).check(*sys.argv[2:])
    print("\n".join(breaches) if breaches else "the tree keeps its shape")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
