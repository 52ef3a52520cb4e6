#!/usr/bin/env python3
"""Each rule of check.py can fail: a sound small tree passes, and each way to spoil it is reported."""
import pathlib
import tempfile
import unittest

import check

SOUND = {
    "CMakeLists.txt": "", "LICENSE": "", "README.md": "", "themes/dark.yaml": "", "findings/a.sh": "", "samples/try": "#!/bin/sh\n",
    "tests/run": "#!/bin/sh\n",
    "include/labelwright/buf.h": "",
    "include/labelwright/task.h": '#include "labelwright/buf.h"\n',
    "src/base/buf.c": '#include "labelwright/buf.h"\n#include <stdio.h>\n',
    "src/data/task.c": '#include "labelwright/task.h"\n#include "parse.h"\n',
    "src/data/parse.h": "",
    "src/sync/http.c": "#include <curl/curl.h>\n",
    "src/tui/term.c": '#include "term.h"\n#include <curses.h>\n',
    "src/tui/term.h": "",
    "src/cli/main.c": '#include "labelwright/task.h"\n',
}


class Rules(unittest.TestCase):
    def breaches(self, **changes):
        with tempfile.TemporaryDirectory() as top:
            for name, text in {**SOUND, **changes.get("files", {})}.items():
                if text is not None:
                    path = pathlib.Path(top, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
            return check.Tree(top).check()

    def refuses(self, name, text, message):
        found = self.breaches(files={name: text})
        self.assertEqual(len(found), 1, found)
        self.assertIn(message, found[0])
        self.assertTrue(found[0].startswith(name), found[0])

    def test_sound_tree_passes(self):
        self.assertEqual(self.breaches(), [])

    def test_include_of_a_layer_above(self):
        self.refuses("src/base/err.c", '\n#include "labelwright/task.h"\n',
                     ":2: layer base includes include/labelwright/task.h of data, which lies above it")

    def test_angle_brackets_hide_nothing(self):
        self.refuses("src/base/err.c", "#include <labelwright/task.h>\n", "which lies above it")

    def test_public_header_including_upwards(self):
        self.refuses("include/labelwright/buf.h", '#include "labelwright/task.h"\n', "which lies above it")

    def test_private_header_of_another_layer(self):
        self.refuses("src/cli/main.c", '#include "data/parse.h"\n', "a private header of data")

    def test_curses_outside_term(self):
        for header in ("curses.h", "ncursesw/curses.h", "term.h", "ncurses.h"):
            self.refuses("src/tui/view.c", f"#include <{header}>\n", "curses belongs in src/tui/term.c")

    def test_curl_outside_its_file(self):
        for place in ("src/sitting/sitting.c", "src/sync/outbox.c", "src/sync/http.h"):
            self.refuses(place, "#  include <curl/multi.h>\n", "libcurl belongs in src/sync/http.c")

    def test_header_that_is_nowhere(self):
        self.refuses("src/base/err.c", '#include "gone.h"\n', "nowhere")

    def test_file_outside_the_layers(self):
        self.refuses("src/helpers/misc.c", "", "belongs to no layer")
        self.refuses("include/labelwright/orphan.h", "", "belongs to no layer")

    def test_long_file(self):
        self.refuses("tests/unit/test_long.c", "\n" * 501, "501 lines")
        self.refuses("tests/run", "#!/bin/sh\n" * 501, "501 lines")

    def test_top_level(self):
        self.refuses("Makefile", "", "more than was agreed")
        self.refuses("LICENSE", None, "missing from the top level")


if __name__ == "__main__":
    unittest.main()
