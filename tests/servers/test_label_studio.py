#!/usr/bin/env python3
"""Labels arrive in a real Label Studio: each once, in its form, and changed there as they change here."""
import json
import pathlib
import signal
import subprocess
import time
import unittest

import server_fixture as fixture
import studio

CONFIG = """<View>
  <Text name="text" value="$text"/>
  <Rating name="quality" toName="text" maxRating="5"/>
  <Choices name="tone" toName="text"><Choice value="warm"/><Choice value="Rather cold" alias="cold"/></Choices>
  <Choices name="flags" toName="text" choice="multiple"><Choice value="rude"/><Choice value="wrong"/></Choices>
  <TextArea name="why" toName="text"/>
</View>"""
PROJECT = """labelwright: 1
tasks: [{{file: tasks.jsonl}}]
questions:
  - {{name: quality, type: rating, on: task, scale: {{min: 1, max: 5}}}}
  - {{name: tone, type: choice, on: task, options: [{{value: warm}}, {{value: cold}}]}}
  - {{name: flags, type: tags, on: task, options: [{{value: rude}}, {{value: wrong}}]}}
  - {{name: why, type: text, on: task}}
sync: {{to: "{url}", type: label-studio, project: {project}, batch: 100}}
"""
RANKS = """<View>
  <Text name="text" value="$text"/>
  <List name="answers" value="$items"/>
  <Ranker name="order" toName="answers"/>
  <Choices name="verdict_s1" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
  <Choices name="verdict_s2" toName="text"><Choice value="good"/><Choice value="bad"/></Choices>
</View>"""
RANKS_PROJECT = """labelwright: 1
tasks: [{{file: tasks.jsonl}}]
questions:
  - {{name: order, type: rank, on: task}}
  - {{name: verdict, type: choice, on: step, options: [{{value: good}}, {{value: bad}}]}}
sync: {{to: "{url}", type: label-studio, project: {project}}}
"""
MARKED = """labelwright: 1
tasks: [{{file: tasks.jsonl}}]
questions:
  - {{name: places, type: spans, on: prompt, options: [{{value: city}}, {{value: river}}]}}
"""
server = None


def setUpModule():
    global server
    server = studio.need()


def tearDownModule():
    if server:
        server.__exit__()


def answers(n):
    """Different for every n; now and then a question stays open."""
    all_of_it = {"quality": 1 + n % 5, "tone": ["warm", "cold"][n % 2], "flags": [["rude"], ["rude", "wrong"]][n % 2],
                 "why": f"Why {n}: có dấu, \"quoted\",\nsecond line"}
    return {name: a for i, (name, a) in enumerate(all_of_it.items()) if n % 7 != i}


def value(item):
    return item["from_name"], item["to_name"], item["type"], item["value"]


def expected(n):
    """What Label Studio shall have for answers(n), in the order of the journal."""
    shapes = {"quality": ("rating", lambda a: {"rating": a}), "tone": ("choices", lambda a: {"choices": [a]}),
              "flags": ("choices", lambda a: {"choices": a}), "why": ("textarea", lambda a: {"text": [a]})}
    return [(name, "text", shapes[name][0], shapes[name][1](a)) for name, a in answers(n).items()]


