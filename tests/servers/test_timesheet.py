#!/usr/bin/env python3
"""`timesheet` over ninety days of work, against a reading of the journals that shares no code with it.

The days have both changes of daylight saving, two zones, sleep, clocks that are set, sessions side by side, crashes, labels undone
and given again, labels of old versions and of scripts. Every figure of every format must be the same to the millisecond."""
import collections
import csv
import datetime
import fractions
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import server_fixture as fixture
import worked_journals as made

MADRID, SYDNEY, KOLKATA = "Europe/Madrid", "Australia/Sydney", "Asia/Kolkata"
DAY_MS = 86_400_000
HOURS = 3_600_000
folder = None
journals = {}


def ninety_days(top):
    """Journals by name: from February 16 to May 16, 2026."""
    m = made.Machine(made.ms_of(2026, 2, 16, 9, zone=MADRID), MADRID, 13)
    names = ["alpha", "beta", "old, \"quoted\"", "scripts"]
    js = {name: made.Journal(top / name, name) for name in names}
    for j in js.values():
        j.first_line(m)
    alpha, beta, old = (made.Worker(m, js[name]) for name in names[:3])
    for day in range(90):
        zone = SYDNEY if 45 <= day < 57 else MADRID
        m.zone = zone
        morning = made.ms_of(2026, 2, 16, 9, zone=zone) + day * DAY_MS - HOURS
        if morning > m.wall():
            m.go_to(morning)
        ordinary_day(m, alpha, beta, old, day)
        if day % 9 == 4:
            side_by_side(m, alpha, beta)
        if day % 10 == 7:
            for task in range(3):
                js["scripts"].put(m.wall() + task, zone, {"type": "annotate", "task": f"s{day}/{task}", "active_ms": 0, "wall_ms": 0,
                                                          "answers": {}})
    for j in js.values():
        j.write()
    return js


