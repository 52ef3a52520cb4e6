#!/usr/bin/env python3
"""What `pay` and `invoice` compute is what an independent reading of the same journals and the same rules gives, to the last
digit: fractions, decimals and plain loops here, GMP and tables there."""
import csv
import datetime
import decimal
import fractions
import io
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

Fraction = fractions.Fraction
HOUR, MINUTE = 3_600_000, 60_000
PROJECT = """labelwright: 1
title: "{title}"
tasks: [{{file: tasks.jsonl}}]
questions:
  - {{name: quality, type: rating, on: task, scale: {{min: 1, max: 5}}}}
pay: {{rate: "{claim}", currency: EUR, per: {per}}}
"""
DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3}
ROUNDINGS = {"half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP, "down": decimal.ROUND_DOWN}
FIRST = datetime.date(2026, 10, 12)  # a Monday, two weeks before the clocks change
ZONES = [("+0200", datetime.date(2026, 10, 25)), ("+0100", datetime.date(2026, 11, 18)), ("-0500", datetime.date.max)]


# ---- Journals of some weeks

class Journal:
    """Writes a chain of events, session by session."""

    def __init__(self, folder, key):
        self.folder, self.key = folder, key
        self.lines, self.prev = [], "0" * 64
        self.add(self.at(FIRST, 0), type="journal", annotator="ana", title="", version="0.1.0", seed="0")

    @staticmethod
    def at(day, ms):
        return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc) + datetime.timedelta(milliseconds=ms)

    def add(self, when, **members):
        stamp = when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z"
        line = fixture.event(len(self.lines) + 1, self.key, self.prev, time=stamp, **members)
        self.prev = fixture.hash_of(line)
        self.lines.append(line)
        return len(self.lines)

    def save(self):
        (self.folder / "journal").mkdir(mode=0o700)
        file = self.folder / "journal" / "000001.jsonl"
        file.write_bytes(b"".join(self.lines))
        file.chmod(0o600)


def zone_of(day):
    return next(zone for zone, until in ZONES if day < until)


