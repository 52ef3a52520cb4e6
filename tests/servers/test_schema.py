#!/usr/bin/env python3
"""The JSON Schemas of project.yaml and config.yaml, read by another program: they take every file that labelwright takes, and refuse
those of tests/unit/projects that a schema can know.

The checks themselves run in a virtual environment that has a validator: this program starts itself there.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import server_fixture as fixture

PROJECTS = fixture.SOURCE / "tests" / "unit" / "projects"

# What labelwright refuses and the schema takes, by the reason.
BEYOND = {
    "it compares two values": [
        "name-twice", "option-key-twice", "option-twice", "option-twice-nested", "practice-nowhere", "scale-equal", "scale-points-off", "scale-reversed", "talk-twice", "sync-file-task",
        "sync-file-under-task"],
    "it looks at the question that is tested": [
        "when-compare", "when-empty-list", "when-heading", "when-itself", "when-later", "when-off-scale", "when-op-list", "when-op-off-scale",
        "when-op-real", "when-op-tags", "when-op-word", "when-option", "when-real", "when-unknown", "when-word"],
    "which paths are meant depends on the folder that the project is in": [
        "guidelines-climbs", "tasks-climb", "sync-file-climbs", "sync-file-dot", "sync-file-git", "sync-file-journal",
        "sync-file-journal-other", "sync-file-state", "sync-file-yaml"],
    "to JSON, 17.00 is 17": ["pay-real", "version-real"],
    "it counts how deep a list is": ["option-deep"],
    "a pattern does not count to 65535": ["sync-port-big"],
    "languages have more names than a list holds": ["spelling"],
}

CONFIGS = {
    "a key that is unknown": "anotator: ana\n",
    "a number that is too large": "idle_seconds: 4000\n",
    "a word that is unknown": "bidi: theirs\n",
    "an editor with its arguments in one text": "editor: vim -n\n",
    "a secret": "endpoints: {\"https://labels.example.org\": {token: abc}}\n",
    "a model without an address": "models: {default: {api: openai, model: tiny}}\n",
    "reading as a text": "reading: wide\n",
    "half a percentage": "repeats: 5.5 %\n",
    "a time that is none": "rest: {after: soon}\n",
}


def core_loader():
    """YAML 1.2 as editors read it, where `yes` is a text."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {}

    def refuse_twins(loader, node, deep=False):
        keys = [loader.construct_object(k, deep) for k, _ in node.value]
        if len(keys) != len(set(map(str, keys))):
            raise yaml.YAMLError("a key stands twice")
        return {str(k): loader.construct_object(v, True) for k, (_, v) in zip(keys, node.value)}

    for tag, words, first in (("null", "~|null|Null|NULL|", ["~", "n", "N", ""]), ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
                              ("int", "[-+]?[0-9]+", list("-+0123456789")),
                              ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789"))):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{words})$"), first)
    Loader.add_constructor("tag:yaml.org,2002:map", refuse_twins)
    return Loader


def schema(name):
    text = subprocess.run([fixture.PROGRAM, "schema", name], capture_output=True, text=True, check=True).stdout
    return json.loads(text)


def faults(validator, text):
    """What is wrong with a file; None where an editor's YAML parser refuses it already."""
    import yaml
    try:
        documents = list(yaml.load_all(text, Loader=core_loader()))
    except (yaml.YAMLError, UnicodeError, ValueError):
        return None
    if len(documents) > 1:
        return None
    whole = documents[0] if documents and documents[0] is not None else {}
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}"[:300] for e in validator.iter_errors(whole)]


class Schemas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import jsonschema
        cls.schemas = {name: schema(name) for name in ("project", "config")}
        for text in cls.schemas.values():
            jsonschema.Draft7Validator.check_schema(text)
        cls.project = jsonschema.Draft7Validator(cls.schemas["project"])
        cls.config = jsonschema.Draft7Validator(cls.schemas["config"])

    def test_every_sample_fits(self):
        files = sorted((fixture.SOURCE / "samples").glob("*/project.yaml"))
        self.assertGreater(len(files), 10)
        for file in files:
            self.assertEqual(faults(self.project, file.read_text(encoding="utf-8")), [], file)

    def test_what_labelwright_takes_fits_and_what_it_refuses_does_not(self):
        good, refused, beyond = 0, 0, {name for names in BEYOND.values() for name in names}
        for file in sorted(PROJECTS.glob("*.yaml")):
            found = faults(self.project, file.read_bytes())
            if file.with_suffix(".txt").read_bytes() == b"":
                good += 1
                self.assertEqual(found, [], file.name)
            elif file.stem in beyond:
                self.assertEqual(found, [], f"{file.name} is refused now: take it off the list")
            else:
                refused += 1
                self.assertNotEqual(found, [], f"{file.name}: {file.read_text(encoding='utf-8', errors='replace')}")
        self.assertGreater(good, 14)
        self.assertGreater(refused, 100)

    def test_a_project_made_for_a_file_fits(self):
        with tempfile.TemporaryDirectory() as folder:
            file, mine = pathlib.Path(folder, "answers.csv"), pathlib.Path(folder, "mine")
            file.write_text("question,answer_a,answer_b\nOne?,1,2\nTwo?,2,3\n", encoding="utf-8")
            subprocess.run([fixture.PROGRAM, "new", mine, "--like", file], capture_output=True, check=True)
            text = (mine / "project.yaml").read_text(encoding="utf-8")
            self.assertEqual(faults(self.project, text), [], text)

    def test_examples_and_defaults_fit_their_own_keys(self):
        import jsonschema
        n = 0
        for whole in self.schemas.values():
            owners = [whole, *whole["definitions"].values()]
            for name, value in ((k, v) for o in owners for k, v in o["properties"].items()):
                for example in [*value.get("examples", []), *([value["default"]] if "default" in value else [])]:
                    n += 1
                    check = jsonschema.Draft7Validator({**value, "definitions": whole["definitions"]})
                    self.assertEqual([e.message for e in check.iter_errors(example)], [], f"{name}: {example}")
        self.assertGreater(n, 80)

    def test_every_key_has_words_for_who_points_at_it(self):
        for whole in self.schemas.values():
            for o in [whole, *whole["definitions"].values()]:
                for name, value in o["properties"].items():
                    self.assertRegex(value["description"], "^.+[.] Takes .+: `", name)

    def test_config_yaml(self):
        self.assertEqual(faults(self.config, ""), [])
        for name, text in CONFIGS.items():
            with self.subTest(name):
                self.assertTrue(faults(self.config, text), text)

    def test_the_whole_file_of_settings_fits(self):
        """As `labelwright config` writes it, with every setting switched on."""
        text = subprocess.run([fixture.PROGRAM, "config", "--print"], capture_output=True, text=True, check=True).stdout
        live = re.sub(r"(?m)^#(?! )", "", text)
        self.assertNotEqual(live, text)
        self.assertEqual(faults(self.config, live), [], live)

    def test_a_schema_that_is_unknown_is_said(self):
        done = subprocess.run([fixture.PROGRAM, "schema", "themes"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("project or config", done.stderr)


if __name__ == "__main__":
    if "LW_IN_VENV" in os.environ:
        fixture.main()
    try:
        python = fixture.venv("openapi", "openapi-spec-validator==0.9.0")
    except unittest.SkipTest as no:
        print(f"skip: {no}")
        sys.exit(77)
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]], env={**os.environ, "LW_IN_VENV": "1"}, check=False).returncode)
