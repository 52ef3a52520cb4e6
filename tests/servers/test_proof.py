#!/usr/bin/env python3
"""Edits of a proof: the recipe finds each of them. LW_EDITS says how many random ones (1000 is what we promise)."""
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest

import server_fixture as fixture
import worked_journals

PROJECT = """labelwright: 1
title: "Edits"
tasks: [{file: tasks.jsonl}]
questions: [{name: q, type: rating, on: task}]
sync: {to: "file:outbox/", batch: 4}
"""
EDITS = int(os.environ.get("LW_EDITS", "120"))
FORGERIES = EDITS // 3
SECTIONS = [b"figures", b"record", b"timesheet", b"damage", b"recipe", b"journal", b"end"]
made = recipe = signed = unsigned = None


def make(*words):
    """A proof of a small journal, with receipts."""
    with fixture.Workspace(PROJECT, [{"id": f"t{n}", "prompt": "?"} for n in range(9)]) as workspace:
        if "--unsigned" not in words:
            subprocess.run([fixture.PROGRAM, "identity", "new"], input="", text=True, check=True, capture_output=True,
                           env=workspace.env)
        workspace.record([{"task": f"t{n}", "answers": {"q": n % 5 + 1}} for n in range(9)] + [{"task": "t1", "skip": "?"}])
        workspace.run("sync")
        done = subprocess.run([fixture.PROGRAM, "prove", *words, workspace.project], capture_output=True, check=True,
                              env=workspace.env)
        return done.stdout


def setUpModule():
    global made, recipe, signed, unsigned
    made = pathlib.Path(tempfile.mkdtemp(prefix="lw-proof-"))
    recipe = made / "recipe.sh"
    recipe.write_bytes(subprocess.run([fixture.PROGRAM, "prove", "--recipe"], capture_output=True, check=True).stdout)
    signed, unsigned = make(), make("--unsigned")


def tearDownModule():
    shutil.rmtree(made)


def check(proof):
    """What the recipe says of these bytes: whether all is well, and its words."""
    (made / "x.txt").write_bytes(proof)
    done = subprocess.run(["bash", recipe, made / "x.txt"], capture_output=True, check=False)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def bounds(proof, name):
    """Where a section begins, behind its head, and ends. `None`: the words at the top."""
    if name is None:
        return 0, proof.index(b"== figures ==\n")
    start = proof.index(b"== %s ==\n" % name) + len(name) + 7
    ends = [proof.find(b"== %s ==\n" % other, start) for other in SECTIONS]
    return start, min([at for at in ends if at >= 0], default=len(proof))


def sealed(proof):
    """The proof with a last line that fits again, as a forger makes it."""
    body = proof[:proof.rindex(b"sha256 ")]
    return body + b"sha256 %s\n" % hashlib.sha256(body).hexdigest().encode()


# ---- one edit each, at byte `at`

def flip(dice, proof, at):
    return proof[:at] + bytes([proof[at] ^ 1 << dice.randrange(8)]) + proof[at + 1:]


def insert(dice, proof, at):
    return proof[:at] + dice.randbytes(dice.choice([1, 1, 2, 9])) + proof[at:]


def insert_plain(dice, proof, at):
    return proof[:at] + dice.choice([b"\n", b"0", b" ", b"\0", b"\r", b"{}\n", b"== end ==\n", b"== journal ==\n"]) + proof[at:]


def delete(dice, proof, at):
    return proof[:at] + proof[at + dice.choice([1, 1, 2, 50]):]


def swap(dice, proof, at):
    return proof[:at] + proof[at:at + 2][::-1] + proof[at + 2:]


def duplicate(dice, proof, at):
    end = at + dice.choice([1, 7, 80, 700])
    return proof[:end] + proof[at:end] + proof[end:]


def truncate(dice, proof, at):
    return proof[:at] if dice.random() < 0.7 else proof[at + 1:]


def lines_edit(change):
    def edit(dice, proof, at):
        lines = proof.splitlines(keepends=True)
        n = proof.count(b"\n", 0, at)
        change(dice, lines, min(n, len(lines) - 1))
        return b"".join(lines)
    edit.__name__ = change.__name__
    return edit


def delete_line(dice, lines, n):
    del lines[n]


def duplicate_line(dice, lines, n):
    lines.insert(n, lines[n])


def swap_lines(dice, lines, n):
    k = max(0, n - 1)
    lines[n], lines[k] = lines[k], lines[n]


def move_line(dice, lines, n):
    lines.insert(dice.randrange(len(lines)), lines.pop(n))


BYTES = [flip, insert, insert_plain, delete, swap, duplicate, truncate]
LINES = [lines_edit(change) for change in (delete_line, duplicate_line, swap_lines, move_line)]


def edits(proof, count, seed):
    """Random edits, as many in each section: (what was done, the bytes)."""
    dice = random.Random(seed)
    places = [None, *SECTIONS]
    n = 0
    while n < count:
        name, edit = places[n % len(places)], dice.choice(BYTES + LINES)
        start, end = bounds(proof, name)
        at = dice.randrange(start - (len(name) + 7 if name else 0), end)
        edited = edit(dice, proof, at)
        if edited != proof:
            yield f"edit {n}: {edit.__name__} at byte {at}, {name}", edited
            n += 1


class Edits(unittest.TestCase):
    def test_an_untouched_proof_passes(self):
        for proof in (signed, unsigned):
            well, words = check(proof)
            self.assertTrue(well, words)

    def test_each_random_edit_is_found(self):
        for name, edited in edits(signed, EDITS, 1):
            well, words = check(edited)
            self.assertFalse(well, name)
            self.assertIn("WRONG: ", words, name)


