#!/usr/bin/env python3
"""Every figure of `labelwright insight` against a reading of the same journal that knows nothing of labelwright: Python's standard
library, fractions where a product would round."""
import collections
import fractions
import json
import math
import os
import pathlib
import statistics
import subprocess
import tempfile
import unittest

import server_fixture as fixture

PLANT = pathlib.Path(os.environ.get("LW_PROGRAMS", "")) / "plant_labels"
HOUR = 3600000
ENOUGH = 30


def events(project):
    return [json.loads(line) for name in sorted((project / "journal").glob("*.jsonl")) for line in open(name, encoding="utf-8")]


def by_place(label):
    """The answers as they were on the screen."""
    first, second = label["order"]
    answers = label["answers"]
    return (label["order"].index(answers["best"]["better"]), answers["best"]["strength"], answers["quality"][first],
            answers["quality"][second], answers["kind"])


def chain(count, all_labels, length):
    """The probability that `length` places in a row have an answer given `count` times."""
    product = fractions.Fraction(1)
    for i in range(length):
        product *= fractions.Fraction(max(count - i, 0), all_labels - i)
    return product


def expected_runs(counts, n, length):
    return sum(chain(c, n, length) + (n - length) * (chain(c, n, length) - chain(c, n, length + 1)) for c in counts)


class Figures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        project = pathlib.Path(cls.folder.name) / "p"
        subprocess.run([PLANT, project], check=True)
        out = subprocess.run([fixture.PROGRAM, "insight", "--json", "--annotator", "ana", project], check=True, capture_output=True,
                             env={**os.environ, "XDG_CONFIG_HOME": cls.folder.name, "XDG_STATE_HOME": cls.folder.name})
        cls.all = json.loads(out.stdout)
        cls.is_ = cls.all["projects"][0]
        cls.events = events(project)
        cls.labels = [e for e in cls.events if e["type"] == "annotate"]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def close(self, a, b, within=1e-9):
        self.assertLessEqual(abs(a - b), within * max(1, abs(b)), (a, b))

    def position(self, question):
        return next(p for p in self.is_["position"] if p["question"] == question)

    def test_the_first_one_wins(self):
        k, n = sum(e["answers"]["best"]["better"] == e["order"][0] for e in self.labels), len(self.labels)
        first = self.position("best")["first"]
        self.assertEqual((first["k"], first["n"]), (k, n))
        z, p = statistics.NormalDist().inv_cdf(0.975), k / n
        middle = (p + z * z / 2 / n) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
        self.close(first["interval95"][0], middle - half)
        self.close(first["interval95"][1], middle + half)

    def test_the_first_one_is_rated_higher(self):
        apart = [e["answers"]["quality"][e["order"][0]] - e["answers"]["quality"][e["order"][1]] for e in self.labels]
        difference = self.position("quality")["difference"]
        self.assertEqual(difference["n"], len(apart))
        self.close(difference["mean"], statistics.mean(apart))
        self.close(difference["sd"], statistics.stdev(apart))

    def test_runs(self):
        given = [by_place(e) for e in self.labels]
        runs = []
        for i, answers in enumerate(given):
            if i and answers == given[i - 1]:
                runs[-1][1] += 1
            else:
                runs.append([i, 1])
        longest = max(length for _, length in runs)
        first = next(start for start, length in runs if length == longest)
        told = self.is_["runs"]
        self.assertEqual(told["longest"]["labels"], longest)
        self.assertEqual(told["longest"]["from"]["task"], self.labels[first]["task"])
        self.assertEqual(told["longest"]["to"]["task"], self.labels[first + longest - 1]["task"])
        self.assertEqual(told["runs"]["n"], len(runs))
        counts, n = collections.Counter(given).values(), len(given)
        squares, cubes = sum(c * c for c in counts), sum(c ** 3 for c in counts)
        self.close(told["runs"]["expected"], n + 1 - squares / n)
        self.close(told["runs"]["sd"] ** 2, (squares * (squares + n * (n + 1)) - 2 * n * cubes - n ** 3) / (n * n * (n - 1)))
        self.close(told["longest"]["by_chance"], float(expected_runs(counts, n, longest)), 1e-15)
        self.assertEqual(told["longest"]["usual"],
                         next(length for length in range(1, n) if expected_runs(counts, n, length) <= fractions.Fraction(1, 20)))
        self.assertEqual((told["most_often"][0]["k"], told["most_often"][0]["different"]), (max(counts), len(counts)))

    def test_speed(self):
        logs = [math.log(e["active_ms"]) for e in self.labels]
        middle = statistics.median(logs)
        far = 3.5 * 1.4826 * statistics.median(abs(x - middle) for x in logs)
        told = self.is_["speed"]
        self.close(told["median_ms"], math.exp(middle), 1e-8)
        for name, bound, beyond in (("fast", middle - far, lambda x: x < middle - far), ("slow", middle + far, lambda x: x > middle + far)):
            self.close(told[name]["bound_ms"], math.exp(bound), 1e-7)
            self.assertEqual(told[name]["n"], sum(map(beyond, logs)))
        self.assertEqual(told["slow"]["furthest"][0]["task"], max(self.labels, key=lambda e: e["active_ms"])["task"])
        self.assertEqual(told["fast"]["furthest"][0]["task"], min(self.labels, key=lambda e: e["active_ms"])["task"])

    def test_hours_of_a_session(self):
        hours = collections.defaultdict(list)
        for e in self.labels:
            hours[e["elapsed_ms"] // HOUR + 1].append(e)
        told = self.is_["hours"]
        self.assertEqual([row["hour"] for row in told["rows"]], sorted(hours))
        for row in told["rows"]:
            times = [e["active_ms"] for e in hours[row["hour"]]]
            ratings = [statistics.mean(e["answers"]["quality"].values()) for e in hours[row["hour"]]]
            self.assertEqual(row["active_ms"]["n"], len(times))
            self.close(row["active_ms"]["mean"], statistics.mean(times))
            self.close(row["rating"]["mean"], statistics.mean(ratings))
        ends = [hours[hour] for hour in sorted(hours) if len(hours[hour]) >= ENOUGH]
        a, b = ([e["active_ms"] for e in ends[i]] for i in (0, -1))
        error = math.sqrt(statistics.variance(a) / len(a) + statistics.variance(b) / len(b))
        self.close(told["pace"]["standard_errors"], (statistics.mean(b) - statistics.mean(a)) / error)

    def test_repeats(self):
        first = {e["seq"]: e["answers"] for e in self.labels}
        same = n = 0
        for e in self.events:
            if e["type"] != "repeat":
                continue
            now, then = e["answers"], first[e["of"]]
            pairs = [(now["best"], then["best"]), (now["kind"], then["kind"])] + [(now["quality"][i], then["quality"][i]) for i in "xy"]
            same, n = same + sum(a == b for a, b in pairs), n + len(pairs)
        told = self.is_["repeats"]
        self.assertGreater(n, same)
        self.assertEqual((told["same"], told["near"], told["other"]), (same, 0, n - same))

    def test_the_days_time_is_that_of_its_session(self):
        worked = collections.Counter()
        for e in self.events:  # one session a day here
            worked[e["time"][:10]] = max(worked[e["time"][:10]], e.get("worked_ms", 0))
        last = max(worked)
        self.assertEqual(self.all["day"]["day"], last)
        self.assertEqual(sum(hour["worked_ms"] for hour in self.all["day"]["hours"]), worked[last])
        for day in self.all["week"]["days"]:
            self.assertEqual(day["worked_ms"], worked[day["day"]])


if __name__ == "__main__":
    fixture.main()