def session(dice, journal, day, hour, labels):
    """One session: labels, skips, breaks, guidelines, suspends, an undo here and there. `labels` are the seqs so far, by task."""
    sums = {"elapsed_ms": 0, "worked_ms": 0, "guidelines_ms": 0, "suspended_ms": 0}
    start = int(hour * HOUR) + dice.randrange(HOUR)

    def clocks():
        return {k: v for k, v in sums.items() if v or k in ("elapsed_ms", "worked_ms")}

    def add(**members):
        return journal.add(journal.at(day, start + sums["elapsed_ms"]), **members, **clocks())

    add(type="sitting", what="start", time_zone=zone_of(day))
    for _ in range(dice.randrange(2, 14)):
        worked, idle = dice.randrange(5 * MINUTE, 25 * MINUTE), dice.choice([0, 0, dice.randrange(10 * MINUTE)])
        slept = dice.choice([0, 0, 0, dice.randrange(HOUR)])
        sums["worked_ms"] += worked
        sums["guidelines_ms"] += dice.choice([0, 0, worked // 3])
        sums["suspended_ms"] += slept
        sums["elapsed_ms"] += worked + idle + slept
        what = dice.random()
        task = f"t{dice.randrange(400)}"
        if what < 0.1:
            rest = dice.randrange(20 * MINUTE)
            sums["elapsed_ms"] += rest
            add(type="break", wall_ms=rest)
        elif what < 0.2 and labels:
            undone = dice.choice(sorted(labels.values()))
            labels = {t: s for t, s in labels.items() if s != undone}
            add(type="undo", of=undone)
        elif what < 0.35:
            add(type="skip", task=task, record=1, sha256="0" * 64, active_ms=worked, wall_ms=worked + idle)
        else:
            labels[task] = add(type="annotate", task=task, record=1, sha256="0" * 64, active_ms=worked, wall_ms=worked + idle,
                               answers={"quality": dice.randrange(1, 6)})
    add(type="sitting", what="stop")
    return labels


def fill(dice, folder, key):
    journal, labels = Journal(folder, key), {}
    for n in range(56):
        day = FIRST + datetime.timedelta(days=n)
        for hour in (6, 17.5)[:dice.choice([0, 1, 1, 2])]:
            labels = session(dice, journal, day, hour, labels)
        if dice.random() < 0.1:  # labels by a script have no time
            journal.add(journal.at(day, 23 * HOUR), type="annotate", task=f"script{n}", record=1, sha256="0" * 64, active_ms=0,
                        wall_ms=0, answers={"quality": 3})
    journal.save()


# ---- The independent reading

def to_ms(text):
    h, m, s = text.split(":")
    return (int(h) * 3600 + int(m) * 60) * 1000 + int(decimal.Decimal(s) * 1000)


def read_work(folder):
    """({date: [active, guidelines, idle, first]}, [(date, kind, quality)], [(from, to, date)] of work before each event)"""
    days, pieces, spans = {}, [], []
    events = [json.loads(line) for line in (folder / "journal" / "000001.jsonl").read_bytes().splitlines()]
    undone = {e["of"] for e in events if e["type"] == "undo"}
    last = {e["task"]: e["seq"] for e in events if e["type"] in ("annotate", "skip") and e["seq"] not in undone}
    before, zone, labeled = {}, datetime.timezone.utc, set()
    for e in events:
        when = datetime.datetime.fromisoformat(e["time"].replace("Z", "+00:00"))
        if e.get("what") == "start":
            before, zone = {}, datetime.datetime.strptime(e["time_zone"], "%z").tzinfo
        date = when.astimezone(zone).date()
        if "elapsed_ms" in e:
            add = {k: e.get(k, before.get(k, 0)) - before.get(k, 0)
                   for k in ("elapsed_ms", "worked_ms", "guidelines_ms", "suspended_ms")}
            before = {k: e.get(k, before.get(k, 0)) for k in add}
            day = days.setdefault(date, [0, 0, 0, when])
            day[3] = min(day[3], when)
            if add["elapsed_ms"]:
                rest = max(0, add["elapsed_ms"] - add["worked_ms"] - (e["wall_ms"] if e["type"] == "break" else 0))
                day[0] += add["worked_ms"] - add["guidelines_ms"]
                day[1] += add["guidelines_ms"]
                day[2] += rest - min(rest, add["suspended_ms"])
                spans.append((when - datetime.timedelta(milliseconds=add["worked_ms"]), when, date))
        if e["type"] == "annotate" and e["seq"] not in undone:
            pieces.append((date, "replaced" if e["task"] in labeled else "done", e["answers"]["quality"]))
            labeled.add(e["task"])
        if e["type"] == "skip" and last.get(e["task"]) == e["seq"]:
            pieces.append((date, "skipped", None))
    return days, pieces, spans


def counted_twice(projects, since, until):
    """Milliseconds of work that a project before counts, too."""
    total = datetime.timedelta()
    for n, project in enumerate(projects):
        union = []
        for a, b in sorted((a, b) for before in projects[:n] for a, b, _ in before["spans"]):
            if union and a <= union[-1][1]:
                union[-1][1] = max(b, union[-1][1])
            else:
                union.append([a, b])
        for a, b, date in project["spans"]:
            if since <= date <= until:
                total += sum((max(datetime.timedelta(), min(b, d) - max(a, c)) for c, d in union), datetime.timedelta())
    return round(total / datetime.timedelta(milliseconds=1))


def rounded(amount, digits, rounding):
    """A fraction, rounded by decimal's own rules: 60 digits are enough to see a tie for what it is."""
    with decimal.localcontext() as context:
        context.prec = 90
        scaled = amount * 10 ** digits
        whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
        # only whether the rest is below, at or above the half matters
        twice = 2 * rest - scaled.denominator
        tail = "0" if rest == 0 else "5" if twice == 0 else "3" if twice < 0 else "7"
        result = decimal.Decimal(f"{whole}.{tail}").quantize(decimal.Decimal(1), rounding=rounding)
        result = result.scaleb(-digits)
        return -result if amount < 0 and result else result


def billed(rate, worked):
    step = rate.get("steps", 0) * MINUTE
    if step:
        full, rest = divmod(worked, step)
        up = {"up": rest > 0, "nearest": 2 * rest >= step, "down": False}[rate.get("steps_by", "up")]
        result = (full + up) * step
    else:
        result = worked
    return max(result, rate.get("at_least", 0) * MINUTE)


def named(rule, project):
    return not rule.get("projects") or bool({project["title"], project["folder"], project["key"]} & set(rule["projects"]))


def holds(rule, date):
    return rule.get("from", datetime.date.min) <= date <= rule.get("to", datetime.date.max)


def candidates(rules, project, date):
    fit = [r for r in rules["rates"] if holds(r, date) and named(r, project)]
    own = [r for r in fit if r.get("projects")]
    return own or fit


def week_of(rules, date):
    back = (date.weekday() + 1) % 7 if rules.get("week_starts") == "sunday" else date.weekday()
    return date - datetime.timedelta(days=back)


def hourly(rules, projects):
    """(date, project, place of the rate, place of the overtime, ms, exact amount), minute by nothing: cut at the limits."""
    days = sorted((date, day[3], n, day) for n, p in enumerate(projects) for date, day in p["days"].items())
    counts = {}
    for date, _, n, day in days:
        rate = next((r for r in candidates(rules, projects[n], date) if r["per"] == "hour"), None)
        if not rate:
            continue
        time = rate.get("time", rules.get("time", "active_and_guidelines"))
        worked = day[0] + (day[1] if time != "active" else 0) + (day[2] if time == "session" else 0)
        total = billed(rate, worked) if worked else 0
        overtime = [o for o in rules.get("overtime", []) if holds(o, date) and named(o, projects[n])]
        keys = {id(o): (id(o), date if o.get("per") == "day" else week_of(rules, date)) for o in overtime}
        limits = {int(Fraction(str(o["after"])) * HOUR) - counts.get(keys[id(o)], 0) for o in overtime if "after" in o}
        cuts = sorted({0, total} | {x for x in limits if 0 < x < total})
        parts = list(zip(cuts, cuts[1:])) or [(0, 0)] * bool(worked)  # what is billed as nothing is a line, too
        for a, b in parts:
            now = [o for o in overtime
                   if (counts.get(keys[id(o)], 0) + a >= Fraction(str(o["after"])) * HOUR if "after" in o
                       else date.strftime("%A").lower() in o["on"])]
            best = max(now, key=lambda o: Fraction(o["factor"]), default=None)
            factor = Fraction(best["factor"]) if best else Fraction(1)
            yield (date, n, rules["rates"].index(rate), rules["overtime"].index(best) if best else -1, b - a,
                   Fraction(rate["rate"]) * (b - a) / HOUR * factor, rate["currency"])
        for o in overtime:
            counts[keys[id(o)]] = counts.get(keys[id(o)], 0) + total


def fits(rate, kind, quality):
    when = rate.get("when", "done")
    if when in ("done", "skipped", "replaced"):
        return when == kind
    op, number = re.fullmatch(r"quality (<=|>) (\d)", when).groups()
    return kind == "done" and (quality <= int(number) if op == "<=" else quality > int(number))


def by_task(rules, projects):
    for n, project in enumerate(projects):
        for date, kind, quality in project["pieces"]:
            fit = [r for r in candidates(rules, project, date) if r["per"] == "task" and fits(r, kind, quality)]
            filters = [r for r in fit if r.get("when", "done") not in ("done", "skipped", "replaced")]
            if fit:
                rate = (filters or fit)[0]
                yield date, n, rules["rates"].index(rate), -1, 1, Fraction(rate["rate"]), rate["currency"]


def extras(rules, projects):
    """Places behind all rates, bonuses first, then deductions."""
    listed = [(x, 1) for x in rules.get("bonuses", [])] + [(x, -1) for x in rules.get("deductions", [])]
    for place, (x, sign) in enumerate(listed, 1000):
        amount = sign * Fraction(x["amount"])
        if "date" in x:
            owner = next((n for n, p in enumerate(projects) if x.get("projects") and named(x, p)), None)
            if owner is not None or not x.get("projects"):
                yield x["date"], 99 if owner is None else owner, place, -1, 1, amount, x["currency"]
            continue
        for n, project in enumerate(projects):
            done = [date for date, kind, _ in sorted(project["pieces"], key=lambda p: p[0]) if kind == "done" and holds(x, date)]
            for date in done[x["every"] - 1::x["every"]] if named(x, project) else []:
                yield date, n, place, -1, 1, amount, x["currency"]


def period(rules, by, date, since, until):
    if by == "day":
        a = b = date
    elif by == "week":
        a = week_of(rules, date)
        b = a + datetime.timedelta(days=6)
    elif by == "month":
        a = date.replace(day=1)
        b = (a + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
    else:
        a, b = since, until
    return max(a, since), min(b, until)


def earn(rules, projects, by, since, until):
    """The lines: [(from, to, project or 99, quantity, amount, currency)], in the order in which they are shown."""
    exact, lines = {}, {}
    for source in (hourly, by_task, extras):
        for date, n, place, over, quantity, amount, currency in source(rules, projects):
            if since <= date <= until:
                key = date, n, place, over, currency
                old = exact.get(key, (0, Fraction(0)))
                exact[key] = old[0] + quantity, old[1] + amount
    rounding = ROUNDINGS[rules.get("rounding", "half_even")]
    for (date, n, place, over, currency), (quantity, amount) in exact.items():
        if rules.get("round") == "day":
            amount = Fraction(rounded(amount, DIGITS[currency], rounding))
        key = *period(rules, by, date, since, until), n, place, over, currency
        old = lines.get(key, (0, Fraction(0)))
        lines[key] = old[0] + quantity, old[1] + amount
    return [(k[0], k[1], k[2], q, rounded(a, DIGITS[k[5]], rounding), k[5]) for k, (q, a) in sorted(lines.items())]


# ---- Rules, as data here and as pay.yaml there

def dump(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {dump(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(dump, value)) + "]"
    return str(value) if isinstance(value, (int, datetime.date)) else json.dumps(value, ensure_ascii=False)


def to_yaml(rules):
    """A list has a line for each item: the order of lines is that of the file."""
    text = ""
    for key, value in rules.items():
        if isinstance(value, list):
            text += f"{key}:\n" + "".join(f"  - {dump(v)}\n" for v in value)
        else:
            text += f"{key}: {dump(value)}\n"
    return text


def day(n):
    return FIRST + datetime.timedelta(days=n)


def make_rules(dice):
    currency = dice.choice(["EUR", "EUR", "JPY", "KWD"])

    def amount(most):
        return f"{dice.randrange(1, most * 1000) / 1000:.3f}"

    def rate(per, **more):
        return {"per": per, "rate": amount(40), "currency": currency, **more}

    steps = {"steps": dice.choice([1, 6, 15]), "steps_by": dice.choice(["up", "nearest", "down"])}
    rates = [
        rate("hour", **{"to": day(20)}, **dice.choice([{}, steps])),
        rate("hour", **{"from": day(21), "to": day(33)}, at_least=dice.choice([30, 200])),
        rate("hour", **{"from": day(dice.choice([34, 36]))}, time=dice.choice(["active", "active_and_guidelines", "session"]), **steps),
        rate("task", projects=["Pictures ü"]),
        rate("task", projects=["b"], when="quality <= 2", name="=low, \"quality\""),
        rate("task", projects=["b"], when="quality > 4", **{"from": day(10)}),
        rate("task", projects=["b"], when="skipped"),
        rate("task", projects=["b"], when="replaced"),
    ]
    return {
        "time": dice.choice(["active", "active_and_guidelines", "session"]),
        "rounding": dice.choice(list(ROUNDINGS)),
        "round": dice.choice(["line", "day"]),
        "week_starts": dice.choice(["monday", "sunday"]),
        "rates": rates,
        "overtime": [
            {"after": dice.choice([2, 4]), "per": "day", "factor": "1.5"},
            {"after": dice.choice([10, "17.5"]), "per": "week", "factor": dice.choice(["1.25", "1.75"])},
            {"on": ["saturday", "sunday"], "factor": "1.333333", "projects": ["ab" * 16]},
        ],
        "bonuses": [{"every": 7, "amount": amount(9), "currency": currency, "from": day(15)},
                    {"date": day(40), "amount": amount(90), "currency": currency, "note": "Quality", "projects": ["a"]},
                    {"date": day(41), "amount": amount(90), "currency": currency}],
        "deductions": [{"date": day(30), "amount": amount(5), "currency": currency, "projects": ["b"]}],
        "invoice": {"from": {"name": "Ana Puig"},
                    "to": [{"name": "Client & <Sons>", "taxes": [{"name": "VAT", "percent": "21"}, {"name": "Withheld", "percent": "-7.25"}]}]},
    }


class Pay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        dice = random.Random(13)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="lw-pay-"))
        cls.settings = cls.folder / "config" / "labelwright"
        cls.settings.mkdir(parents=True)
        (cls.settings / "config.yaml").write_text("annotator: ana\n", encoding="utf-8")
        cls.projects, cls.twice = [], {}
        for n, (name, title) in enumerate((("a", "Replies"), ("b", "Pictures ü"), ("c", "=1+1"))):
            place = cls.folder / "work" / name
            place.mkdir(parents=True)
            (place / "tasks.jsonl").write_text('{"id":"t1","prompt":"?"}\n', encoding="utf-8")
            (place / "project.yaml").write_text(PROJECT.format(title=title, claim="17.00", per="hour"), encoding="utf-8")
            key = ("ab", "cd", "ef")[n] * 16
            fill(dice, place, key)
            days, pieces, spans = read_work(place)
            cls.projects.append({"title": title, "folder": name, "key": key, "days": days, "pieces": pieces, "spans": spans})
        cls.rules = [make_rules(dice) for _ in range(8)]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def run_program(self, rules, *words):
        (self.settings / "pay.yaml").write_text(to_yaml(rules), encoding="utf-8")
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_STATE_HOME": "/proc/nowhere",
               "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        done = subprocess.run([fixture.PROGRAM, *words, self.folder / "work"], capture_output=True, env=env, check=False, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def compare(self, rules, by, since, until, words):
        got = json.loads(self.run_program(rules, "pay", "--json", "--by", by, *words))
        want = earn(rules, self.projects, by, since, until)
        titles = {p["title"]: n for n, p in enumerate(self.projects)}
        as_told = [(r["from"], r["to"], titles.get(r["project"], 99), r.get("billed_ms", r.get("tasks", r.get("times"))),
                    r["amount"], r["currency"]) for r in got["rows"]]
        shown = [(None if a == datetime.date.min else str(a), None if b == datetime.date.max else str(b), *more[:2], str(more[2]),
                  more[3]) for a, b, *more in want]
        self.assertEqual(as_told, shown)
        total = sum(line[4] for line in want)
        self.assertEqual([t["amount"] for t in got["totals"]], [str(total)])
        time = [sum(d[i] for p in self.projects for date, d in p["days"].items() if since <= date <= until) for i in range(3)]
        f = got["effective"][0]
        if (since, until) not in self.twice:
            self.twice[since, until] = counted_twice(self.projects, since, until)
        twice = self.twice[since, until]
        self.assertEqual([f["active_ms"], f["guidelines_ms"], f["idle_ms"], f["twice_ms"]], [*time, twice])
        rounding, digits = ROUNDINGS[rules["rounding"]], DIGITS[want[0][5]]
        self.assertEqual(f["an_hour"], str(rounded(Fraction(total) * HOUR / (sum(time) - twice), digits, rounding)))
        return want

    def test_every_amount_agrees_for_each_period(self):
        for n, rules in enumerate(self.rules):
            for by in ("day", "week", "month", "project"):
                with self.subTest(rules=n, by=by):
                    self.compare(rules, by, datetime.date.min, datetime.date.max, [])

    def test_a_range_of_days_cuts_no_overtime(self):
        for n, rules in enumerate(self.rules):
            with self.subTest(rules=n):
                self.compare(rules, "day", day(16), day(45), ["--since", str(day(16)), "--until", str(day(45))])

    def test_an_invoice_adds_up(self):
        for n, rules in enumerate(self.rules):
            with self.subTest(rules=n):
                text = self.run_program(rules, "invoice", "--month", "2026-11", "--number", "=7", "--date", "2026-12-01", "--format", "csv")
                rows = list(csv.DictReader(io.StringIO(text)))
                want = [w for w in earn(rules, self.projects, "project", datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
                        if w[2] != 99]
                self.assertEqual([r["amount"] for r in rows if r["kind"] == "line"], [str(w[4]) for w in want])
                rounding, digits = ROUNDINGS[rules["rounding"]], DIGITS[want[0][5]]
                net = sum(w[4] for w in want)
                taxes = [rounded(Fraction(net) * Fraction(p) / 100, digits, rounding) for p in ("21", "-7.25")]
                self.assertEqual([r["amount"] for r in rows if r["kind"] != "line"], [str(x) for x in (net, *taxes, net + sum(taxes))])
                self.assertEqual({r["number"] for r in rows}, {"'=7"})
                self.assertFalse([cell for r in rows for cell in r.values() if cell[:1] in "=+@" and cell])

    def test_the_invoice_prints_on_pages_of_a4(self):
        """Any browser prints the HTML; here it is Chromium, where there is one, else WeasyPrint."""
        html = self.folder / "invoice.html"
        html.write_text(self.run_program(self.rules[0], "invoice", "--month", "2026-11", "--date", "2026-12-01", "--format", "html"),
                        encoding="utf-8")
        pdf = self.folder / "invoice.pdf"
        python = fixture.venv("pay", "weasyprint==70.0", "pypdf==6.4.0")
        chromium = shutil.which("chromium")
        if chromium:
            command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={self.folder}/browser",
                       "--no-pdf-header-footer", f"--print-to-pdf={pdf}", html]
        else:
            command = [python, "-m", "weasyprint", html, pdf]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode and "cannot load library" in done.stderr:  # WeasyPrint's pango
            raise unittest.SkipTest(f"nothing here prints HTML: {done.stderr.strip().splitlines()[-1]}")
        self.assertEqual(done.returncode, 0, done.stderr)
        read = ("import pypdf, sys\nr = pypdf.PdfReader(sys.argv[1])\nprint(len(r.pages), *map(round, r.pages[0].mediabox[2:]))\n"
                "print(*[p.extract_text() for p in r.pages])")
        text = subprocess.run([python, "-c", read, pdf], capture_output=True, text=True, check=True).stdout
        self.assertRegex(text.splitlines()[0], r"^[12] 595 84[12]$")
        want = earn(self.rules[0], self.projects, "project", datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
        for line in want:
            if line[2] != 99:
                self.assertIn(str(line[4]), text)
        self.assertIn("Client & <Sons>", text)


if __name__ == "__main__":
    fixture.main()
