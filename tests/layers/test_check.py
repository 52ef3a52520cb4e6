#!/usr/bin/env python3
"""Each rule of check.py can fail: a sound small tree passes, and each way to spoil it is reported."""
import pathlib
import subprocess
import tempfile
import unittest

import check


def header(guard, text=""):
    return f"#ifndef LABELWRIGHT_{guard}_H\n#define LABELWRIGHT_{guard}_H\n{text}#endif\n"


MAP = """# Map
## The life of a key press
1. `src/tui/term.c` `lw_read()`: reads.
2. `src/cli/main.c` `main()`: ends.
## The life of a record
1. `src/format/task.c` `lw_task_parse()`: parses.
## To add
a format: `src/format/format_NAME.c`
"""

SOUND = {
    ".github/ARCHITECTURE.md": MAP,
    "CMakeLists.txt": "", "LICENSE": "", "README.md": "", "themes/dark.yaml": "", "findings/a.sh": "", "samples/try": "#!/bin/sh\n",
    "tests/run": "#!/bin/sh\n",
    "include/labelwright/base/buf.h": header("BASE_BUF", "struct lw_buf {\n};\n"),
    "include/labelwright/format/task.h": header("FORMAT_TASK", '#include "labelwright/base/buf.h"\nstruct lw_task {\n};\n'),
    "src/base/buf.c": '#include "labelwright/base/buf.h"\n#include <stdio.h>\nstruct walk {\n};\n',
    "src/format/task.c": '#include "labelwright/format/task.h"\n#include "format/task_internal.h"\nstruct walk {\n};\n'
                         "int lw_task_parse(void)\n{\n    return 0;\n}\n",
    "src/format/task_internal.h": header("FORMAT_TASK_INTERNAL"),
    "src/net/http.c": "#include <curl/curl.h>\n",
    "src/tui/term.c": '#include "tui/view/frame_internal.h"\n#include <curses.h>\nint lw_read(void);\n',
    "src/tui/view/frame_internal.h": header("TUI_VIEW_FRAME_INTERNAL"),
    "src/cli/main.c": '#include "labelwright/format/task.h"\nint main(void)\n{\n}\n',
}


