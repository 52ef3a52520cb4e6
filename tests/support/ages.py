#!/usr/bin/env python3
"""Print the rows of src/text/ages_internal.h: which characters came with which version of Unicode, from 9 on.

usage: ages.py DERIVEDAGE [VERSION UNASSIGNED]... > rows

DERIVEDAGE is DerivedAge.txt of Debian's unicode-data. For each later version, UNASSIGNED is
General_Category/Unassigned/code-points.mjs of npm's @unicode/unicode-VERSION, to be run by node. Ranges of one
version that only unassigned characters part are one.
"""
import json
import re
import subprocess
import sys

FIRST, LAST_CODE = 9, 0x10FFFF
NONCHARACTERS = {p | x for p in range(0, LAST_CODE, 0x10000) for x in (0xFFFE, 0xFFFF)}


def derived_ages(name):
    age = {}
    for line in open(name, encoding="utf-8"):
        m = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*; (\d+)\.(\d+)", line)
        if m:
            for cp in range(int(m[1], 16), int(m[2] or m[1], 16) + 1):
                age[cp] = int(m[3])
    return age


def unassigned(name):
    code = f"import c from {json.dumps(name)}; console.log(JSON.stringify(c))"
    out = subprocess.run(["node", "--input-type=module", "-e", code], check=True, capture_output=True)
    return set(json.loads(out.stdout))


def ranges(age, assigned):
    """Runs of one age; an unassigned character may stand inside, but not at the end of one."""
    run = None
    for cp in range(LAST_CODE + 1):
        if cp not in assigned:
            continue
        this = age[cp]
        if run and run[2] == this:
            run[1] = cp
        else:
            if run and run[2] >= FIRST:
                yield run
            run = [cp, cp, this]
    if run and run[2] >= FIRST:
        yield run


def main(args):
    age = derived_ages(args[0])
    for version, name in zip(args[1::2], args[2::2]):
        gone = unassigned(name)
        for cp in range(LAST_CODE + 1):
            if cp not in gone and cp not in age and cp not in NONCHARACTERS:
                age[cp] = int(version)
    row = ""
    for first, last, version in ranges(age, set(age)):
        item = f"{{0x{first:04X}, 0x{last:04X}, {version}}}, "
        if len(row) + len(item) > 97:
            print("    " + row.rstrip())
            row = ""
        row += item
    print("    " + row.rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
