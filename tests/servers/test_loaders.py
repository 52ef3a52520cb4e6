#!/usr/bin/env python3
"""Exports load completely in pandas, datasets, trl and argilla: runs the code blocks of the manual as they are."""
import json
import re
import subprocess
import unittest

import server_fixture as fixture

PACKAGES = ["datasets==5.2.0", "pandas==3.1.1"]
PROJECT = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: best, type: compare, on: task}
  - {name: quality, type: rating, on: response, scale: {min: 1, max: 5}}
  - {name: problems, type: tags, on: response, options: [{value: rude}, {value: wrong}]}
  - {name: kind, type: choice, on: task, options: [{value: question}, {value: order}]}
  - {name: day, type: text, on: task}
  - {name: why, type: text, on: task}
  - {name: note, type: text, on: task}
  - {name: fix, type: edit, on: response}
"""
STEPS = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: verdict, type: choice, on: step, options: [{value: bad}, {value: neutral}, {value: good}, {value: unsure}]}
  - {name: outcome, type: choice, on: task, options: [{value: solution}, {value: found_error}]}
"""
EARLY, LONG = 540, 20_000  # so many labels, each so long, are more than the 10 MB that decide types
python = None


def setUpModule():
    global python
    try:
        python = fixture.venv("loaders", *PACKAGES)
    except unittest.SkipTest as no:
        raise unittest.SkipTest(f"datasets and pandas from PyPI: {no}") from no


def manual(word):
    """The block of Python with this word in it."""
    blocks = [b for b in fixture.manual_blocks("labelwright-journal.5") if word in b and "import " in b]
    if len(blocks) != 1:
        raise AssertionError(f"{len(blocks)} blocks of the manual have {word!r} in them")
    return blocks[0]


def early(n):
    return {"task": f"{n:04}", "answers": {"best": {"better": "a", "strength": 1}, "quality": {"a": 4, "b": 2},
                                           "day": f"2026-01-{1 + n % 28:02}", "why": f"{n} " + "x" * LONG}}


LATE = [
    {"task": "0540", "answers": {"best": {"better": None, "strength": 0}, "quality": {"a": 1}, "day": "2026-02-01",
                                 "kind": "order", "note": "the first note", "problems": {"b": ["rude"]},
                                 "fix": {"a": {"original": "A", "text": "A, corrected"}}}},
    {"task": "0541", "skip": "the first skip"},
    {"task": "0542", "answers": {"day": "never", "quality": {"b": 5}, "note": "line\u2028separator, \u0085 too"}},
]
LABELS = [early(n) for n in range(EARLY)] + LATE