def ordinary_day(m, alpha, beta, old, day):
    if day % 7 == 6:
        return  # Sundays, but for the two on which the clocks change
    alpha.work(12, end="crash" if day % 11 == 3 else "stop")
    if day % 5 == 2:
        s = beta.work(5, end="")
        s.set_clock([3_600_000, -5_400_000, 1_500, -600_000][day // 5 % 4])
        for _ in range(3):
            beta.step(s)
        s.set_clock(-[3_600_000, -5_400_000, 1_500, -600_000][day // 5 % 4])
        beta.step(s)
        s.stop()
    if day < 30:
        old.work(4, end="crash" if day == 11 else "stop", old=True)
    if day in (40, 47, 58):  # the evening of the Saturday before a change, and another one: over midnight
        at = made.ms_of(2026, 2, 16, 22, 30, zone=m.zone) + day * DAY_MS
        if at > m.wall():
            m.go_to(at)
        s = alpha.work(3, end="")
        while m.wall() < at + 8 * HOURS:
            alpha.step(s)
        s.stop()
    if day == 44:  # the laptop takes a plane
        s = alpha.work(2, end="")
        s.move(KOLKATA)
        alpha.step(s)
        s.suspend(3 * HOURS)
        s.move(SYDNEY)
        alpha.step(s)
        s.stop()


def side_by_side(m, one, other):
    a, b = made.Session(m, one.j), made.Session(m, other.j)
    for _ in range(10):
        one.step(a)
        b.press(m.random.choice([400, 9_000, 31_000]))
        a.press(m.random.choice([1_000, 20_000]))
        other.step(b)
    a.stop()
    b.stop()


# ---- the independent reading

def offset_of(text):
    return int(text[0] + "1") * (int(text[1:3]) * 3600 + int(text[3:5]) * 60) * 1000


def utc_ms(time):
    whole = datetime.datetime.strptime(time[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    return int(whole.timestamp()) * 1000 + int(time[20:23])


def date_of(days):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=days)


class Item:
    """What an event adds to its day."""

    def __init__(self, e, at, offset, session):
        self.e, self.at, self.offset, self.session = e, at, offset, session
        self.day = (at + offset) // DAY_MS
        self.worked = self.elapsed = self.guidelines = self.slept = 0


def read(path):
    """The items of a journal and its sessions."""
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    undone = {e["of"] for e in events if e["type"] == "undo"}
    current = {}
    for e in events:
        if e["type"] in ("annotate", "skip") and e["seq"] not in undone:
            current[e["task"]] = e["seq"]
    items, sessions, zone, last = [], [], "+0000", None
    for e in events:
        if e["type"] not in ("sitting", "annotate", "skip", "talk", "undo", "break"):
            continue
        zone = e.get("time_zone", zone)
        start = e.get("what") == "start"
        if start:
            sessions.append({"first": e["seq"], "stopped": False, "new": "elapsed_ms" in e, "forward": 0, "back": 0})
            last = None
        script = not sessions or ("elapsed_ms" not in e and e["type"] in ("annotate", "skip") and e["wall_ms"] == 0)
        i = Item(e, utc_ms(e["time"]), offset_of(zone), None if script else len(sessions) - 1)
        i.undone = e["seq"] in undone
        i.counts = e["type"] in ("annotate", "skip") and current.get(e["task"]) == e["seq"]
        i.pause = e["wall_ms"] if e["type"] == "break" else 0
        if "elapsed_ms" in e:
            old = last or {"elapsed_ms": 0, "worked_ms": 0, "at": i.at - e["elapsed_ms"]}
            i.elapsed = e["elapsed_ms"] - old["elapsed_ms"]
            i.worked = e["worked_ms"] - old["worked_ms"]
            i.guidelines = e.get("guidelines_ms", 0) - old.get("guidelines_ms", 0)
            i.slept = e.get("suspended_ms", 0) - old.get("suspended_ms", 0)
            jump = i.at - old["at"] - i.elapsed
            if abs(jump) >= 2000:
                sessions[-1]["forward" if jump > 0 else "back"] += abs(jump)
            last = {**e, "at": i.at}
        elif e["type"] in ("annotate", "skip") and not i.undone:
            i.worked, i.elapsed = e["active_ms"], e["wall_ms"]
        elif e["type"] == "break":
            i.elapsed = i.pause
        if e.get("what") == "stop":
            sessions[-1]["stopped"] = True
        items.append(i)
    return items, sessions


def quantile(numbers, part):
    numbers, at = sorted(numbers), fractions.Fraction((len(numbers) - 1) * part, 4)
    low = int(at)
    exact = numbers[low] + (at - low) * ((numbers[low + 1] if at > low else 0) - numbers[low] if at > low else 0)
    return int(exact + fractions.Fraction(1, 2))


def without(piece, others):
    """How much of the piece is not in the others, which do not overlap."""
    return sum(max(0, min(piece[1], b) - max(piece[0], a)) for a, b in others)


def joined(pieces):
    out = []
    for a, b in sorted(pieces):
        if out and a <= out[-1][1]:
            out[-1][1] = max(b, out[-1][1])
        else:
            out.append([a, b])
    return out


def overlaps(read_journals, wanted):
    """By item: the time that a project before it counts too. Pieces of one project that a clock laid over each other are cut."""
    before, twice = [], {}
    for name in read_journals:
        cut = []
        items = sorted((i for i in read_journals[name][0] if i.worked > 0 and i.session is not None and wanted(i)),
                       key=lambda i: i.at)
        free = None
        for i in items:
            start = i.at - i.worked if free is None else max(i.at - i.worked, free)
            free = i.at
            if start < i.at:
                cut.append((start, i.at))
                common = without((start, i.at), joined(before))
                if common:
                    twice[id(i)] = common
        before += cut
    return twice


def period_name(by, day):
    date = date_of(day)
    year, week, _ = date.isocalendar()
    return {"day": date.isoformat(), "week": f"{year}-W{week:02}", "month": date.isoformat()[:7], "project": ""}[by]


def sums_of(read_journals, by, wanted):
    """(period, project) -> figures; the project None has what is counted twice."""
    rows = collections.defaultdict(lambda: collections.defaultdict(int))
    times, moments = collections.defaultdict(list), collections.defaultdict(list)
    twice = overlaps(read_journals, wanted)
    for name, (items, sessions) in read_journals.items():
        for i in filter(wanted, items):
            label = i.e["type"] in ("annotate", "skip")
            if not label and i.session is None:
                continue
            key = (period_name(by, i.day), name)
            row = rows[key]
            row["done"] += i.counts and i.e["type"] == "annotate"
            row["skipped"] += i.counts and i.e["type"] == "skip"
            row["undone"] += label and i.undone
            row["replaced"] += label and not i.undone and not i.counts
            if i.session is None:
                continue
            moments[key].append((i.at, i.offset))
            row["sessions"] += sessions[i.session]["first"] == i.e["seq"]
            row["active_ms"] += i.worked
            row["exact_ms"] += i.worked
            row["guidelines_ms"] += i.guidelines
            rest = max(0, i.elapsed - i.worked - i.pause)
            row["asleep_ms"] += min(rest, i.slept)
            row["idle_ms"] += rest - min(rest, i.slept)
            row["break_ms"] += i.pause
            row["breaks"] += i.e["type"] == "break"
            if i.counts and i.e["type"] == "annotate":
                row["timed"] += 1
                times[key].append(i.e["active_ms"])
            if id(i) in twice:
                off = rows[(key[0], None)]
                off["active_ms"] -= twice[id(i)]
                off["exact_ms"] -= twice[id(i)]
    for key, row in rows.items():
        for part, member in enumerate(["lower_ms", "median_ms", "upper_ms"], 1):
            row[member] = quantile(times[key], part) if times[key] else None
        for pick, member in ((min, "first"), (max, "last")):
            row[member] = rfc(*pick(moments[key], key=lambda m: m[0])) if moments[key] else None
    return rows


def rfc(at, offset):
    zone = datetime.timezone(datetime.timedelta(milliseconds=offset))
    text = datetime.datetime.fromtimestamp(at // 1000, zone).isoformat()
    return f"{text[:19]}.{at % 1000:03}{text[19:]}"


FIGURES = ["active_ms", "exact_ms", "guidelines_ms", "idle_ms", "asleep_ms", "break_ms", "breaks", "sessions", "done", "skipped",
           "replaced", "undone", "timed"]
ADDED = FIGURES
SHOWN = FIGURES + ["lower_ms", "median_ms", "upper_ms", "first", "last"]


def setUpModule():
    global folder, journals
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lw-timesheet-"))
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    journals = ninety_days(folder / "work")


def tearDownModule():
    shutil.rmtree(folder)


def run(*words, status=0):
    done = subprocess.run([fixture.PROGRAM, "timesheet", "--annotator", "ana", *map(str, words)], capture_output=True, text=True)
    if done.returncode != status:
        raise AssertionError(f"{words}: {done.returncode}: {done.stderr}")
    return done.stdout


def whole(_):
    return True


class NinetyDays(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.read = {name: read(j.file) for name, j in sorted(journals.items())}

    def compare(self, by, wanted, *options):
        want = sums_of(self.read, by, wanted)
        got = json.loads(run("--json", "--by", by, *options, folder / "work"))
        rows = {(row.get(by, "") if by != "project" else "", row["project"]): row for row in got["rows"]}
        self.assertEqual(sorted(want, key=str), sorted(rows, key=str))
        for key, figures in want.items():
            self.assertEqual({m: rows[key][m] for m in SHOWN}, {m: figures[m] for m in FIGURES} | {
                m: figures.get(m) for m in SHOWN[len(FIGURES):]}, key)
        for member in ADDED:
            self.assertEqual(got["total"][member], sum(row[member] for row in got["rows"]), member)
        return got

    def test_the_days_hold_what_they_should(self):
        """Or the comparison would prove little."""
        kinds, offsets, jumps, crashed = collections.Counter(), set(), 0, 0
        for name, (items, sessions) in self.read.items():
            for i in items:
                kinds[i.e.get("what") or i.e["type"]] += 1
                offsets.add((name, i.offset // 60000))
                if i.session is not None:
                    zone = journals[name].zones[i.e["seq"]]
                    self.assertEqual(date_of(i.day), made.local(i.at, zone).date())
            jumps += sum(bool(s["forward"]) + bool(s["back"]) for s in sessions)
            crashed += sum(not s["stopped"] for s in sessions)
        self.assertLessEqual({60, 120, 330, 600, 660}, {minutes for _, minutes in offsets})
        for kind in ("annotate", "skip", "talk", "undo", "break", "start", "stop", "zone"):
            self.assertGreater(kinds[kind], 3, kind)
        self.assertGreater(jumps, 5)
        self.assertGreater(crashed, 5)
        days = {i.day for items, _ in self.read.values() for i in items}
        self.assertGreaterEqual(max(days) - min(days), 88)

    def test_every_figure_of_every_day_week_month_and_project(self):
        for by in ("day", "week", "month", "project"):
            with self.subTest(by):
                got = self.compare(by, whole)
                self.assertTrue(any(row["twice"] for row in got["rows"]))

    def test_a_part_of_the_days(self):
        first, last = datetime.date(2026, 3, 28), datetime.date(2026, 4, 6)
        self.compare("day", lambda i: first <= date_of(i.day) <= last, "--since", first, "--until", last)
        self.assertIn("No work", run("--since", "2027-01-01", folder / "work"))

    def test_what_is_said_of_the_figures(self):
        notes = {n["about"]: n for n in json.loads(run("--json", folder / "work"))["notes"]}
        sessions = [s for _, all_sessions in self.read.values() for s in all_sessions]
        items = [i for some, _ in self.read.values() for i in some]
        for about, member in (("clock_forward", "forward"), ("clock_back", "back")):
            self.assertEqual((notes[about]["n"], notes[about]["ms"]),
                             (sum(bool(s[member]) for s in sessions), sum(s[member] for s in sessions)))
        self.assertEqual(notes["no_end"]["n"], sum(not s["stopped"] for s in sessions))
        self.assertEqual(notes["old"]["n"], sum(not s["new"] for s in sessions))
        self.assertEqual(notes["local_time"]["n"], sum(i.e.get("what") == "zone" for i in items))
        self.assertEqual(notes["by_script"]["n"], sum(i.session is None for i in items))
        self.assertEqual(notes["twice"]["ms"], sum(overlaps(self.read, whole).values()))
        self.assertEqual(notes["no_zone"]["n"], 1)
        self.assertNotIn("no_start", notes)
        self.assertNotIn("damaged", notes)

    def test_rounded_rows_add_up(self):
        steps = {"minute": (60_000, False), "six-minutes": (360_000, False), "quarter-up": (900_000, True),
                 "quarter-nearest": (900_000, False)}
        exact = json.loads(run("--json", folder / "work"))
        for rule, (step, up) in steps.items():
            got = json.loads(run("--json", "--round", rule, folder / "work"))
            for row, was in zip(got["rows"], exact["rows"]):
                ms = abs(was["active_ms"])
                steps_of = -(-ms // step) if up else (2 * ms + step) // (2 * step)
                self.assertEqual(row["active_ms"], steps_of * step * (-1 if was["active_ms"] < 0 else 1))
                self.assertEqual(row["exact_ms"], was["active_ms"])
            self.assertEqual(got["total"]["active_ms"], sum(row["active_ms"] for row in got["rows"]))
            self.assertEqual(got["total"]["exact_ms"], exact["total"]["active_ms"])

    def test_csv_has_the_same_figures(self):
        for by in ("day", "week", "project"):
            rows = list(csv.DictReader(io.StringIO(run("--csv", "--by", by, folder / "work"))))
            want = json.loads(run("--json", "--by", by, folder / "work"))["rows"]
            self.assertEqual(len(rows), len(want))
            for row, figures in zip(rows, want):
                self.assertEqual(row["project"], figures["project"] or "(counted twice)")
                if by != "project":
                    self.assertEqual(row[by], figures[by])
                for member in FIGURES:
                    self.assertEqual(int(row[member]), figures[member])
                for member in SHOWN[len(FIGURES):]:
                    self.assertEqual(row[member], "" if figures[member] is None else str(figures[member]))
                sign, h, m, s = re.fullmatch(r"(-?)(\d+):(\d\d):(\d\d\.\d{3})", row["active"]).groups()
                ms = (int(h) * 60 + int(m)) * 60_000 + int(s.replace(".", ""))
                self.assertEqual(-ms if sign else ms, figures["active_ms"])

    def test_the_table_adds_up(self):
        for by in ("day", "week", "month", "project"):
            lines = run("--by", by, folder / "work").split("\n\n")[0].splitlines()
            self.assertLessEqual(max(map(len, lines)), 80)
            at = lines[0].index("Active") + len("Active")
            seconds = [sum(int(n) * f for n, f in zip(re.search(r"(\d+):(\d+):(\d+)$", line[:at]).groups(), (3600, 60, 1))) *
                       (-1 if re.search(r"-\d+:\d+:\d+$", line[:at]) else 1) for line in lines if re.search(r":\d\d$", line[:at])]
            self.assertEqual(sum(seconds[:-1]), seconds[-1], by)
            total = json.loads(run("--json", "--by", by, folder / "work"))["total"]["active_ms"]
            self.assertEqual(seconds[-1], total // 1000)

    def stretches(self):
        """(project, session, day) -> active ms, first, last; in the order of the journal."""
        out, twice = {}, overlaps(self.read, whole)
        for name, (items, _) in self.read.items():
            for i in items:
                if i.session is None:
                    continue
                one = out.setdefault((name, i.session, i.day), [0, i.at, i.at, i.offset])
                one[0] += i.worked - twice.get(id(i), 0)
                one[1], one[2] = min(one[1], i.at), max(one[2], i.at)
        return out

    def test_calendars_get_each_session(self):
        text = run("--ics", folder / "work")
        self.assertTrue(text.startswith("BEGIN:VCALENDAR\n") or text.startswith("BEGIN:VCALENDAR\r\n"))
        raw = subprocess.run([fixture.PROGRAM, "timesheet", "--annotator", "ana", "--ics", folder / "work"], capture_output=True).stdout
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        self.assertLessEqual(max(map(len, raw.split(b"\r\n"))), 75)
        events = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", raw.decode().replace("\r\n ", ""), re.S)
        fields = [dict(line.split(":", 1) for line in event.splitlines()) for event in events]
        want = self.stretches()
        self.assertEqual(len(fields), len(want))
        self.assertEqual(len({f["UID"] for f in fields}), len(want))
        per_project, wanted = collections.Counter(), collections.Counter()
        for f, ((name, _, _), (active, _, last, _)) in zip(fields, want.items()):
            self.assertEqual(int(f["X-LABELWRIGHT-ACTIVE-MS"]), active)
            self.assertEqual(re.sub(r"\\(.)", r"\1", f["SUMMARY"]), name)
            per_project[f["SUMMARY"]] += int(f["X-LABELWRIGHT-ACTIVE-MS"])
            self.assertEqual(f.get("DTEND", f["DTSTART"]),
                             datetime.datetime.fromtimestamp(last // 1000, datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ"))
        self.assertEqual(sum(per_project.values()), json.loads(run("--json", folder / "work"))["total"]["active_ms"])

    def timeclock(self):
        text, sums = run("--timeclock", folder / "work"), collections.defaultdict(list)
        begin = None
        for line in text.splitlines():
            if line[0] == "i":
                begin, account = datetime.datetime.fromisoformat(line[2:21]), line[22:].split("  ")[0]
            elif line[0] == "o":
                end = datetime.datetime.fromisoformat(line[2:21])
                self.assertEqual(begin.date(), end.date())
                sums[account].append(int((end - begin).total_seconds()))
            else:
                self.assertEqual(line[0], ";")
        return text, sums

    def test_timeclock_has_the_active_time_of_each_project(self):
        _, sums = self.timeclock()
        want = collections.Counter()
        for (name, _, _), (active, *_) in self.stretches().items():
            want[name] += active
        self.assertEqual({account: sum(entries) for account, entries in sums.items()},
                         {name: ms // 1000 for name, ms in want.items() if ms >= 1000})

    @unittest.skipUnless(shutil.which("hledger"), "hledger is not installed (apt-get install hledger)")
    def test_hledger_reads_the_same(self):
        text, sums = self.timeclock()
        (folder / "work.timeclock").write_text(text, encoding="utf-8")
        out = subprocess.run(["hledger", "-f", folder / "work.timeclock", "balance", "--flat", "--no-total", "-O", "csv"],
                             capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
        got = {row["account"]: float(row["balance"].rstrip("h")) for row in csv.DictReader(io.StringIO(out))}
        self.assertEqual(set(got), set(sums))
        for account, entries in sums.items():  # hledger 1.25 makes hundredths of an hour of each entry
            hours = sum(round(fractions.Fraction(seconds, 36)) for seconds in entries)
            self.assertLessEqual(abs(round(got[account] * 100) - hours), 1)

    def test_one_project_has_nothing_twice(self):
        got = json.loads(run("--json", folder / "work" / "alpha"))
        want = sums_of({"alpha": self.read["alpha"]}, "day", whole)
        self.assertEqual(len(got["rows"]), len(want))
        for row in got["rows"]:
            self.assertEqual(row["active_ms"], want[(row["day"], "alpha")]["active_ms"])
            self.assertFalse(row["twice"])

    def test_the_manual_has_it_in_jq(self):
        blocks = [b for b in fixture.manual_blocks("labelwright-journal.5") if "worked_ms" in b]
        self.assertEqual(len(blocks), 1)
        for name in ("alpha", "beta"):
            out = subprocess.run(["sh", "-c", blocks[0]], cwd=folder / "work" / name, capture_output=True, text=True, check=True).stdout
            rows = json.loads(run("--json", folder / "work" / name))["rows"]
            self.assertEqual({day: ms for day, ms in json.loads(out).items() if ms},
                             {row["day"]: row["active_ms"] for row in rows if row["active_ms"]})

    def test_damage_is_said_and_the_rest_counts(self):
        shutil.copytree(folder / "work" / "alpha", folder / "damaged")
        path = folder / "damaged" / "journal" / "000001.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        at = len(lines) // 2
        while b'"worked_ms"' not in lines[at] or b'"annotate"' not in lines[at] or b'"annotate"' not in lines[at + 1]:
            at += 1
        lines[at] = lines[at].replace(b'"worked_ms":', b'"worked_ms":1')
        path.write_bytes(b"".join(lines))
        got = json.loads(run("--json", folder / "damaged", status=1))
        sound = json.loads(run("--json", folder / "work" / "alpha"))
        about = [n for n in got["notes"] if n["about"] == "damaged"]
        self.assertEqual(len(about), 1)
        self.assertIn("000001.jsonl:%d" % (at + 1), about[0]["text"])
        self.assertEqual(got["total"]["done"] + got["total"]["replaced"] + got["total"]["undone"] + got["total"]["skipped"],
                         sound["total"]["done"] + sound["total"]["replaced"] + sound["total"]["undone"] + sound["total"]["skipped"] - 1)
        self.assertEqual(got["total"]["active_ms"], sound["total"]["active_ms"])  # the sums of the next line have it


if __name__ == "__main__":
    fixture.main()