class Forgeries(unittest.TestCase):
    """Edits by somebody who makes the last line fit again."""

    def test_each_edit_of_a_signed_one_is_found(self):
        if subprocess.run("openssl pkeyutl -help 2>&1 | grep -q rawin", shell=True, check=False).returncode:
            self.skipTest("no openssl 3")
        for name, edited in edits(signed[:signed.rindex(b"sha256 ")], FORGERIES, 2):
            well, words = check(sealed(edited + b"sha256 \n"))
            if b"\nkey " in edited:  # without it nothing is signed, and the recipe shows no key
                self.assertFalse(well, f"{name}\n{words}")

    def test_a_changed_line_is_named(self):
        dice = random.Random(3)
        start, end = bounds(unsigned, b"journal")
        for n in range(FORGERIES):
            at = dice.randrange(start, end)
            edited = unsigned[:at] + bytes([unsigned[at] ^ 1 << dice.randrange(8)]) + unsigned[at + 1:]
            if edited.count(b"\n") == unsigned.count(b"\n"):
                well, words = check(sealed(edited))
                self.assertFalse(well, f"{n}: byte {at}")
                line = unsigned.count(b"\n", 0, at) + 1
                self.assertIn(f"line-{line}: ", words, f"byte {at}")

    def test_the_end_of_a_line_is_looked_at_though_no_hash_has_it(self):
        start, end = bounds(unsigned, b"journal")
        at = unsigned.rindex(b',"hash":"', start, end)  # of a line that is in no batch
        for k in [*range(at, at + 9), *range(at + 73, at + 75)]:
            well, words = check(sealed(unsigned[:k] + bytes([unsigned[k] ^ 1]) + unsigned[k + 1:]))
            self.assertFalse(well, f"byte {k - at} of {unsigned[at:at + 75]}")

    def test_figures_and_record_follow_from_the_lines(self):
        dice = random.Random(4)
        for n in range(FORGERIES):
            start, end = bounds(unsigned, dice.choice([b"figures", b"record"]))
            edited = dice.choice(BYTES[:6])(dice, unsigned, dice.randrange(start, end))
            if edited != unsigned:
                well, words = check(sealed(edited))
                self.assertFalse(well, f"{n}\n{words}")

    def test_lines_that_were_hashed_again_are_found(self):
        lines = unsigned.splitlines(keepends=True)
        first = next(i for i, line in enumerate(lines) if line.startswith(b'{"v":1'))
        for n in range(first + 1, first + 12):
            text = lines[n][:-76].replace(b'"q":', b'"q": ', 1).replace(b'"active_ms":0', b'"active_ms":9')
            if text != lines[n][:-76]:
                fresh = hashlib.sha256(b"labelwright/1\n" + text).hexdigest().encode()
                edited = b"".join(lines[:n]) + text + b',"hash":"%s"}\n' % fresh + b"".join(lines[n + 1:])
                well, words = check(sealed(edited))
                self.assertFalse(well, f"line {n + 1}")
                self.assertIn("figures: not as in the journal", words)
                self.assertIn("batch-of-line-", words)


class Hours(unittest.TestCase):
    """A journal of many sessions, with clocks that are set, suspends, a crash, a session of an old version."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="lw-hours-")))
        machine = worked_journals.Machine(worked_journals.ms_of(2026, 10, 24, 9), "Europe/Madrid", 5)
        journal = worked_journals.Journal(self.folder / "a", "Hours")
        journal.first_line(machine)
        worker = worked_journals.Worker(machine, journal)
        for n in range(6):
            machine.go_to(machine.wall() + 3_600_000 * 9)
            worker.work(25, end="crash" if n == 2 else "stop", old=n == 4)
        journal.write()
        self.lines = [json.loads(line) for line in (self.folder / "a" / "journal" / "000001.jsonl").read_text().splitlines()]

    def figures(self, *words):
        env = {**os.environ, "XDG_STATE_HOME": str(self.folder / "state"), "XDG_CONFIG_HOME": str(self.folder / "config")}
        done = subprocess.run([fixture.PROGRAM, "prove", "--annotator", "ana", *words, self.folder / "a"], capture_output=True,
                              env=env, check=False)
        well, words = check(done.stdout)
        self.assertTrue(well, words)
        return {m[1]: [int(n) for n in re.findall(r"(\d+) ms", m[0])] for m in re.finditer(r"(?m)^(\w+) +.*$", words)}

    def test_they_are_the_largest_sums_of_each_session(self):
        worked, old, sessions, undone = 0, 0, [], {e["of"] for e in self.lines if e["type"] == "undo"}
        for e in self.lines:
            if e.get("what") == "start":
                sessions.append(0)
            if "worked_ms" in e:
                sessions[-1] = max(sessions[-1], e["worked_ms"])
            elif e["type"] in ("annotate", "skip") and e["seq"] not in undone:
                old += e["active_ms"]
        worked = sum(sessions)
        figures = self.figures()
        self.assertGreater(min(worked, old), 0)
        self.assertEqual(figures["hours"][0], worked)
        self.assertEqual(figures["timesheet"], [worked + old, old])

    def test_the_parts_add_up(self):
        cut, last = len(self.lines) // 2, len(self.lines)
        parts = [self.figures("--to-seq", str(cut)), self.figures("--from-seq", str(cut), "--to-seq", str(last))]
        self.assertEqual(sum(part["hours"][0] for part in parts), self.figures()["hours"][0])


if __name__ == "__main__":
    fixture.main()