class Rules(unittest.TestCase):
    def breaches(self, build=None, **changes):
        with tempfile.TemporaryDirectory() as top:
            for name, text in {**SOUND, **changes.get("files", {})}.items():
                if text is not None:
                    path = pathlib.Path(top, name)
                    if path.suffix in (".c", ".h") and not text.startswith("bare"):
                        text = f"/* What it is for. */\n{text}"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
            if not build:
                return check.Tree(top).check()
            for name in build:
                obj = pathlib.Path(top, "build/core.dir", name + ".o")
                obj.parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cc", "-I", f"{top}/include", "-c", f"{top}/{name}", "-o", obj], check=True)
            return check.Tree(top).check(f"{top}/build")

    def refuses(self, name, text, message):
        found = self.breaches(files={name: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(message, found[0])
        self.assertTrue(found[0].startswith(name), found[0])

    def test_sound_tree_passes(self):
        self.assertEqual(self.breaches(), [])

    def test_include_of_a_room_above(self):
        self.refuses("src/base/err.c", '\n#include "labelwright/format/task.h"\n',
                     ":3: base includes include/labelwright/format/task.h of format, which lies above it")

    def test_include_of_an_inner_room_above(self):
        with_app = {"src/tui/app/app_internal.h": header("TUI_APP_APP_INTERNAL"),
                    "src/tui/tui.c": '#include "tui/app/app_internal.h"\n'}
        self.assertEqual(self.breaches(files=with_app), [])
        found = self.breaches(files={**with_app, "src/tui/view/list.c": '#include "tui/app/app_internal.h"\n'})
        self.assertEqual(found, ["src/tui/view/list.c:2: tui/view includes src/tui/app/app_internal.h of tui/app, "
                                 "which lies above it"])

    def test_angle_brackets_hide_nothing(self):
        self.refuses("src/base/err.c", "#include <labelwright/format/task.h>\n", "which lies above it")

    def test_public_header_including_upwards(self):
        self.refuses("include/labelwright/base/buf.h", header("BASE_BUF", '#include "labelwright/format/task.h"\n'),
                     "which lies above it")

    def test_private_header_of_another_room(self):
        self.refuses("src/cli/cmd_new.c", '#include "format/task_internal.h"\n', "a private header of format")

    def test_curses_outside_term(self):
        for name in ("curses.h", "ncursesw/curses.h", "term.h", "ncurses.h"):
            self.refuses("src/tui/view/view.c", f"#include <{name}>\n", "curses belongs in src/tui/term.c")

    def test_curl_outside_its_file(self):
        for place in ("src/sitting/sitting.c", "src/sync/outbox.c"):
            self.refuses(place, "#  include <curl/multi.h>\n", "libcurl belongs in src/net/http.c")

    def test_header_that_is_nowhere(self):
        self.refuses("src/base/err.c", '#include "gone.h"\n', "nowhere")
        self.refuses("src/format/csv.c", '#include "task_internal.h"\n', "write the path from there")

    def test_file_outside_the_rooms(self):
        self.refuses("src/helpers/misc.c", "", "belongs to no room")
        self.refuses("src/misc.c", "", "belongs to no room")
        self.refuses("include/labelwright/orphan.h", header("ORPHAN"), "belongs to no room")

    def test_header_names(self):
        self.refuses("src/base/list.h", header("BASE_LIST"), "its name ends in _internal.h")
        self.refuses("include/labelwright/base/list_internal.h", header("BASE_LIST_INTERNAL"), "by its subject alone")

    def test_opening_comment(self):
        self.refuses("src/base/list.c", "bare;\n", ":1: begins without a comment")

    def test_include_guard(self):
        self.refuses("src/base/list_internal.h", header("LIST"), "is to be LABELWRIGHT_BASE_LIST_INTERNAL_H")
        self.refuses("src/base/list_internal.h", "", "is to be LABELWRIGHT_BASE_LIST_INTERNAL_H")

    def test_base_name_of_another_file(self):
        self.refuses("src/tui/view/task.c", "", "has the base name of src/format/task.c")
        self.refuses("src/tui/view/task_internal.h", header("TUI_VIEW_TASK_INTERNAL"), "has the base name of")
        self.refuses("tests/unit/task.c", "", "has the base name of src/format/task.c")

    def test_tag_of_another_type(self):
        self.refuses("include/labelwright/sync/batch.h", header("SYNC_BATCH", "enum lw_task {\n    LW_X\n};\n"),
                     "the tag lw_task is taken by include/labelwright/format/task.h:5")

    def test_map_names_what_is_there(self):
        self.refuses(".github/ARCHITECTURE.md", MAP.replace("src/cli/main.c", "src/cli/gone.c"), "src/cli/gone.c is not there")
        self.refuses(".github/ARCHITECTURE.md", MAP.replace("main()", "gone()"), "gone() is not in src/cli/main.c")
        self.refuses(".github/ARCHITECTURE.md", None, "is missing")

    def test_map_tells_straight_lines(self):
        twice = MAP.replace("`src/cli/main.c` `main()`", "`src/tui/term.c` `lw_read()`")
        self.refuses(".github/ARCHITECTURE.md", twice, "The life of a key press: at most 8 files, none twice")
        self.refuses(".github/ARCHITECTURE.md", MAP.replace("1. `src/format", "- `src/format"), "The life of a record: at most 8")

    def test_circle_of_files(self):
        files = {"src/base/a.c": "void f(void);\nvoid g(void)\n{\n    f();\n}\n",
                 "src/base/b.c": "void g(void);\nvoid f(void)\n{\n    g();\n}\n"}
        found = self.breaches(files=files, build=list(files))
        self.assertEqual(len(found), 1, found)
        self.assertIn("in a circle: src/base/a.c src/base/b.c", found[0])

    def test_call_into_a_room_above(self):
        files = {"src/base/a.c": "void f(void);\nvoid g(void)\n{\n    f();\n}\n", "src/cli/b.c": "void f(void)\n{\n}\n"}
        found = self.breaches(files=files, build=list(files))
        self.assertEqual(found, ["src/base/a.c: calls into src/cli/b.c, which lies above it"])

    def test_build_without_objects(self):
        with tempfile.TemporaryDirectory() as empty:
            tree = check.Tree(empty)
            tree.check_circles(empty)
            self.assertIn("holds no object", tree.breaches[0])

    def test_long_file(self):
        self.refuses("tests/unit/test_long.c", "bare\n" * 801, "801 lines")
        self.refuses("tests/run", "#!/bin/sh\n" * 801, "801 lines")

    def test_dividers(self):
        self.refuses("src/base/err.c", "/* --- errors ---- */\n", ":2: write a divider as")
        self.refuses("src/base/err.c", "/*---- errors */\n", ":2: write a divider as")
        self.refuses("src/base/err.c", "/* ---- errors\n * ------- */\n", ":3: write a divider as")
        self.assertEqual(self.breaches(files={"src/base/err.c": "/* ---- errors */\n"}), [])

    def test_long_function(self):
        self.refuses("src/base/err.c", "void f(void)\n{\n" + "    ;\n" * 61 + "}\n", ":3: a function of 61 lines")
        self.assertEqual(self.breaches(files={"src/base/err.c": "void f(void)\n{\n" + "    ;\n" * 60 + "}\n"}), [])

    def test_top_level(self):
        self.refuses("Makefile", "", "more than was agreed")
        self.refuses("LICENSE", None, "missing from the top level")


if __name__ == "__main__":
    unittest.main()