class Labels(unittest.TestCase):
    def workspace(self, project, ids, token=None, url=None, questions=PROJECT, more=None):
        tasks = [{"id": i, "prompt": f"Task {i}", **(more or {})} for i in ids]
        workspace = self.enterContext(fixture.Workspace(questions.format(url=url or server.url, project=project), tasks))
        secret = workspace.secret((token or server.personal_token()) + "\n")
        workspace.settings(f"annotator: ana\nendpoints:\n  {url or server.url}: {{token_file: {secret}}}\n")
        return workspace

    def sync(self, workspace, status=0, *words):
        done = workspace.run("sync", *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def label(self, workspace, numbers, shift=0):
        workspace.record([{"task": f"t{n}", "answers": answers(n + shift)} for n in numbers])

    def take_back(self, workspace, n):
        """The newest n labels, by the keyboard's way."""
        wanted, presses = len(workspace.events("undo")) + n, n
        while (left := wanted - len(workspace.events("undo"))) > 0:
            workspace.run("--plain", stdin=".back\n" * presses)  # each takes an answer first, and the task when none is left
            still = wanted - len(workspace.events("undo"))
            presses = presses + 1 if still == left else still
        self.assertEqual(left, 0)

    def stands(self, project, want):
        """Exactly one annotation for each task of `want` (a number for answers(), "skip"), none elsewhere."""
        have = {task: notes for task, notes in server.tasks(project).items() if notes}
        self.assertEqual(sorted(have), sorted(want))
        for task, n in want.items():
            self.assertEqual(len(have[task]), 1, task)
            self.assertEqual(have[task][0]["was_cancelled"], n == "skip", task)
            got = [value(item) for item in have[task][0]["result"]]
            self.assertEqual(got, [] if n == "skip" else expected(n), task)
        unique = [notes[0]["unique_id"] for notes in have.values()]
        self.assertEqual(len(set(unique)), len(want))

    def test_each_label_arrives_once_whatever_becomes_of_it(self):
        names = [f"t{n}" for n in range(1, 527)]
        project = server.make_project(CONFIG, [{"id": name, "text": f"Text {name}"} for name in names])
        workspace = self.workspace(project, names)
        # 25 skipped, 475 labeled, 25 of these replaced, 25 taken back, before anything is sent.
        workspace.record([{"task": f"t{n}", "skip": "broken"} for n in range(1, 26)])
        self.label(workspace, range(26, 476))
        self.label(workspace, range(26, 51), shift=1000)
        self.label(workspace, range(476, 501))
        self.take_back(workspace, 25)
        want = {**{f"t{n}": "skip" for n in range(1, 26)}, **{f"t{n}": n + 1000 for n in range(26, 51)},
                **{f"t{n}": n for n in range(51, 476)}}
        # The sender dies in the middle, without a word, and is started again.
        sender = subprocess.Popen([fixture.PROGRAM, "sync", workspace.project], env=workspace.env, stderr=subprocess.DEVNULL)
        while server.must("GET", f"/api/projects/{project}/")["total_annotations_number"] < 130:
            self.assertIsNone(sender.poll())
            time.sleep(0.3)  # between two looks, which cost the server as much as a label
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        self.sync(workspace)
        self.stands(project, want)
        self.assertEqual(workspace.status()["events"]["unsent"], 0)
        # What was sent changes: 50 replaced, 25 of these replacements taken back, 25 new ones sent and taken back.
        self.label(workspace, range(51, 101), shift=2000)
        self.take_back(workspace, 25)
        want.update({f"t{n}": n + 2000 for n in range(51, 76)})
        self.label(workspace, range(501, 526))
        self.label(workspace, range(1, 3))  # skipped before
        self.sync(workspace)
        self.stands(project, {**want, **{f"t{n}": n for n in [1, 2, *range(501, 526)]}})
        self.take_back(workspace, 27)
        self.sync(workspace)
        self.stands(project, want)
        counts = server.must("GET", f"/api/projects/{project}/")
        self.assertEqual((counts["total_annotations_number"], counts["skipped_annotations_number"]), (450, 25))
        # Nothing is left to do, and doing it all again does nothing.
        self.assertIn("all sent", self.sync(workspace))

    def test_lead_time_is_the_active_time(self):
        project = server.make_project(CONFIG, [{"id": "t1", "text": "x"}])
        workspace = self.workspace(project, ["t1"])
        workspace.run("--plain", stdin="3\n1\n1\nbecause\n\n")
        active = workspace.events("annotate")[0]["active_ms"]
        self.sync(workspace)
        self.assertEqual(server.tasks(project)["t1"][0]["lead_time"], active / 1000)

    def test_rankings_and_steps_arrive(self):
        ids = ["a", "b", "c"]
        project = server.make_project(RANKS, [{"id": t, "text": "x", "items": [{"id": i, "title": i} for i in ids]}
                                              for t in ("t1", "t2")])
        workspace = self.workspace(project, ["t1", "t2"], questions=RANKS_PROJECT, more={"responses": [
            {"id": "a", "text": "1", "steps": ["one", "two"]}, {"id": "b", "text": "2"}, {"id": "c", "text": "3"}]})
        order = {"order": [["c"], ["a"], ["b"]], "not_rankable": []}
        workspace.record([{"task": "t1", "answers": {"order": order, "verdict": {"s1": "good", "s2": "bad"}}},
                          {"task": "t2", "answers": {"order": {"order": [["c", "a"], ["b"]], "not_rankable": []}}}])
        said = self.sync(workspace, 1)
        self.assertEqual([value(item) for item in server.tasks(project)["t1"][0]["result"]], [
            ("order", "answers", "ranker", {"ranker": ["c", "a", "b"]}),
            ("verdict_s1", "text", "choices", {"choices": ["good"]}),
            ("verdict_s2", "text", "choices", {"choices": ["bad"]})])
        # Its list has no place for two that are equally good: nothing is sent that would be read otherwise.
        self.assertEqual(server.tasks(project)["t2"], [])
        self.assertIn('no control "order" that can hold', said)

    def test_spans_arrive_by_characters_and_not_of_a_changed_record(self):
        config = """<View><Text name="text" value="$text"/>
          <Labels name="places" toName="text"><Label value="City" alias="city"/></Labels></View>"""
        project = server.make_project(config, [{"id": t, "text": "🗼 Paris"} for t in ("t1", "t2")])
        questions = MARKED + 'sync: {{to: "{url}", type: label-studio, project: {project}}}\n'
        workspace = self.workspace(project, ["t1", "t2"], questions=questions, more={"prompt": "🗼 Paris"})
        span = {"id": "s1", "start": 5, "end": 10, "text": "Paris", "tags": ["city"]}
        workspace.record([{"task": t, "answers": {"places": [span]}} for t in ("t1", "t2")])
        tasks = pathlib.Path(workspace.project) / "tasks.jsonl"
        tasks.write_text(tasks.read_text().replace('"t2", "prompt": "', '"t2", "prompt": "New: '), encoding="utf-8")
        said = self.sync(workspace, 1)
        self.assertEqual([value(item) for item in server.tasks(project)["t1"][0]["result"]], [
            ("places", "text", "labels", {"start": 2, "end": 7, "text": "Paris", "labels": ["city"]})])
        self.assertEqual(server.tasks(project)["t2"], [])
        self.assertIn("was changed since. Label it again.", said)

    def test_tasks_pulled_from_there_are_found_by_their_number_and_a_legacy_token_opens(self):
        project = server.make_project(CONFIG, [{"text": f"Text {n}"} for n in range(30)])
        numbers = sorted(server.tasks(project))
        workspace = self.workspace(project, [str(n) for n in numbers], token=studio.LEGACY)
        workspace.record([{"task": str(n), "answers": answers(n)} for n in numbers])
        self.sync(workspace)
        self.stands(project, {n: n for n in numbers})

    def test_an_unknown_task_is_parked_and_goes_when_it_is_there(self):
        project = server.make_project(CONFIG, [{"id": "t1", "text": "x"}])
        workspace = self.workspace(project, ["t1", "t2"])
        self.label(workspace, [1, 2])
        self.assertIn('no task with data.id "t2"', self.sync(workspace, 1))
        self.stands(project, {"t1": 1})
        server.must("POST", f"/api/projects/{project}/import", [{"data": {"id": "t2", "text": "y"}}])
        self.sync(workspace, 0, "--resend")
        self.stands(project, {"t1": 1, "t2": 2})

    def test_ids_that_an_upload_of_csv_changes_are_named(self):
        """As the manual says: a table makes 12 of 0012 and nothing of NA; JSON Lines is no upload; JSON_MIN renames."""
        project = server.make_project(CONFIG, [{"id": "t1", "text": "x"}])
        server.upload(project, "more.csv", "id,text\n0012,a\n0013,b\n")
        server.upload(project, "names.csv", "id,text\nNA,c\nname,d\n")
        self.assertEqual(sorted(map(str, server.tasks(project))), ["", "12", "13", "name", "t1"])
        workspace = self.workspace(project, ["t1", "0012", "NA", "missing"])
        workspace.record([{"task": i, "answers": {"quality": 3}} for i in ("t1", "0012", "NA", "missing")])
        said = self.sync(workspace, 1)
        for name in "0012", "NA":
            self.assertIn(f'data.id "{name}". Import it there first, as JSON: a CSV upload changes this id.', said)
        self.assertIn('data.id "missing". Import it there first.', said)
        with self.assertRaises(AssertionError):
            server.upload(project, "more.jsonl", '{"id": "t2", "text": "y"}\n')
        least = server.must("GET", f"/api/projects/{project}/export?exportType=JSON_MIN")
        self.assertNotEqual([task["id"] for task in least], ["t1"])

    def test_what_needs_the_user_is_told(self):
        project = server.make_project(CONFIG.replace('"tone"', '"mood"'), [{"id": "t1", "text": "x"}])
        for wanted, said, more in [
                (project, 'no control named "tone"', {}),
                (999999, "shows you no such project", {}),
                (project, "refused your token", {"token": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"})]:
            with self.subTest(said):
                workspace = self.workspace(wanted, ["t1"], **more)
                self.label(workspace, [1])
                self.assertIn(said, self.sync(workspace, 1))
        self.stands(project, {})


ALL = """labelwright: 1
tasks: [{file: tasks.jsonl}]
questions:
  - {name: better, type: compare}
  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}
  - {name: helpful, type: rating, on: response, scale: {min: -2, max: 2}}
  - {name: tone, type: choice, options: [{value: warm}, {value: cold, label: 'Rather "cold" & <icy>'}]}
  - {name: flags, type: tags, on: response, options: [{value: rude}, {value: wrong}]}
  - {name: kinds, type: tags, options: [{value: safety, options: [{value: hate}]}, {value: other}]}
  - {name: ranking, type: rank}
  - {name: note, type: text}
  - {name: fix, type: edit, on: response}
"""
FIRST = {"better": {"better": "b", "strength": 1}, "quality": {"a": 3, "b": 7}, "helpful": {"a": -1}, "tone": "cold",
         "flags": {"a": ["rude", "wrong"]}, "kinds": ["safety/hate", "other"],
         "ranking": {"order": [["b"], ["a"]], "not_rankable": []}, "note": "line\u2028separator 🦉",
         "fix": {"a": {"original": "A🦉", "text": "A, corrected"}}}
TIES = {"better": {"better": None, "strength": 0}, "ranking": {"order": [["a", "b"]], "not_rankable": []}}


class Export(unittest.TestCase):
    """The export, imported with its labeling config, comes back as it was; but for unique_id, which an import makes new."""

    def imported(self, labels, questions=ALL, tasks=None):
        tasks = tasks or [{"id": f"00{n}", "prompt": f"P{n}", "responses": [{"id": "a", "text": "A🦉"}, {"id": "b", "text": ""}]}
                 for n in range(1, 4)]
        workspace = self.enterContext(fixture.Workspace(questions, tasks))
        workspace.record(labels)
        config, file = workspace.folder / "config.xml", workspace.folder / "tasks.json"
        done = workspace.run("export", "--format", "label-studio", "--config", str(config), "-o", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        text = file.read_text(encoding="utf-8")
        project = server.make_project(config.read_text(encoding="utf-8"), [])
        said = server.upload(project, "tasks.json", text)
        self.assertEqual((said["task_count"], said["annotation_count"]), (len(labels), len(labels)), said)
        return project, json.loads(text)

    def compare(self, project, sent):
        there = server.must("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
        self.assertEqual([t["data"] for t in there], [t["data"] for t in sent])
        for task, own in zip(there, sent):
            kept = ["result", "lead_time", "was_cancelled"]
            self.assertEqual([[a[k] for k in kept] for a in task["annotations"]], [[a[k] for k in kept] for a in own["annotations"]])

    def test_every_control_takes_its_answers(self):
        project, sent = self.imported([{"task": "001", "answers": FIRST}, {"task": "002", "skip": "broken"}])
        self.compare(project, sent)
        kinds = [item["type"] for item in sent[0]["annotations"][0]["result"]]
        self.assertEqual(sorted(set(kinds)), ["choices", "number", "pairwise", "ranker", "rating", "taxonomy", "textarea"])

    def test_spans_are_counted_as_the_server_counts(self):
        """Its own export of tokens cuts the text where we said: it counts code points, 🗼 as one."""
        spans = [{"id": "s1", "start": 5, "end": 10, "text": "Paris", "tags": ["city"]},
                 {"id": "s2", "start": 23, "end": 28, "text": "Seine", "tags": ["river"]}]
        project, sent = self.imported([{"task": "t1", "answers": {"places": spans}}], MARKED.format(),
                                      [{"id": "t1", "prompt": "🗼 Paris lies on the Seine 🚢"}])
        self.compare(project, sent)
        tokens = server.must("GET", f"/api/projects/{project}/export?exportType=CONLL2003").decode()
        tagged = {line.split()[0]: line.split()[-1] for line in tokens.splitlines() if line.endswith(("B-city", "B-river"))}
        self.assertEqual(tagged, {"Paris": "B-city", "Seine": "B-river"}, tokens)

    def test_ties_come_back_too(self):
        project, sent = self.imported([{"task": "001", "answers": TIES}, {"task": "003", "answers": FIRST}])
        self.compare(project, sent)
        values = {item["from_name"]: item["value"] for item in sent[0]["annotations"][0]["result"]}
        self.assertEqual(values, {"better": {"choices": ["tie"]}, "ranking": {"ranker": {"place_1": ["a", "b"]}}})


if __name__ == "__main__":
    fixture.main()