def python_in(workspace, test, code, interpreter=None):
    """What the code prints in the folder, as JSON."""
    env = {**workspace.env, "HF_HOME": str(workspace.folder / "home"), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([interpreter or python, "-c", code], capture_output=True, text=True, env=env, cwd=workspace.folder,
                          timeout=300, check=False)
    test.assertEqual(done.returncode, 0, done.stderr[-3000:])
    return json.loads(done.stdout)


class Loaders(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        responses = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
        tasks = [{"id": label["task"], "prompt": "P", "responses": responses} for label in LABELS]
        cls.workspace = cls.enterClassContext(fixture.Workspace(PROJECT, tasks))
        cls.workspace.record(LABELS)
        for name, options in {"labels.jsonl": ["native"], "labels.csv": ["csv"], "pairs.jsonl": ["trl-preference"]}.items():
            done = cls.workspace.run("export", "--format", *options, "-o", str(cls.workspace.folder / name))
            if done.returncode:
                raise AssertionError(done.stderr)
        cls.lines = (cls.workspace.folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
        cls.rows = [json.loads(line) for line in cls.lines]

    def run_python(self, code):
        return python_in(self.workspace, self, code)

    def test_every_line_has_the_same_members(self):
        self.assertGreater((self.workspace.folder / "labels.jsonl").stat().st_size, 10 << 20)
        self.assertEqual(len(self.rows), len(LABELS))
        for row in self.rows:
            self.assertEqual(list(row), list(self.rows[0]))
            self.assertEqual(list(row["answers"]), list(self.rows[0]["answers"]))

    def test_datasets_takes_a_large_export_as_it_is(self):
        """Late first answers, a late skip; but for what is no date behind dates, which takes `features`."""
        lines = [re.sub(r'"day":"[^"]*",', "", line) for line in self.lines[:-1]]
        (self.workspace.folder / "plain.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        late = self.run_python(
            "import json\nfrom datasets import load_dataset\n"
            "rows = load_dataset('json', data_files='plain.jsonl', split='train')\n"
            "print(json.dumps([[r['task'], r['skipped'], r['answers']['note'], r['answers']['problems'],"
            " r['answers']['kind'], r['answers']['fix'], r['answers']['quality']] for r in list(rows)[-2:]]))")
        fix = {"a": {"original": "A", "text": "A, corrected"}}
        self.assertEqual(late[0], ["0540", "", "the first note", {"b": ["rude"]}, "order", fix, {"a": 1, "b": None}])
        self.assertEqual(late[1][:3], ["0541", "the first skip", ""])

    def test_datasets_gives_back_every_label_with_the_features_of_the_readme(self):
        got = self.run_python("import json\n" + manual("Features") + "\nprint(json.dumps([dict(r) for r in labels]))")
        self.assertEqual([{**row, "time": ""} for row in got], [{**row, "time": ""} for row in self.rows])

    def test_datasets_takes_the_whole_file_for_the_types_when_its_chunks_are_large(self):
        got = self.run_python(
            "import json\nfrom datasets import load_dataset\n"
            "rows = load_dataset('json', data_files='labels.jsonl', split='train', chunksize=1 << 30)\n"
            "print(json.dumps([[r['task'], r['answers']['day'], r['answers']['note']] for r in rows]))")
        self.assertEqual(got, [[r["task"], r["answers"]["day"], r["answers"]["note"]] for r in self.rows])

    def test_pandas_keeps_ids_and_words_as_the_readme_says(self):
        got = self.run_python("import json\n" + manual("read_json") + "\nprint(json.dumps("
                              "[list(labels.task), list(labels.answers), list(table.task), list(table.note)]))")
        self.assertEqual(got[0], [row["task"] for row in self.rows])
        self.assertEqual(got[1], [row["answers"] for row in self.rows])
        self.assertEqual(got[2], got[0])
        self.assertEqual(got[3], [row["answers"]["note"] for row in self.rows])

    def test_pairs_load_as_texts(self):
        kinds = self.run_python(
            "import json\nfrom datasets import load_dataset\n"
            "rows = load_dataset('json', data_files='pairs.jsonl', split='train')\n"
            "print(json.dumps([rows.column_names, [str(f) for f in rows.features.values()], len(rows)]))")
        self.assertEqual(kinds, [["prompt", "chosen", "rejected"], ["Value('string')"] * 3, EARLY])


class Steps(unittest.TestCase):
    """Verdicts on steps: the columns and types that TRL's stepwise supervision has, and nested PRM800K records."""

    @classmethod
    def setUpClass(cls):
        tasks = [{"id": str(n), "input": f"{n} + 1 =", "steps": [f"{n} + 1", "\u2028", str(n + 1)], "target": str(n + 1)}
                 for n in range(4)]
        cls.workspace = cls.enterClassContext(fixture.Workspace(STEPS, tasks))
        cls.workspace.record([
            {"task": "0", "answers": {"verdict": {"s1": "good", "s2": "neutral", "s3": "bad"}, "outcome": "found_error"}},
            {"task": "1", "answers": {"verdict": {"s1": "good", "s2": "unsure", "s3": "good"}}},
            {"task": "2", "answers": {"verdict": {"s1": "unsure", "s2": "good", "s3": "good"}}},
            {"task": "3", "skip": "blurred"}])

    def load(self, *options):
        """The rows that datasets reads, with the types of their columns, and what the export said."""
        done = self.workspace.run("export", "--format", *options, "-o", str(self.workspace.folder / "out.jsonl"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return (*python_in(self.workspace, self, "import json\nfrom datasets import load_dataset\n"
                           "rows = load_dataset('json', data_files='out.jsonl', split='train')\n"
                           "print(json.dumps([list(rows), {k: str(f) for k, f in rows.features.items()}]))"), done.stderr)

    def test_stepwise_supervision_has_the_types_of_trl(self):
        rows, types, said = self.load("trl-stepwise", "--neutral", "bad")
        self.assertEqual(types, {"prompt": "Value('string')", "completions": "List(Value('string'))",
                                 "labels": "List(Value('bool'))"})
        self.assertEqual(rows, [
            {"prompt": "0 + 1 =", "completions": ["0 + 1", "\u2028", "1"], "labels": [True, False, False]},
            {"prompt": "1 + 1 =", "completions": ["1 + 1"], "labels": [True]}])
        for words in ["2 lines written", "1 task left out: skipped", "1 solution left out: no verdict to write",
                      "5 steps left out: no verdict", "1 step written as bad: neutral", "1 answer to other questions"]:
            self.assertIn(words, said)

    def test_prm800k_has_ratings_and_nulls(self):
        rows, _, said = self.load("prm800k")
        ratings = [[s["completions"][0]["rating"] for s in row["label"]["steps"]] for row in rows]
        self.assertEqual(ratings, [[1, 0, -1], [1, None, 1], [None, 1, 1]])
        self.assertEqual([row["label"]["finish_reason"] for row in rows], ["found_error", None, None])
        self.assertEqual(rows[0]["question"], {"problem": "0 + 1 =", "ground_truth_answer": "1",
                                               "pre_generated_steps": ["0 + 1", "\u2028", "1"]})
        for words in ["2 ratings written as null: neither", "2 reasons to finish written as null"]:
            self.assertIn(words, said)


JUDGED = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: best, type: compare, on: task}
  - {name: quality, type: rating, on: response, scale: {min: 1, max: 5}}
  - {name: harm, type: rating, on: response, scale: {min: -1, max: 1}}
  - {name: problems, type: tags, on: response, options: [{value: rude}, {value: wrong}, {value: long}]}
  - {name: kind, type: choice, on: task, options: [{value: question}, {value: order}]}
  - {name: ranks, type: rank, on: task}
  - {name: why, type: text, on: response}
  - {name: fix, type: edit, on: response}
  - {name: names, type: spans, on: response, options: [{value: who}]}
"""
ORDER = {"order": [["b"], ["a"]], "not_rankable": []}
# In the order of the tasks: little, a skip, nearly everything; so late types must not surprise a loader.
JUDGMENTS = [
    {"task": "1", "answers": {"quality": {"a": 2}}},
    {"task": "2", "skip": "blurred"},
    {"task": "3", "answers": {"best": {"better": "b", "strength": 2}, "quality": {"a": 1, "b": 5}, "harm": {"a": -1},
                              "problems": {"a": ["rude", "long"]}, "kind": "order", "ranks": ORDER,
                              "why": {"b": "best\u2028by far \u0085"},
                              "fix": {"a": {"original": "A3", "text": "A3, corrected"}},
                              "names": {"b": [{"id": "s1", "start": 4, "end": 6, "text": "B3", "tags": ["who"]}]}}},
]


class Whole(unittest.TestCase):
    """Formats that hold the tasks' texts and all of a label, and pairs for OpenAI."""

    @classmethod
    def setUpClass(cls):
        tasks = [{"id": str(n), "prompt": f"P{n} \u2029", "responses": [{"id": "a", "text": f"A{n}"}, {"id": "b", "text": f"🦉B{n}"}]}
                 for n in range(1, 4)]
        cls.workspace = cls.enterClassContext(fixture.Workspace(JUDGED, tasks))
        cls.workspace.record(JUDGMENTS)

    def export(self, name, *options):
        done = self.workspace.run("export", "--format", name, "-o", str(self.workspace.folder / f"{name}.json"), *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def load(self, name, *options):
        """The rows that datasets reads, and what the export said."""
        said = self.export(name, *options)
        rows = python_in(self.workspace, self, "import json\nfrom datasets import load_dataset\n"
                         f"print(json.dumps(list(load_dataset('json', data_files='{name}.json', split='train'))))")
        return rows, said

    def test_pairs_for_openai_have_messages(self):
        rows, said = self.load("openai-preference")
        self.assertEqual(rows, [{
            "input": {"messages": [{"role": "user", "content": "P3 \u2029"}], "tools": []},
            "preferred_output": [{"role": "assistant", "content": "🦉B3"}],
            "non_preferred_output": [{"role": "assistant", "content": "A3"}]}])
        self.assertIn("1 strength of preference left out", said)

    def test_ratings_are_texts_as_in_ultrafeedback(self):
        rows, _ = self.load("ultrafeedback")
        self.assertEqual([row["instruction"] for row in rows], ["P1 \u2029", "P3 \u2029"])
        ratings = [[c["annotations"]["quality"]["Rating"] for c in row["completions"]] for row in rows]
        self.assertEqual(ratings, [["2", "N/A"], ["1", "5"]])
        self.assertEqual(rows[1]["completions"][1]["critique"], "best\u2028by far \u0085")

    def test_tasks_for_label_studio_are_one_array(self):
        rows, said = self.load("label-studio", "--config", str(self.workspace.folder / "config.xml"))
        self.assertEqual([row["data"]["id"] for row in rows], ["1", "2", "3"])
        self.assertEqual([row["annotations"][0]["was_cancelled"] for row in rows], [False, True, False])
        self.assertEqual(rows[1]["data"]["skip_reason"], "blurred")
        self.assertNotIn("--config", said)

    def test_records_for_argilla_are_one_array(self):
        rows, _ = self.load("argilla")
        self.assertEqual([row["status"] for row in rows], ["completed", "pending", "completed"])
        self.assertEqual([a["value"] for row in rows for a in row["responses"]["quality_a"]], [2, 1])

    def test_argilla_reads_settings_and_records(self):
        try:
            sdk = fixture.venv("argilla", "argilla==2.8.0", "requests==2.32.5")
        except unittest.SkipTest as no:
            self.skipTest(f"argilla from PyPI: {no}")
        (self.workspace.folder / "settings.json").unlink(missing_ok=True)
        said = self.export("argilla", "--config", str(self.workspace.folder / "settings.json"))
        self.assertIn("1 strength of preference left out", said)
        got = python_in(self.workspace, self, """
import json, argilla as rg
from argilla._models import FieldModel, QuestionModel  # what Settings.from_json() parses with, which itself asks a server
from argilla.settings import TaskDistribution
settings = json.load(open("settings.json"))
TaskDistribution.from_dict(settings["distribution"])
questions = [QuestionModel(**q) for q in settings["questions"]]
fields = {FieldModel(**f).name for f in settings["fields"]}
records = [rg.Record.from_dict(r) for r in json.load(open("argilla.json"))]
known = {q.name for q in questions}
assert all(set(r.fields.to_dict()) == fields for r in records)
assert all(a.question_name in known for r in records for a in r.responses)
print(json.dumps([{q.name: q.type for q in questions},
                  [{a.question_name: a.value for a in r.responses} for r in records], [r.id for r in records]]))
""", sdk)
        self.assertEqual(got[0], {
            "best": "label_selection", "quality_a": "rating", "quality_b": "rating", "harm_a": "label_selection",
            "harm_b": "label_selection", "problems_a": "multi_label_selection", "problems_b": "multi_label_selection",
            "kind": "label_selection", "ranks": "ranking", "why_a": "text", "why_b": "text",
            "fix_a": "text", "fix_b": "text", "names_a": "span", "names_b": "span"})
        self.assertEqual(got[1], [{"quality_a": 2}, {}, {
            "best": "b", "quality_a": 1, "quality_b": 5, "harm_a": "-1", "problems_a": ["rude", "long"], "kind": "order",
            "ranks": [{"value": "b", "rank": 1}, {"value": "a", "rank": 2}], "why_b": "best\u2028by far \u0085",
            "fix_a": "A3, corrected", "names_b": [{"label": "who", "start": 1, "end": 3}]}])
        self.assertEqual(got[2], ["1", "2", "3"])


PAIRS = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: best, type: compare}
  - {name: good, type: choice, on: response, options: [{value: yes}, {value: no}]}
  - {name: verdict, type: choice, on: step, options: [{value: bad}, {value: good}]}
  - {name: fix, type: edit, on: response}
"""
PAIR = {"best": {"better": "b", "strength": 2}, "verdict": {"s1": "good", "s2": "bad"},
        "fix": {"b": {"original": "Blue.", "text": "It is blue."}}}


TALK = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: talk, type: talk, talk: {model: a, replies: 2}}
  - {name: quality, type: rating, on: response, scale: {min: 1, max: 5}}
"""


def talk(said, turns):
    """A talk of so many turns with two replies each, the second one better."""
    messages, order, last = [], {}, None
    for n in range(turns):
        user, worse, better = (f"m{3 * n + k}" for k in (1, 2, 3))
        messages += [{"id": user, "role": "user", "text": f"{said} {n}?", **({"after": last} if last else {})},
                     {"id": worse, "after": user, "role": "assistant", "text": "no", "finish": "length"},
                     {"id": better, "after": user, "role": "assistant", "text": f"yes {n}", "usage": {"completion_tokens": n}}]
        order[user], last = [[better], [worse]], better
    return {"messages": messages, "at": messages[-3]["id"], "order": order}


class Talks(unittest.TestCase):
    """Talks as rows for training, and as they stand."""

    @classmethod
    def setUpClass(cls):
        cls.workspace = cls.enterClassContext(fixture.Workspace(TALK, [{"id": str(n), "prompt": "Brief."} for n in range(3)]))
        cls.workspace.record([{"task": str(n), "answers": {"talk": talk(f"task {n}", n + 1),
                                                           "quality": {"m2": 1, "m3": 5}}} for n in range(3)])

    def load(self, kind):
        done = self.workspace.run("export", "--format", kind, "-o", str(self.workspace.folder / f"{kind}.jsonl"))
        self.assertEqual(done.returncode, 0, done.stderr)
        return python_in(self.workspace, self, "import json\nfrom datasets import load_dataset\n"
                         f"rows = load_dataset('json', data_files='{kind}.jsonl', split='train')\n"
                         "print(json.dumps([dict(r) for r in rows]))")

    def test_pairs_have_the_talk_so_far_for_a_prompt(self):
        rows = self.load("trl-preference")
        self.assertEqual(len(rows), 6)
        self.assertEqual([len(row["prompt"]) for row in rows], [1, 1, 3, 1, 3, 5])
        self.assertEqual(rows[4]["prompt"][1], {"role": "assistant", "content": "yes 0"})
        self.assertEqual((rows[4]["chosen"], rows[4]["rejected"]),
                         ([{"role": "assistant", "content": "yes 1"}], [{"role": "assistant", "content": "no"}]))

    def test_conversations_end_with_the_best_reply(self):
        for kind, column, text in ("openai-chat", "messages", "content"), ("sharegpt", "conversations", "value"):
            rows = self.load(kind)
            self.assertEqual([len(row[column]) for row in rows], [2, 4, 6])
            self.assertEqual([row[column][-1][text] for row in rows], ["yes 0", "yes 1", "yes 2"])

    def test_single_replies_are_good_or_not(self):
        rows = self.load("trl-kto")
        self.assertEqual([row["label"] for row in rows], [False, True] * 6)

    def test_the_tree_is_there_as_it_stands(self):
        rows = self.load("native")
        self.assertEqual([len(row["answers"]["talk"]["messages"]) for row in rows], [3, 6, 9])
        self.assertEqual(rows[2]["answers"]["talk"]["order"]["m7"], [["m9"], ["m8"]])


class Trl(unittest.TestCase):
    """What trl itself makes of the exports for it. Its trainers want torch; what they read rows with does not."""

    @classmethod
    def setUpClass(cls):
        try:
            cls.python = fixture.venv("trl", *PACKAGES, "transformers==5.24.0", alone=["trl==1.16.0"])
        except unittest.SkipTest as no:
            raise unittest.SkipTest(f"trl from PyPI: {no}") from no
        talk = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
        asked = {"role": "user", "content": "Which colour is the sky?"}
        responses = [{"id": "a", "text": "Blue, blue.", "steps": ["Look up.", "It is red."]}, {"id": "b", "text": "Blue."}]
        tasks = [{"id": "1", "prompt": asked["content"], "responses": responses},
                 {"id": "2", "messages": [*talk, asked], "responses": responses}]
        cls.workspace = cls.enterClassContext(fixture.Workspace(PAIRS, tasks))
        cls.workspace.record([{"task": task["id"], "answers": PAIR} for task in tasks])

    def rows(self, name, code):
        """`code` makes `out` of `rows`, the export as datasets reads it."""
        file = self.workspace.folder / f"{name}.jsonl"
        done = self.workspace.run("export", "--format", name, "-o", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        return python_in(self.workspace, self, "import json\nfrom datasets import load_dataset\n"
                         "from trl.data_utils import *\n"
                         f"rows = load_dataset('json', data_files='{name}.jsonl', split='train')\n{code}\n"
                         "print(json.dumps(out))", self.python)

    def test_a_pair_keeps_its_prompt_and_comes_apart(self):
        out = self.rows("trl-preference", "first = rows[0]\nkept = maybe_extract_prompt(dict(first)) == first\n"
                        "parts = maybe_unpair_preference_dataset(rows)\n"
                        "out = [kept, is_conversational(first), parts.column_names, list(parts['label'])]")
        self.assertEqual(out[:2], [True, True])
        self.assertEqual(sorted(out[2]), ["completion", "label", "prompt"])
        self.assertEqual(out[3], [True, True, False, False])

    def test_a_correction_is_a_prompt_and_a_completion(self):
        out = self.rows("trl-sft", "out = [[is_conversational(r), r['completion'][-1]['content']] for r in rows]")
        self.assertEqual(out, [[True, "It is blue."], [True, "It is blue."]])

    def test_steps_have_a_label_each(self):
        out = self.rows("trl-stepwise", "out = [[r['completions'], r['labels']] for r in rows]")
        self.assertEqual(out[0], [["Look up.", "It is red."], [True, False]])


if __name__ == "__main__":
    fixture.main()
