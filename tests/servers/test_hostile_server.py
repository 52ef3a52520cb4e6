#!/usr/bin/env python3
"""Every play of the hostile server does what its name says, so that test_hostile_sync.c proves something."""
import http.client
import json
import tempfile
import time
import unittest

import hostile_server
import server_fixture as fixture

BROKEN = "the connection breaks"
# What a naive sender sees, and whether the server has the batch of 20 events afterwards.
SEEN = {
    "drop_before": (BROKEN, 0), "drop_after": (BROKEN, 20), "reset": (BROKEN, 20), "drop_on_reuse": (200, 20),
    "silence": (BROKEN, 20), "slow": (BROKEN, 20), "truncated": (200, 20), "truncated_chunked": (BROKEN, 20),
    "truncated_without_length": (200, 20), "empty": (200, 20), "no_content": (204, 20), "not_json": (200, 20),
    "portal": (200, 0), "wrong_batch": (200, 20), "bad_counts": (200, 20), "negative_counts": (200, 20),
    "wrapping_counts": (200, 20), "text_counts": (200, 20), "rejects_a_stranger": (200, 20), "long_receipt": (200, 20),
    "endless_body": (200, 20), "header_bomb": (BROKEN, 20), "gzip_bomb": (200, 20), "lying_500": (500, 20),
    "conflict": (409, 0), "retry_after_negative": (503, 0), "retry_after_huge": (429, 0),
    "retry_after_beyond": (429, 0), "retry_after_past": (503, 0), "retry_after_nonsense": (503, 0), "escapes": (503, 0),
    "state_loss": (409, 0),
    "redirect": (302, 0), "redirect_308": (308, 0), "redirect_escapes": (307, 0), "fork": (422, 0), "ahead": (409, 0), "head_elsewhere": (200, 20),
    "rejects_one": (200, 19),
    "refuses_named": (422, 0), "refuses_unnamed": (400, 0), "too_large": (413, 0),
    **{name: (int(name[7:]), 0) for name in hostile_server.PLAYS if name.startswith("status_")},
}


def look(server, body, patience=60):
    """What a sender that believes everything sees; it reads 1 MB at the most."""
    try:
        c = http.client.HTTPConnection("127.0.0.1", int(server.where), timeout=patience)
        c.request("POST", "/v1/batches", body, fixture.headers(body))
        answer = c.getresponse()
        text = answer.read(1_000_000)
        return answer.status, answer.headers, text
    except (OSError, http.client.HTTPException):
        return BROKEN, {}, b""
    finally:
        c.close()


class Hostile(unittest.TestCase):
    def test_each_play(self):
        self.assertEqual(sorted(SEEN), sorted(hostile_server.PLAYS))
        for name, (seen, kept) in SEEN.items():
            with self.subTest(name), fixture.Server("hostile_server.py", "--play", name, "--times", 1) as server:
                status, headers, text = look(server, fixture.batch(1, 20), 0.5 if name in ("silence", "slow") else 60)
                self.assertEqual(status, seen)
                while len(server.lines()) < kept and status == BROKEN:
                    time.sleep(0.02)  # we may have gone before it came to that
                self.assertEqual(len(server.lines()), kept)
                self.assertIn(f"play {name}\n", server.said())
                if name == "gzip_bomb":
                    self.assertLess(len(text), 400_000)
                if name == "endless_body":
                    self.assertEqual(len(text), 1_000_000)
                if name.startswith("redirect"):
                    self.assertNotIn(f":{server.where}/", headers["Location"])
                # Afterwards it is honest.
                status, _, text = look(server, fixture.batch(1, 20))
                self.assertEqual(status, 200)
                self.assertEqual(json.loads(text)["duplicates"], kept)
                self.assertEqual(len(server.lines()), 20)

    def test_state_loss_forgets_what_was_received(self):
        with tempfile.TemporaryDirectory() as folder:
            with fixture.Server("receiver.py", db=f"{folder}/events.db") as server:
                fixture.push(server, fixture.batch(1, 20))
            with fixture.Server("hostile_server.py", "--play", "state_loss", "--times", 1, db=f"{folder}/events.db") as server:
                status, _, text = fixture.push(server, fixture.batch(21, 5))
                self.assertEqual((status, json.loads(text)["expected_seq"]), (409, 16))
                self.assertEqual(len(server.lines()), 15)

    def test_order_depends_on_the_seed_alone(self):
        def order(seed):
            options = hostile_server.make_options().parse_args(["--hostile", str(seed)])
            plays = hostile_server.schedule(options)
            return [p and p.name for _, p in zip(range(200), plays)]
        self.assertEqual(order(1), order(1))
        self.assertNotEqual(order(1), order(2))
        self.assertLessEqual({p.name for p in hostile_server.PLAYS.values() if p.passes}, set(order(1)))


if __name__ == "__main__":
    fixture.main()
