#!/usr/bin/env python3
"""The reference receiver keeps events once, tells duplicates from forks, and refuses damaged lines."""
import hashlib
import http.client
import json
import socket
import tempfile
import unittest

import server_fixture as fixture


class Receiver(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(fixture.Server("receiver.py", "--token", "open"))

    def push(self, body, token="open", **more):
        status, _, answer = fixture.push(self.server, body, token=token, **more)
        return status, json.loads(answer)

    def refuses(self, status, code, body, **more):
        got, answer = self.push(body, **more)
        self.assertEqual((got, answer["code"]), (status, code))
        self.assertEqual(self.server.lines(), [])

    def test_takes_a_batch_byte_for_byte(self):
        body = fixture.batch(1, 3, reason="có dấu · 한국")
        status, receipt = self.push(body)
        self.assertEqual(status, 200)
        self.assertEqual(receipt, {"batch": hashlib.sha256(body).hexdigest(), "accepted": 3, "duplicates": 0,
                                   "rejected": [], "head": fixture.hash_of(fixture.event(3, reason="có dấu · 한국"))})
        self.assertEqual(b"\n".join(self.server.lines()) + b"\n", body)

    def test_the_same_again_is_a_duplicate(self):
        self.push(fixture.batch(1, 3))
        _, receipt = self.push(fixture.batch(2, 4))
        self.assertEqual((receipt["accepted"], receipt["duplicates"]), (2, 2))
        self.assertEqual(receipt["head"], fixture.hash_of(fixture.event(5)))
        self.assertEqual(len(self.server.lines()), 5)

    def test_another_event_with_the_number_is_a_fork_and_nothing_is_kept(self):
        self.push(fixture.batch(1, 3))
        status, answer = self.push(fixture.batch(3, 3, reason="other"))
        self.assertEqual((status, answer["code"]), (422, "fork"))
        self.assertEqual([(r["seq"], r["code"]) for r in answer["rejected"]], [(3, "fork")])
        self.assertEqual(len(self.server.lines()), 3)

    def test_journals_do_not_meet(self):
        self.push(fixture.batch(1, 3))
        _, receipt = self.push(fixture.batch(1, 3, journal="cd" * 16))
        self.assertEqual(receipt["accepted"], 3)

    def test_a_body_damaged_on_its_way(self):
        self.refuses(409, "damaged", fixture.batch(1, 3), key="0" * 64)

    def test_a_line_whose_hash_does_not_fit(self):
        self.refuses(400, "hash", fixture.batch(1, 2) + fixture.event(3).replace(b"skip", b"task"))

    def test_what_is_no_event(self):
        for body in b"", b"\n", b"{}\n", fixture.event(1)[:-1], fixture.event(1) + b"\n", fixture.event(1).replace(b":1,", b":2,"):
            with self.subTest(body[:30]):
                self.refuses(400, "line", body)

    def test_two_journals_in_one_batch(self):
        self.refuses(400, "line", fixture.event(1) + fixture.event(2, journal="cd" * 16))

    def test_no_key(self):
        c = http.client.HTTPConnection("127.0.0.1", int(self.server.where), timeout=10)
        headers = fixture.headers(fixture.event(1), token="open")
        del headers["Idempotency-Key"]
        c.request("POST", "/v1/batches", fixture.event(1), headers)
        answer = c.getresponse()
        self.assertEqual((answer.status, json.loads(answer.read())["code"]), (400, "key"))
        c.close()

    def test_limits_of_a_batch(self):
        self.refuses(413, "too_large", fixture.batch(1, 501))
        self.refuses(413, "too_large", fixture.batch(1, 2, reason="x" * 530_000))
        self.assertEqual(self.push(fixture.batch(1, 500))[0], 200)
        self.assertEqual(self.push(fixture.event(501, reason="x" * 3_000_000))[0], 200)

    def test_who_may_and_where(self):
        self.refuses(401, "token", fixture.event(1), token=None)
        self.refuses(401, "token", fixture.event(1), token="openx")
        self.refuses(404, "path", fixture.event(1), path="/v1/batch")

    def test_what_it_keeps_outlives_it(self):
        with tempfile.TemporaryDirectory() as folder:
            for duplicates in 0, 3:
                with fixture.Server("receiver.py", db=f"{folder}/events.db") as server:
                    answer = json.loads(fixture.push(server, fixture.batch(1, 3))[2])
                    self.assertEqual(answer["duplicates"], duplicates)

    def test_unix_socket(self):
        with tempfile.TemporaryDirectory() as folder, fixture.Server("receiver.py", "--unix", f"{folder}/socket"):
            c = http.client.HTTPConnection("localhost")
            c.sock = socket.socket(socket.AF_UNIX)
            c.sock.connect(f"{folder}/socket")
            c.request("POST", "/v1/batches", fixture.event(1), fixture.headers(fixture.event(1)))
            self.assertEqual(c.getresponse().status, 200)
            c.close()


if __name__ == "__main__":
    fixture.main()
