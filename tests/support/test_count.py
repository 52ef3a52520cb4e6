#!/usr/bin/env python3
"""What count.py makes of the ways a test can end."""
import unittest
import xml.etree.ElementTree as ET

import count


def case(out="", status="run", tail=""):
    return ET.fromstring(
        f'<testcase name="unit/x" status="{status}">{tail}<system-out>{out}</system-out></testcase>')


class Counts(unittest.TestCase):
    def check(self, passed, failed, skipped, *args, **kwargs):
        total = count.Sum()
        total.add_case("gcc", case(*args, **kwargs))
        self.assertEqual((total.passed, total.failed, total.skipped), (passed, failed, skipped))
        return total.notes

    def test_each_cmocka_test_counts(self):
        self.check(2, 0, 0, "1..2\nok 1 - a\nok 2 - b\n")

    def test_program_without_tap_is_one(self):
        self.check(1, 0, 0, "the tree keeps its shape")

    def test_failure_is_named(self):
        notes = self.check(1, 1, 0, "1..2\nok 1 - a\nnot ok 2 - b\n", "fail", '<failure message="Failed"/>')
        self.assertEqual(notes, ["failed: gcc unit/x: b"])

    def test_death_before_the_first_report(self):
        self.check(0, 1, 0, "", "fail", '<failure message="Subprocess aborted"/>')

    def test_death_in_the_middle(self):
        self.check(1, 1, 0, "1..3\nok 1 - a\n", "fail", '<failure message="Subprocess aborted"/>')

    def test_exit_0_with_tests_missing(self):
        self.check(1, 1, 0, "1..2\nok 1 - a\n")

    def test_reported_failure_with_exit_0(self):
        self.check(0, 1, 0, "1..1\nnot ok 1 - a\n")

    def test_leak_found_after_all_passed(self):
        self.check(1, 1, 0, "1..1\nok 1 - a\n", "fail", '<failure message="Failed"/>')

    def test_skips_of_both_dialects_with_reason(self):
        for result in ("not ok 1 # SKIP a", "ok 1 # SKIP a", "ok 1 - a # SKIP"):
            notes = self.check(0, 0, 1, f"1..1\nskip: no LW_SHARED\n{result}\n")
            self.assertIn("  skip: no LW_SHARED", notes)

    def test_skip_by_exit_code(self):
        self.check(0, 0, 1, "skip: no clang-format", "notrun", '<skipped message="SKIP_RETURN_CODE=77"/>')

    def test_program_that_is_not_there(self):
        self.check(0, 1, 0, "", "notrun", '<skipped message="Unable to find executable"/>')


if __name__ == "__main__":
    unittest.main()
