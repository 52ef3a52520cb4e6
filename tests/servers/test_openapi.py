#!/usr/bin/env python3
"""src/sync/openapi.yaml is valid OpenAPI 3.1, its examples obey it, and so does what the reference receiver answers.

The checks themselves run in a virtual environment that has a validator: this program starts itself there.
"""
import json
import os
import subprocess
import sys
import unittest

import server_fixture as fixture

DOCUMENT = fixture.SOURCE / "src" / "sync" / "openapi.yaml"


class Description(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import openapi_spec_validator
        import yaml
        cls.text = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
        cls.validate_document = staticmethod(openapi_spec_validator.validate)
        cls.post = cls.text["paths"]["/v1/batches"]["post"]

    def errors(self, value, schema):
        import jsonschema
        whole = {**schema, "components": self.text["components"]}
        return [e.message for e in jsonschema.Draft202012Validator(whole).iter_errors(value)]

    def schema_of(self, status):
        return self.post["responses"][str(status)]["content"]["application/json"]["schema"]

    def test_is_valid_openapi(self):
        self.validate_document(self.text)

    def test_validator_sees_mistakes(self):
        del self.text["info"]["title"]
        with self.assertRaises(Exception):
            self.validate_document(self.text)
        self.setUpClass()

    def test_examples_obey_their_schemas(self):
        n = 0
        for status, answer in self.post["responses"].items():
            for media in answer.get("content", {}).values():
                for name, example in media.get("examples", {}).items():
                    self.assertEqual(self.errors(example["value"], media["schema"]), [], (status, name))
                    n += 1
        self.assertGreater(n, 5)

    def test_the_example_receipt_without_head_would_be_seen(self):
        receipt = dict(self.post["responses"]["200"]["content"]["application/json"]["examples"]["first"]["value"])
        del receipt["head"]
        self.assertEqual(len(self.errors(receipt, self.schema_of(200))), 1)

    def test_events_are_described(self):
        event = {"$ref": "#/components/schemas/Event"}
        self.assertEqual(self.errors(json.loads(fixture.event(1)), event), [])
        self.assertEqual(len(self.errors({**json.loads(fixture.event(1)), "seq": 0}, event)), 1)

    def test_receiver_answers_as_described(self):
        with fixture.Server("receiver.py", "--token", "open") as server:
            seen = {}
            for body, more in [(fixture.batch(1, 3), {}), (fixture.batch(1, 5), {}), (fixture.batch(2, 3, reason="x"), {}),
                               (fixture.batch(1, 501), {}), (b"{}\n", {}), (fixture.batch(1, 3), {"key": "0" * 64}),
                               (fixture.batch(1, 3), {"token": "x"}), (fixture.batch(1, 3), {"path": "/"})]:
                status, _, answer = fixture.push(server, body, **{"token": "open", **more})
                seen[status] = self.errors(json.loads(answer), self.schema_of(status))
        self.assertEqual(seen, {200: [], 422: [], 413: [], 400: [], 409: [], 401: [], 404: []})


if __name__ == "__main__":
    if os.environ.get("LW_IN_VENV"):
        fixture.main()
    try:
        python = fixture.venv("openapi", "openapi-spec-validator==0.9.0")
    except unittest.SkipTest as no:
        print(f"skip: {no}")
        sys.exit(77)
    sys.exit(subprocess.run([python, __file__], env={**os.environ, "LW_IN_VENV": "1"}, check=False).returncode)
