#!/usr/bin/env python3
"""`labelwright sync` with real servers: TLS through nginx, kills, and receipts."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import server_fixture as fixture

PROJECT = """labelwright: 1
tasks: [{{file: tasks.jsonl}}]
questions: [{{name: quality, type: rating, on: task}}]
sync: {{to: "{}", batch: {}}}
"""
NGINX = """daemon off; master_process off; worker_processes 1; pid {0}/pid; error_log {0}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {0}/body; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u;
  scgi_temp_path {0}/s;
  client_max_body_size 40m;
  server {{
    listen 127.0.0.1:{1} ssl;
    ssl_certificate {2}/server.pem; ssl_certificate_key {2}/server.key;
    ssl_client_certificate {2}/ca.pem; ssl_verify_client on;
    location / {{ proxy_pass http://127.0.0.1:{3}; }}
  }}
}}
"""
made = None


def setUpModule():
    global made
    made = pathlib.Path(tempfile.mkdtemp(prefix="lw-certificates-"))
    subprocess.run([fixture.HERE / "certificates.sh", made], check=True)


def tearDownModule():
    shutil.rmtree(made)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Case(unittest.TestCase):
    def workspace(self, url, labels=200, batch=50, **endpoint):
        """A project with labels that go to this address; what config.yaml says about it."""
        workspace = self.enterContext(fixture.Workspace(PROJECT.format(url, batch), [
            {"id": f"t{n}", "prompt": f"Task {n}"} for n in range(labels)]))
        lines = "".join(f"    {name}: {value}\n" for name, value in endpoint.items())
        origin = "/".join(url.split("/")[:3])
        workspace.settings("annotator: ana\n" + (f"endpoints:\n  {origin}:\n{lines}" if lines else ""))
        workspace.record([{"task": f"t{n}", "answers": {"quality": 1 + n % 5}} for n in range(labels)])
        return workspace

    def sync(self, workspace, status=0, *words):
        done = workspace.run("sync", *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def has_all(self, server, workspace):
        """Every label once, and nothing but the journal's lines, byte for byte."""
        lines = server.lines()
        self.assertEqual(lines, workspace.journal()[:len(lines)])
        self.assertGreaterEqual(len(lines), fixture.json.loads(
            [line for line in workspace.journal() if b'"annotate"' in line][-1])["seq"])


