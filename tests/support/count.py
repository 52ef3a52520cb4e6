#!/usr/bin/env python3
"""Sum up what ctest saw, in the last line: "N passed, N failed" and, if there were any, ", N skipped".

usage: count.py [--broken N] JUNIT-FILE...

A program that speaks TAP (cmocka does under CMOCKA_MESSAGE_OUTPUT=TAP) counts by its tests, any other as one.
Whatever ctest calls a failure is at least one here, even if the program reported none before it died; so is a
plan that promises more tests than were reported. A skipped test says why in a line "skip: reason" before.
--broken N adds N failures that never came to a file, such as builds. Exit 1 if anything failed or nothing passed.
"""
import argparse
import os
import re
import sys
import xml.etree.ElementTree as ET

PLAN = re.compile(r"^1\.\.(\d+)", re.M)
RESULT = re.compile(r"^(not )?ok \d+(?: - (.*)| (# ?skip.*))?$", re.M | re.I)
REASON = re.compile(r"^(?:# )?skip(?:ped)?: .*", re.M | re.I)


class Sum:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, 0, 0
        self.notes = []

    def add_tap(self, where, out):
        """Counts the TAP results in `out`; how many there were."""
        n = 0
        for hit in RESULT.finditer(out):
            n += 1
            if hit[3] or "# skip" in (hit[2] or "").lower():
                self.skipped += 1
                self.notes.append(f"skipped: {where}: {(hit[3] or hit[2]).lstrip('# ')}")
            elif hit[1]:
                self.failed += 1
                self.notes.append(f"failed: {where}: {hit[2] or ''}")
            else:
                self.passed += 1
        promised = sum(int(m) for m in PLAN.findall(out))
        if promised > n:
            self.failed += 1
            self.notes.append(f"failed: {where}: {promised} tests promised, {n} reported")
        return n

    def add_case(self, build, case):
        where = f"{build} {case.get('name')}"
        out = case.findtext("system-out") or ""
        ran = case.get("status") == "run"
        skip = case.find("skipped")
        # ctest calls a program that is not there skipped, too.
        skipped = skip is not None and "SKIP_" in (skip.get("message") or "")
        failed = not ran and not skipped
        if skipped:
            self.skipped += 1
            self.notes.append(f"skipped: {where}")
        before = self.failed
        if self.add_tap(where, out) == 0 and ran and not failed:
            self.passed += 1
        if failed and self.failed == before:
            self.failed += 1
            self.notes.append(f"failed: {where}")
        self.notes += (f"  {m}" for m in REASON.findall(out))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--broken", type=int, default=0)
    args.add_argument("files", nargs="*")
    args = args.parse_args()
    total = Sum()
    total.failed = args.broken
    for file in args.files:
        if not os.path.exists(file):  # a pattern of the shell that matched nothing
            continue
        for case in ET.parse(file).getroot().iter("testcase"):
            total.add_case(os.path.basename(file).removesuffix(".junit.xml"), case)
    for note in total.notes:
        print(note)
    line = f"{total.passed} passed, {total.failed} failed"
    print(line + (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
