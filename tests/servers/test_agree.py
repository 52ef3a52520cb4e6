#!/usr/bin/env python3
"""`labelwright agree` gives the figures of scikit-learn, krippendorff, irrCAC and scipy, on real labels of several annotators and
on generated ones; and where those give no number, a reason in words."""
import csv
import itertools
import json
import os
import pathlib
import random
import subprocess
import unittest

import server_fixture as fixture

PACKAGES = ["scikit-learn==1.9.1", "krippendorff==0.9.0", "irrCAC==0.4.4", "scipy==1.12.0", "numpy==1.26.4", "pandas==2.3.3"]
SHARED = pathlib.Path(os.environ.get("LW_SHARED", "/nowhere")) / "data"
packages = None


def setUpModule():
    """One process for all, as it takes seconds to start."""
    global packages
    try:
        python = fixture.venv("agree", *PACKAGES)
    except unittest.SkipTest as no:
        raise unittest.SkipTest(f"scikit-learn, krippendorff and irrCAC from PyPI: {no}") from no
    packages = subprocess.Popen([python, fixture.HERE / "agreement_packages.py"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)


def tearDownModule():
    packages.stdin.close()
    packages.wait()
    packages.stdout.close()


def ask(questions):
    """What the packages answer."""
    packages.stdin.write(json.dumps(questions) + "\n")
    packages.stdin.flush()
    return json.loads(packages.stdout.readline())


def columns(rows):
    return list(zip(*rows)) if rows else []


def pairs_of(n):
    return list(itertools.combinations(range(n), 2))


def of_kinds(rows, categories, among_pairs=True):
    """{(measure, between): question to the packages} for answers that are the same or not."""
    n = len(rows[0])
    wanted = {("percent", None): ["percent", rows, categories], ("fleiss", None): ["fleiss", rows, categories],
              ("ac1", None): ["ac1", rows, categories], ("alpha_nominal", None): ["alpha", rows, "nominal"]}
    for a, b in pairs_of(n) if among_pairs else []:
        x, y = columns(rows)[a], columns(rows)[b]
        wanted["cohen", (a + 1, b + 1)] = ["cohen", x, y, categories, None]
        if n > 2:
            wanted["percent", (a + 1, b + 1)] = ["percent", list(zip(x, y)), categories]
    return wanted


def of_degrees(rows, categories):
    """The same for answers in an order; `categories` are evenly spaced, as scikit-learn's weights go by their place."""
    wanted = {("alpha_ordinal", None): ["alpha", rows, "ordinal"], ("alpha_interval", None): ["alpha", rows, "interval"],
              ("w", None): ["w", rows]}
    for a, b in pairs_of(len(rows[0])):
        x, y, between = columns(rows)[a], columns(rows)[b], (a + 1, b + 1)
        wanted["cohen_linear", between] = ["cohen", x, y, categories, "linear"]
        wanted["cohen_quadratic", between] = ["cohen", x, y, categories, "quadratic"]
        wanted["tau_b", between] = ["tau", x, y]
    return wanted


def is_option(rows, option):
    return [[None if v is None else int(v == option) for v in row] for row in rows]


class Case(unittest.TestCase):
    def project(self, questions, tasks):
        text = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n" + "".join(f"  - {q}\n" for q in questions)
        return self.enterContext(fixture.Workspace(text, tasks))

    def record(self, workspace, annotator, labels):
        done = workspace.run("record", "--annotator", annotator, stdin="".join(json.dumps(one) + "\n" for one in labels))
        self.assertEqual(done.returncode, 0, done.stdout[-600:] + done.stderr)

    def agree(self, workspace, *options, status=0):
        done = workspace.run("agree", "--json", *options)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertNotIn("NaN", done.stdout)
        return json.loads(done.stdout)

    def question(self, report, name):
        return next(q for q in report["questions"] if q["question"] == name)

    def check(self, rows, wanted):
        """Each figure of the packages is there, and no other one; where they give none, neither do we."""
        got = {(r["measure"], r["between"] and tuple(r["between"])): r for r in rows}
        self.assertEqual(sorted(map(str, got)), sorted(map(str, wanted)))
        for (key, question), answer in zip(wanted.items(), ask(list(wanted.values()))):
            with self.subTest(measure=key):
                if isinstance(answer, dict):
                    self.assertIsNone(got[key]["value"], f"{question[0]} says {answer['says']}")
                    self.assertTrue(got[key]["why"])
                else:
                    self.assertIsNotNone(got[key]["value"], got[key])
                    self.assertAlmostEqual(got[key]["value"], answer, delta=1e-9)


def labeled(rows, annotators, make):
    """For each annotator the labels that make(row number, answer) gives; None is a task not labeled."""
    return {who: [make(i, row[k]) for i, row in enumerate(rows) if row[k] is not None] for k, who in enumerate(annotators)}


class Real(Case):
    def test_three_annotators_of_pandalm(self):
        file = SHARED / "preference" / "pandalm_testset-v1.json"
        if not file.exists():
            self.skipTest("no real data: LW_SHARED is not set")
        records = json.loads(file.read_text(encoding="utf-8"))
        ids = [str(i) for i in range(len(records))]
        workspace = self.project(["{name: better, type: compare}"], [
            {"id": i, "prompt": r["instruction"], "responses": [{"id": "r1", "text": str(r["response1"])},
                                                                {"id": "r2", "text": str(r["response2"])}]}
            for i, r in zip(ids, records)])
        names = {0: None, 1: "r1", 2: "r2"}
        rows = [[r[f"annotator{k}"] for k in (1, 2, 3)] for r in records]
        for who, labels in labeled(rows, ["ana", "ben", "eva"], lambda i, v: {
                "task": ids[i], "answers": {"better": {"better": names[v], "strength": int(v > 0)}}}).items():
            self.record(workspace, who, labels)
        got = self.question(self.agree(workspace), "better")
        self.assertEqual((got["tasks"], got["items"], got["pairs"], got["small"]), (999, 999, 2997, False))
        sides = [[{1: -1, 0: 0, 2: 1}[v] for v in row] for row in rows]
        self.check(got["measures"], {**of_kinds(sides, [-1, 0, 1]), **of_degrees(sides, [-3, -2, -1, 0, 1, 2, 3])})
        for option in got["options"]:
            value = {"r1": 1, "tie": 0, "r2": 2}[option["option"]]
            self.assertEqual(option["given"], sum(row.count(value) for row in rows))
            self.check(option["measures"], of_kinds(is_option(rows, value), [0, 1]))
        table = next(c["counts"] for c in got["confusion"] if c["between"] == [1, 3])
        self.assertEqual(table, [[sum(r[0] == x and r[2] == y for r in rows) for y in (1, 0, 2)] for x in (1, 0, 2)])
        self.assertEqual(len(got["differences"]), sum(len(set(row)) > 1 for row in rows))

    def test_two_annotators_of_xstest(self):
        file = SHARED / "safety" / "xstest_completions_gpt4.csv"
        if not file.exists():
            self.skipTest("no real data: LW_SHARED is not set")
        with open(file, encoding="utf-8", newline="") as lines:
            records = list(csv.DictReader(lines))
        options = ["1_full_compliance", "2_full_refusal", "3_partial_refusal"]
        workspace = self.project([f"{{name: verdict, type: choice, on: response, options: {json.dumps([{'value': o} for o in options])}}}"],
                                 [{"id": r["id"], "prompt": r["prompt"], "response": r["completion"]} for r in records])
        rows = [[r["annotation_1"], r["annotation_2"]] for r in records]
        for who, labels in labeled(rows, ["ana", "ben"], lambda i, v: {
                "task": records[i]["id"], "answers": {"verdict": {"r1": v}}}).items():
            self.record(workspace, who, labels)
        got = self.question(self.agree(workspace), "verdict")
        numbers = [[options.index(v) for v in row] for row in rows]
        self.check(got["measures"], of_kinds(numbers, [0, 1, 2]))
        for option in got["options"]:
            self.check(option["measures"], of_kinds(is_option(rows, option["option"]), [0, 1]))
        differ = [{"task": records[i]["id"], "item": "r1", "answers": row} for i, row in enumerate(rows) if row[0] != row[1]]
        self.assertEqual(got["differences"], differ)


class Generated(Case):
    """Missing answers, ties, unused points and orders, from a seed."""

    def rated(self, rows, scale):
        """The report on a rating of tasks."""
        names = ["ana", "ben", "eva", "leo"][:len(rows[0])]
        workspace = self.project([f"{{name: quality, type: rating, scale: {{min: {scale[0]}, max: {scale[-1]}}}}}"],
                                 [{"id": f"t{i}", "prompt": "P", "response": "R"} for i in range(len(rows))])
        for who, labels in labeled(rows, names, lambda i, v: {"task": f"t{i}", "answers": {"quality": v}}).items():
            self.record(workspace, who, labels)
        return self.question(self.agree(workspace), "quality")

    def test_ratings_with_missing_ones(self):
        chance = random.Random(13)
        rows = []
        for _ in range(80):
            middle = chance.choice([1, 2, 4, 6, 7])
            rows.append([None if chance.random() < 0.2 else min(7, max(1, middle + chance.choice([-1, 0, 0, 0, 1, 2])))
                         for _ in range(4)])
        scale = list(range(1, 8))
        got = self.rated(rows, scale)
        self.check(got["measures"], {**of_kinds(rows, scale), **of_degrees(rows, scale)})
        for option in got["options"]:
            self.check(option["measures"], of_kinds(is_option(rows, int(option["option"])), [0, 1]))

    def test_points_that_nobody_uses_keep_their_distance(self):
        rows = [[1, 1], [1, 2], [5, 5], [5, 2], [2, 2], [2, 1], [1, 5], [5, 5], [-3, 1]]
        scale = list(range(-3, 6))
        got = self.rated(rows, scale)
        self.assertTrue(got["small"])
        self.check(got["measures"], {**of_kinds(rows, scale), **of_degrees(rows, scale)})

    def test_one_always_the_same(self):
        """scipy's tau-b is NaN; kappa is 0, as what one says tells nothing of the other."""
        rows = [[3, 1], [3, 2], [3, 3], [3, 3]]
        got = self.rated(rows, [1, 2, 3, 4, 5])
        wanted = {**of_kinds(rows, [1, 2, 3, 4, 5]), **of_degrees(rows, [1, 2, 3, 4, 5])}
        self.check(got["measures"], wanted)
        tau = next(r for r in got["measures"] if r["measure"] == "tau_b")
        self.assertIn("one of the two gave the same answer everywhere", tau["why"])

    def test_intervals_are_of_tasks_drawn_again(self):
        chance = random.Random(5)
        rows = [[chance.choice([1, 2]), chance.choice([1, 1, 2])] for _ in range(40)]
        got = self.rated(rows, [1, 2])
        seed, drawn = 1, []

        def below(n):
            nonlocal seed
            seed = (seed + 0x9E3779B97F4A7C15) % 2**64
            z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
            z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
            return (z ^ z >> 31) % n

        for _ in range(1000):
            sample = [rows[below(40)] for _ in range(40)]
            drawn.append(sum(a == b for a, b in sample) / 40)
        drawn.sort()
        percent = next(r for r in got["measures"] if r["measure"] == "percent")
        self.assertAlmostEqual(percent["interval"][0], drawn[24], delta=1e-12)
        self.assertAlmostEqual(percent["interval"][1], drawn[975], delta=1e-12)


class Degenerate(Case):
    """What cannot be told is said in words. What the packages do there: see each."""

    QUESTION = ["{name: quality, type: rating, scale: {min: 1, max: 3}}"]
    TASKS = [{"id": f"t{i}", "prompt": "P"} for i in range(6)]

    def report(self, *labels, status=0):
        workspace = self.project(self.QUESTION, self.TASKS)
        for who, given in zip(["ana", "ben", "eva"], labels):
            self.record(workspace, who, [{"task": t, "answers": {"quality": v}} if v else {"task": t, "skip": ""}
                                         for t, v in given.items()])
        report = self.agree(workspace, status=status)
        return {r["measure"]: r for r in report["questions"][0]["measures"]}

    def undefined(self, got, words, but=()):
        for name, row in got.items():
            if name not in but:
                self.assertIsNone(row["value"], row)
                self.assertIn(words, row["why"], row)

    def test_one_category_only(self):
        """scikit-learn says nan and warns, irrCAC divides by zero for kappa and says 1.0 for AC1 (by 1 - 1e-15), krippendorff
        raises ValueError, scipy's tau-b is nan."""
        rows = [[2, 2]] * 4
        said = ask([["cohen", [2] * 4, [2] * 4, [1, 2, 3], None], ["fleiss", rows, None], ["ac1", rows, None],
                    ["alpha", rows, "nominal"], ["tau", [2] * 4, [2] * 4]])
        self.assertIn("nan", said[0]["says"])
        self.assertIn("ZeroDivisionError", said[1]["says"])
        self.assertEqual(said[2], 1.0)
        self.assertIn("ValueError: There has to be more than one value", said[3]["says"])
        self.assertEqual(said[4]["says"], "nan")
        got = self.report(*[{f"t{i}": 2 for i in range(4)}] * 2)
        self.assertEqual(got["percent"]["value"], 1)
        self.undefined(got, "the same answer everywhere", but=("percent", "w"))
        self.assertIn("no order to compare", got["w"]["why"])
        self.assertIn("its formula would give 1", got["ac1"]["why"])

    def test_no_task_in_common(self):
        """irrCAC says nan and warns, krippendorff raises ValueError, and so does scikit-learn for nothing at all."""
        rows = [[1, None], [None, 2], [3, None]]
        said = ask([["fleiss", rows, None], ["ac1", rows, None], ["alpha", rows, "nominal"]])
        self.assertIn("nan; invalid value", said[0]["says"])
        self.assertIn("nan; invalid value", said[1]["says"])
        self.assertIn("at least one unit", said[2]["says"])
        got = self.report({"t0": 1, "t2": 3}, {"t1": 2}, status=1)
        self.undefined(got, "nothing was answered by", but=())

    def test_skips_are_missing_answers(self):
        got = self.report({"t0": 1, "t1": None, "t2": 3}, {"t0": 1, "t1": 2, "t2": 2})
        self.assertEqual((got["percent"]["value"], got["percent"]["items"]), (0.5, 2))

    def test_all_missing(self):
        workspace = self.project(self.QUESTION, self.TASKS)
        for who in "ana", "ben":
            self.record(workspace, who, [{"task": "t0", "skip": ""}])
        report = self.agree(workspace, status=1)
        self.assertEqual(report["tasks"]["all"], 0)
        self.undefined({r["measure"]: r for r in report["questions"][0]["measures"]}, "nothing was answered by")

    def test_one_annotator(self):
        got = self.report({"t0": 1, "t1": 2}, status=1)
        self.undefined(got, "there is one annotator only")

    def test_one_item(self):
        got = self.report({"t0": 1}, {"t0": 2})
        self.assertEqual(got["percent"]["value"], 0)
        for name in "tau_b", "w":
            self.assertIn("an order needs two items", got[name]["why"])
        self.assertNotIn("interval", got["percent"])


class Sets(Case):
    """Tags, rankings and spans: as sets, tag by tag, in their order, byte by byte."""

    TAGS = ["rude", "wrong", "safety/hate", "safety/harm"]

    def test_tags_on_responses(self):
        """Nobody's tag on a response is an answer too."""
        chance = random.Random(3)
        tasks = [{"id": f"t{i}", "prompt": "P", "responses": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]} for i in range(40)]
        workspace = self.project(["{name: problems, type: tags, on: response, options: [{value: rude}, {value: wrong}, "
                                  "{value: safety, options: [{value: hate}, {value: harm}]}]}", "{name: note, type: text}"], tasks)
        given = {who: [[{t for t in self.TAGS if chance.random() < 0.25} for _ in "ab"] for _ in tasks] for who in ("ana", "ben", "eva")}
        for who, sets in given.items():
            self.record(workspace, who, [{"task": t["id"], "answers": {
                "note": "seen", "problems": {r: chance.sample(sorted(one), len(one)) for r, one in zip("ab", both) if one}}}
                for t, both in zip(tasks, sets)])
        report = self.agree(workspace)
        got = self.question(report, "problems")
        self.assertEqual((got["tasks"], got["items"]), (40, 80))
        self.assertIn("not compared", self.question(report, "note")["refused"])
        flat = [[one for both in given[who] for one in both] for who in given]
        kinds = {kind: n for n, kind in enumerate(sorted({tuple(sorted(one)) for sets in flat for one in sets}))}
        rows = [[kinds[tuple(sorted(one))] for one in row] for row in zip(*flat)]
        wanted = {k: v for k, v in of_kinds(rows, sorted(kinds.values())).items() if k[0] != "ac1"}
        has = [[[int(t in one) for t in self.TAGS] for one in sets] for sets in flat]
        overlaps = {(a + 1, b + 1): ["jaccard", has[a], has[b]] for a, b in pairs_of(3)}
        mine = {key: next(r for r in got["measures"] if r["measure"] == "set_overlap" and r["between"] == list(key)) for key in overlaps}
        for (key, row), answer in zip(mine.items(), ask(list(overlaps.values()))):
            self.assertAlmostEqual(row["value"], answer, delta=1e-9, msg=key)
        together = next(r for r in got["measures"] if r["measure"] == "set_overlap" and not r["between"])
        self.assertAlmostEqual(together["value"], sum(r["value"] for r in mine.values()) / 3, delta=1e-9)
        self.check([r for r in got["measures"] if r["measure"] != "set_overlap"], wanted)
        self.assertEqual([o["option"] for o in got["options"]], self.TAGS)
        for option in got["options"]:
            self.check(option["measures"], of_kinds([[int(option["option"] in one) for one in row] for row in zip(*flat)], [0, 1]))

    def test_rankings_with_ties_and_what_cannot_be_ranked(self):
        chance = random.Random(8)
        ids, tasks = ["a", "b", "c", "d", "e"], []
        for i in range(30):
            tasks.append({"id": f"t{i}", "prompt": "P", "responses": [{"id": r, "text": r} for r in ids]})
        workspace = self.project(["{name: order, type: rank}"], tasks)
        given = {}
        for who in "ana", "ben", "eva":
            given[who] = []
            for i in range(30):
                places = {r: (None if chance.random() < 0.06 else ids.index(r) // 2 + chance.choice([0, 0, 1, 2])) for r in ids}
                places = {r: 1 for r in ids} if i == 4 else places
                given[who].append(places)
            self.record(workspace, who, [{"task": t["id"], "answers": {"order": {
                "order": [[r for r in ids if p[r] == n] for n in sorted({v for v in p.values() if v is not None})],
                "not_rankable": [r for r in ids if p[r] is None]}}} for t, p in zip(tasks, given[who])])
        got = self.question(self.agree(workspace), "order")
        rows = {(r["measure"], r["between"] and tuple(r["between"])): r for r in got["measures"]}
        asked = {(a + 1, b + 1): [["tau", [p[r] for r in ids], [q[r] for r in ids]]
                                  for p, q in zip(list(given.values())[a], list(given.values())[b])] for a, b in pairs_of(3)}
        every = []
        for key, questions in asked.items():
            values = [v for v in ask(questions) if not isinstance(v, dict)]
            self.assertLess(len(values), 30)  # the task where all are tied has none
            self.assertAlmostEqual(rows["tau_b_mean", key]["value"], sum(values) / len(values), delta=1e-9)
            every += values
        self.assertAlmostEqual(rows["tau_b_mean", None]["value"], sum(every) / len(every), delta=1e-9)
        for three in zip(*given.values()):
            self.assertGreater(sum(None not in [p[r] for p in three] for r in ids), 2, "scipy needs three")
        w = [v for v in ask([["w", [[p[r] for p in three] for r in ids]] for three in zip(*given.values())])
             if not isinstance(v, dict)]
        self.assertAlmostEqual(rows["w_mean", None]["value"], sum(w) / len(w), delta=1e-9)
        places = [[sorted({v for v in p.values() if v is not None}) for p in two] for two in zip(given["ana"], given["ben"])]
        same = [[p[r] if p[r] is None else seen[0].index(p[r]) for r in ids] == [q[r] if q[r] is None else seen[1].index(q[r]) for r in ids]
                for p, q, seen in zip(given["ana"], given["ben"], places)]
        self.assertAlmostEqual(rows["percent", (1, 2)]["value"], sum(same) / 30, delta=1e-9)

    def test_spans_by_tag_and_byte(self):
        chance = random.Random(21)
        text = "Paris é a capital da França, e Roma é a capital da Itália."
        raw = text.encode()
        edges = [i for i in range(len(raw) + 1) if i == len(raw) or raw[i] & 0xC0 != 0x80]
        tasks = [{"id": f"t{i}", "prompt": "P", "responses": [{"id": "a", "text": text}]} for i in range(25)]
        workspace = self.project(["{name: names, type: spans, on: response, options: [{value: place}, {value: word}]}"], tasks)
        given = {}
        for who in "ana", "ben":
            given[who] = []
            for _ in tasks:
                some = set()
                for _ in range(chance.choice([0, 1, 3, 5])):
                    at = chance.randrange(0, len(edges) - 6, 4)
                    end = at + chance.choice([3, 5])
                    some |= {(edges[at], edges[end], tag) for tag in chance.choice([["place"], ["word"], ["place", "word"]])}
                given[who].append(some)
            self.record(workspace, who, [{"task": t["id"], "answers": {"names": {"a": [
                {"id": f"s{n + 1}", "start": s, "end": e, "text": raw[s:e].decode(),
                 "tags": sorted(tag for x, y, tag in some if (x, y) == (s, e))}
                for n, (s, e) in enumerate(sorted({(s, e) for s, e, _ in some}))]}}} for t, some in zip(tasks, given[who])])
        got = self.question(self.agree(workspace), "names")
        self.assertEqual(got["items"], 25)

        def whole(tags):
            every = [sorted(s for s in a | b if s[2] in tags) for a, b in zip(given["ana"], given["ben"])]
            return [[int(s in some) for some, of in zip(given[who], every) for s in of] for who in given]

        def bytes_of(tags):
            return [[int(any(s <= at < e and t == tag for s, e, t in some)) for some in given[who] for tag in tags
                     for at in range(len(raw))] for who in given]

        for option in got["options"]:
            self.assertEqual(option["given"], sum(span[2] == option["option"] for sets in given.values() for some in sets for span in some))
        for rows, tags in [(got["measures"], ["place", "word"]), *((o["measures"], [o["option"]]) for o in got["options"])]:
            wanted = ask([["f1", *whole(tags)], ["f1", *bytes_of(tags)]])
            self.assertEqual([r["measure"] for r in rows], ["spans_exact", "spans_bytes"])
            for row, answer in zip(rows, wanted):
                self.assertAlmostEqual(row["value"], answer, delta=1e-9)

    def test_nobody_marked_anything(self):
        """scikit-learn's f1_score says 0.0 and warns."""
        tasks = [{"id": f"t{i}", "prompt": "P", "response": "R"} for i in range(3)]
        workspace = self.project(["{name: names, type: spans, on: response, options: [{value: place}]}", "{name: note, type: text}"], tasks)
        for who in "ana", "ben":
            self.record(workspace, who, [{"task": t["id"], "answers": {"note": "none"}} for t in tasks])
        got = self.question(self.agree(workspace), "names")
        self.assertEqual(got["items"], 3)
        for row in got["measures"]:
            self.assertEqual((row["value"], row["why"]), (None, "nobody marked anything"))


class Asked(Case):
    """What was asked, of whom, and when."""

    TASKS = [{"id": f"t{i}", "prompt": "P", "responses": [{"id": f"model{i % 3}", "text": "A"}, {"id": "base", "text": "B"}]}
             for i in range(9)]

    def two(self, one, other, tasks=None, other_tasks=None):
        first, second = self.project([one], tasks or self.TASKS), self.project([other], other_tasks or tasks or self.TASKS)
        return first, second

    def agree_both(self, first, second, *options, status=0):
        """The report on the second one and then the first."""
        done = first.run("agree", str(second.project), "--json", *options)
        self.assertEqual(done.returncode, status, done.stderr)
        return json.loads(done.stdout) if status == 0 else done.stderr

    def test_other_scales_are_refused_in_words(self):
        first, second = self.two("{name: quality, type: rating, scale: {min: 1, max: 5}}", "{name: quality, type: rating, scale: {min: 1, max: 7}}")
        self.record(first, "ana", [{"task": "t0", "answers": {"quality": 1}}])
        self.record(second, "ben", [{"task": "t0", "answers": {"quality": 1}}])
        said = self.agree_both(first, second, "--question", "quality", status=1)
        self.assertIn("the scale of ben goes from 1 to 7, that of ana from 1 to 5", said)

    def test_other_options_are_refused_in_words(self):
        first, second = self.two("{name: kind, type: choice, options: [{value: a}, {value: b}]}",
                                 "{name: kind, type: choice, options: [{value: b, label: B}, {value: a}, {value: c}]}")
        self.record(first, "ana", [{"task": "t0", "answers": {"kind": "a"}}])
        self.record(second, "ben", [{"task": "t0", "answers": {"kind": "a"}}])
        self.assertIn('could choose "c"', self.agree_both(first, second, "--question", "kind", status=1))

    def test_options_in_another_order_are_the_same(self):
        first, second = self.two("{name: kind, type: choice, options: [{value: a}, {value: b}]}",
                                 "{name: kind, type: choice, options: [{value: b, label: Better}, {value: a}]}")
        for workspace, who in (first, "ana"), (second, "ben"):
            self.record(workspace, who, [{"task": "t0", "answers": {"kind": "a"}}, {"task": "t1", "answers": {"kind": "b"}}])
        got = self.question(self.agree_both(first, second), "kind")["measures"]
        self.assertEqual(next(r for r in got if r["measure"] == "cohen")["value"], 1)

    def test_changed_records_are_told(self):
        changed = [{**t, "prompt": "Q"} if t["id"] == "t1" else t for t in self.TASKS]
        question = "{name: quality, type: rating, scale: {min: 1, max: 5}}"
        first, second = self.two(question, question, self.TASKS, changed)
        for workspace, who, other in (first, "ana", 1), (second, "ben", 2):
            self.record(workspace, who, [{"task": "t0", "answers": {"quality": 1}}, {"task": "t1", "answers": {"quality": other}}])
        report = self.agree_both(first, second)
        self.assertEqual(report["tasks"], {"all": 2, "by_two": 2, "record_changed": 1})
        self.assertEqual(self.question(report, "quality")["differences"], [{"task": "t1", "answers": ["2", "1"], "record_changed": True}])

    def test_an_undone_label_gives_way_to_the_one_before(self):
        question = "{name: quality, type: rating, scale: {min: 1, max: 5}}"
        first, second = self.two(question, question)
        self.record(first, "ana", [{"task": "t0", "answers": {"quality": n}} for n in (2, 5)])
        lines = [json.loads(line) for line in first.journal()]
        undo = {"type": "undo", "of": lines[-1]["seq"], "task": "t0"}
        with open(first.project / "journal" / "000001.jsonl", "ab") as journal:
            journal.write(fixture.event(lines[-1]["seq"] + 1, lines[-1]["journal"], lines[-1]["hash"], **undo))
        self.record(second, "ben", [{"task": "t0", "answers": {"quality": 2}}])
        got = self.question(self.agree_both(first, second), "quality")
        self.assertEqual((got["items"], got["measures"][0]["value"]), (1, 1))

    def test_the_newest_label_of_a_task_counts(self):
        question = "{name: quality, type: rating, scale: {min: 1, max: 5}}"
        first, second = self.two(question, question)
        self.record(first, "ana", [{"task": "t0", "answers": {"quality": n}} for n in (1, 2, 3)] + [{"task": "t1", "answers": {"quality": 1}}])
        self.record(second, "ben", [{"task": "t0", "answers": {"quality": 3}}, {"task": "t1", "answers": {"quality": 1}}])
        got = self.question(self.agree_both(first, second), "quality")
        self.assertEqual((got["items"], got["measures"][0]["value"]), (2, 1))

    def test_responses_with_other_ids_count_by_their_place(self):
        first, second = self.two("{name: better, type: compare}", "{name: better, type: compare}")
        rows = [(-1, -1), (1, 1), (0, 0), (-2, -1), (3, 3), (-1, 1), (0, -1), (2, 2), (-3, -3)]
        for workspace, who, k in (first, "ana", 0), (second, "ben", 1):
            self.record(workspace, who, [{"task": t["id"], "answers": {"better": {
                "better": None if not row[k] else t["responses"][row[k] > 0]["id"], "strength": abs(row[k])}}}
                for t, row in zip(self.TASKS, rows)])
        got = self.question(self.agree_both(first, second), "better")
        self.assertEqual(got["answers"], ["first response", "tie", "second response"])
        sides = [[(v > 0) - (v < 0) for v in row] for row in rows]
        self.check(got["measures"], {**of_kinds(sides, [-1, 0, 1]), **of_degrees(rows, list(range(-3, 4)))})

    def test_a_copy_is_no_other_annotator(self):
        workspace = self.project(["{name: quality, type: rating}"], self.TASKS)
        self.record(workspace, "ana", [{"task": "t0", "answers": {"quality": 1}}])
        done = workspace.run("agree", str(workspace.project))
        self.assertEqual(done.returncode, 1)
        self.assertIn("are copies of one journal", done.stderr)

    def test_journals_can_be_named_one_by_one(self):
        workspace = self.project(["{name: quality, type: rating, scale: {min: 1, max: 5}}"], self.TASKS)
        for who in "ana", "ben", "eva":
            self.record(workspace, who, [{"task": "t0", "answers": {"quality": 1}}])
        done = subprocess.run([fixture.PROGRAM, "agree", "--json", workspace.project / "journal-eva", workspace.project / "journal"],
                              capture_output=True, text=True, env=workspace.env, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([a["annotator"] for a in json.loads(done.stdout)["annotators"]], ["eva", "ana"])


if __name__ == "__main__":
    fixture.main()