class Receipts(Case):
    def test_receipts_add_up_and_a_second_sync_sends_nothing(self):
        server = self.enterContext(fixture.Server("receiver.py"))
        workspace = self.workspace(server.url)
        self.assertEqual(workspace.status()["events"]["unsent"], 200)
        self.sync(workspace)
        self.has_all(server, workspace)
        receipts = workspace.events("receipt")
        self.assertGreaterEqual(len(receipts), 4)
        self.assertEqual(sum(r["accepted"] for r in receipts), len(server.lines()))
        self.assertEqual(sum(r["duplicates"] for r in receipts), 0)
        labels = [e for e in map(fixture.json.loads, server.lines()) if e["type"] == "annotate"]
        self.assertEqual(len(labels), 200)
        self.assertEqual(workspace.status()["events"]["unsent"], 0)
        requests = server.requests()
        self.assertIn("all sent", self.sync(workspace))
        self.assertEqual(server.requests(), requests)
        self.assertEqual(len(workspace.events("receipt")), len(receipts))

    def test_two_copies_of_a_journal_are_a_fork(self):
        server = self.enterContext(fixture.Server("receiver.py"))
        workspace = self.workspace(server.url, 4)
        copy = workspace.folder / "copy"
        shutil.copytree(workspace.project, copy)
        workspace.record([{"task": "t1", "answers": {"quality": 4}}])
        self.sync(workspace)
        workspace.project = copy
        workspace.record([{"task": "t1", "answers": {"quality": 5}}])
        kept = server.lines()
        self.assertIn("two places", self.sync(workspace, 1))
        self.assertEqual(server.lines(), kept)

    def both(self):
        """The server, and two copies of a workspace: `first` went on and sent, `second` went on too."""
        server = self.enterContext(fixture.Server("receiver.py"))
        workspace = self.workspace(server.url, 4)
        self.sync(workspace)
        first, second = workspace.project, workspace.folder / "second"
        shutil.copytree(first, second)
        workspace.record([{"task": "t1", "answers": {"quality": 4}}])
        self.sync(workspace)
        workspace.project = second
        workspace.record([{"task": "t1", "answers": {"quality": 5}}, {"task": "t2", "answers": {"quality": 5}}])
        return server, workspace, first

    def labels(self, server):
        return [(e["task"], e["answers"]["quality"]) for e in map(fixture.json.loads, server.lines())
                if e["type"] == "annotate"]

    def test_a_fork_is_told_with_what_the_client_lacks_and_merged_with_the_other_copy(self):
        server, workspace, first = self.both()
        before = self.labels(server)
        for _ in range(2):
            text = self.sync(workspace, 1)
            self.assertIn("2 unsent.", text)
            self.assertRegex(text, r"not sent: event \d+, task t1\n.*not sent: event \d+, task t2\n")
        done = subprocess.run([fixture.PROGRAM, "merge", workspace.project, first], capture_output=True, text=True,
                              env=workspace.env, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 label restored; 2 labels from another copy", done.stderr)
        self.assertIn("2 sent", self.sync(workspace))
        self.assertEqual(self.labels(server), before + [("t1", 5), ("t2", 5)])
        self.assertEqual(workspace.run("verify").returncode, 0)
        self.assertIn("all sent", self.sync(workspace))

    def test_a_fork_is_merged_with_the_lines_that_the_client_has(self):
        server, workspace, _ = self.both()
        lines = workspace.folder / "lines.ndjson"
        lines.write_bytes(b"".join(line + b"\n" for line in server.lines()))
        done = subprocess.run([fixture.PROGRAM, "merge", workspace.project, lines], capture_output=True, text=True,
                              env=workspace.env, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.sync(workspace)
        self.assertEqual(sorted(self.labels(server)[-2:]), [("t1", 5), ("t2", 5)])
        self.assertEqual(len(self.labels(server)), 7)

    def test_segments_of_two_copies_in_one_folder_send_nothing_until_they_are_merged(self):
        server, workspace, first = self.both()
        shutil.copy(first / "journal" / "000001.jsonl", workspace.project / "journal" / "000002.jsonl")
        shutil.rmtree(workspace.project / ".labelwright")
        before = server.lines()
        self.assertIn("2 unsent. Event ", self.sync(workspace, 1))
        self.assertEqual(workspace.status()["events"]["unsent"], 2)
        self.assertEqual(server.lines(), before)
        self.assertEqual(workspace.run("merge").returncode, 0)
        self.assertIn("2 sent", self.sync(workspace))
        self.assertEqual(self.labels(server)[-2:], [("t1", 5), ("t2", 5)])

    def test_an_end_that_only_the_server_has_is_told_and_brought_back(self):
        server = self.enterContext(fixture.Server("receiver.py"))
        workspace = self.workspace(server.url, 4, 500)
        self.sync(workspace)
        lines = workspace.journal()
        workspace.record([{"task": "t1", "answers": {"quality": 2}}])
        self.sync(workspace)
        segment = workspace.project / "journal" / "000001.jsonl"
        segment.write_bytes(b"".join(line + b"\n" for line in lines[:6]))  # all labels, no receipt
        shutil.rmtree(workspace.project / ".labelwright")
        self.sync(workspace, 1)  # the batch goes again, and its receipt names an event that is not here
        for _ in range(2):
            self.assertIn("the journal's end was lost", self.sync(workspace, 1))
        have = workspace.folder / "lines.ndjson"
        have.write_bytes(b"".join(line + b"\n" for line in server.lines()))
        done = subprocess.run([fixture.PROGRAM, "merge", workspace.project, have], capture_output=True, text=True,
                              env=workspace.env, check=False)
        self.assertIn("1 label restored", done.stderr)
        self.sync(workspace)
        self.assertIn("all sent", self.sync(workspace))
        self.assertEqual(workspace.status()["tasks"]["done"], 4)
        self.assertEqual(len(self.labels(server)), 5)

    def test_what_a_server_says_paints_nothing(self):
        for play, said in ("rejects_one", "No such task"), ("redirect_escapes", "http://localhost:9/"):
            with self.subTest(play), fixture.Server("hostile_server.py", "--play", play) as server:
                workspace = self.workspace(server.url, 4)
                for words in [], ["--json"]:
                    text = self.sync(workspace, 1, *words)
                    self.assertIn(said, text)
                    self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]")

    def test_a_token_opens(self):
        server = self.enterContext(fixture.Server("receiver.py", "--token", "opens-it"))
        workspace = self.workspace(server.url, 4)
        self.assertIn("token", self.sync(workspace, 1))
        workspace.settings(f"annotator: ana\nendpoints:\n  http://127.0.0.1:{server.where}:\n"
                      f"    token_file: {workspace.secret('opens-it')}\n")
        self.sync(workspace)
        self.has_all(server, workspace)

    def test_a_unix_socket(self):
        with tempfile.TemporaryDirectory() as folder:
            server = self.enterContext(fixture.Server("receiver.py", "--unix", f"{folder}/socket"))
            workspace = self.workspace("http://127.0.0.1:9/v1/batches", 4, unix_socket=f"{folder}/socket")
            self.sync(workspace)
            self.has_all(server, workspace)


class Tls(Case):
    def tls(self, name, *options):
        server = self.enterContext(fixture.Server("receiver.py", "--certificate", made / f"{name}.pem",
                                              "--key", made / f"{name}.key", *options))
        return server, server.url.replace("http:", "https:")

    def refuses(self, name, said, *options, **endpoint):
        server, url = self.tls(name, *options)
        workspace = self.workspace(url, 4, **endpoint)
        text = self.sync(workspace, 1)
        self.assertRegex(text.lower(), said)
        self.assertEqual(server.lines(), [])
        self.assertEqual(workspace.status()["events"]["unsent"], 4)

    def test_an_authority_that_is_named(self):
        server, url = self.tls("server")
        workspace = self.workspace(url, 4, ca=made / "ca.pem")
        self.sync(workspace)
        self.has_all(server, workspace)

    def test_an_authority_that_is_not(self):
        self.refuses("server", "certificate")

    def test_an_expired_certificate(self):
        self.refuses("expired", "expired", ca=made / "ca.pem")

    def test_a_certificate_for_another_host(self):
        self.refuses("elsewhere", "127.0.0.1|host", ca=made / "ca.pem")

    def test_a_client_without_its_certificate(self):
        server, url = self.tls("server", "--client-ca", made / "ca.pem")
        workspace = self.workspace(url, 4, ca=made / "ca.pem")
        done = subprocess.Popen([fixture.PROGRAM, "sync", workspace.project], env=workspace.env, stderr=subprocess.DEVNULL)
        self.addCleanup(done.wait)
        self.addCleanup(done.kill)
        while not workspace.events("batch") and done.poll() is None:
            time.sleep(0.02)
        self.assertEqual(server.lines(), [])

    def test_through_nginx_with_client_certificates(self):
        server = self.enterContext(fixture.Server("receiver.py", "--token", "opens-it"))
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        port = free_port()
        (folder / "nginx.conf").write_text(NGINX.format(folder, port, made, server.where), encoding="utf-8")
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        proxy = subprocess.Popen([nginx, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"])
        self.addCleanup(proxy.wait)
        self.addCleanup(proxy.terminate)
        while True:
            self.assertIsNone(proxy.poll(), "nginx did not start")
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        workspace = self.workspace(f"https://127.0.0.1:{port}/v1/batches", 200, ca=made / "ca.pem")
        secret = workspace.secret("opens-it")
        without = (workspace.folder / "config/labelwright/config.yaml").read_text() + f"    token_file: {secret}\n"
        workspace.settings(without)
        # Without its certificate nginx answers 400, whatever the batch. After ten single events it is asked no more.
        self.assertIn("Ask the client", self.sync(workspace, 1))
        self.assertEqual(server.lines(), [])
        self.assertEqual(workspace.status()["events"]["parked"], 10)
        workspace.settings(without + f"    certificate: {made / 'client.pem'}\n    key: {made / 'client.key'}\n")
        self.sync(workspace, 0, "--resend")
        self.has_all(server, workspace)
        self.assertEqual(workspace.status()["events"], {**workspace.status()["events"], "unsent": 0, "parked": 0})


class Kill(Case):
    def test_killed_at_every_50th_call_and_started_again(self):
        kill_at = pathlib.Path(os.environ["LW_PROGRAMS"]) / "kill_at"
        first = self.workspace("http://127.0.0.1:9/v1/batches")
        first.env["ASAN_OPTIONS"] += ":detect_leaks=0"  # it cannot look while it is traced
        calls, killed = 50, True
        while killed:
            with fixture.Server("receiver.py") as server:
                project = first.folder / f"at-{calls}"
                shutil.copytree(first.project, project)
                yaml = project / "project.yaml"
                yaml.write_text(yaml.read_text().replace("127.0.0.1:9/", f"127.0.0.1:{server.where}/"))
                done = subprocess.run([kill_at, str(calls), fixture.PROGRAM, "sync", project], env=first.env,
                                      capture_output=True, text=True, check=False)
                self.assertIn(done.returncode, [0, 1], done.stderr)
                killed = done.returncode == 0
                again = subprocess.run([fixture.PROGRAM, "sync", project], env=first.env, capture_output=True, text=True,
                                       check=False)
                self.assertEqual(again.returncode, 0, f"killed at call {calls}: {again.stderr}")
                lines = server.lines()
                journal = [line for file in sorted((project / "journal").glob("*.jsonl"))
                           for line in file.read_bytes().splitlines()]
                self.assertEqual(lines, journal[:len(lines)], f"killed at call {calls}")
                self.assertEqual(sum(b'"type":"annotate"' in line for line in lines), 200)
                shutil.rmtree(project)
            calls += 50
        self.assertGreater(calls, 500)


if __name__ == "__main__":
    fixture.main()
