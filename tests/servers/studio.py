"""A Label Studio from PyPI, started for a test: on a loopback port, with SQLite and its own data folder."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import server_fixture as fixture

VERSION = "1.23.2"
USER, PASSWORD, LEGACY = "ana@example.org", "secret-of-ana", "0123456789abcdef0123456789abcdef01234567"
PACKAGES = [f"label-studio=={VERSION}"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Studio:
    """`with` ends it. It tells nobody that it runs: no analytics, no look for newer versions."""

    def __init__(self):
        self.python = fixture.venv("label-studio", *PACKAGES)
        made = self.python.parent.parent / "data"  # with all tables and the user: they take half a minute to make
        if not made.exists():
            self.folder = tempfile.mkdtemp(prefix="made-", dir=made.parent)
            self.start()
            self.stop()
            os.rename(self.folder, made)
        self.folder = tempfile.mkdtemp(prefix="lw-studio-")
        shutil.copytree(made, self.folder, dirs_exist_ok=True)
        self.start()

    def start(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = open(f"{self.folder}/server.log", "ab")
        env = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8", "COLLECT_ANALYTICS": "false",
               "LATEST_VERSION_CHECK": "false", "SENTRY_DSN": "", "FRONTEND_SENTRY_DSN": "", "LOG_LEVEL": "WARNING",
               "DJANGO_DB": "sqlite", "LABEL_STUDIO_BASE_DATA_DIR": self.folder}
        self.process = subprocess.Popen(
            [self.python.parent / "label-studio", "start", "--no-browser", "--data-dir", self.folder,
             "--internal-host", "127.0.0.1", "--port", str(self.port), "--username", USER, "--password", PASSWORD,
             "--user-token", LEGACY, "--enable-legacy-api-token"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=env, cwd=self.folder)
        while not self.is_up():
            if self.process.poll() is not None:
                with open(f"{self.folder}/server.log", encoding="utf-8", errors="replace") as log:
                    raise AssertionError("Label Studio did not start:\n" + log.read()[-3000:])
            time.sleep(0.1)

    def is_up(self):
        try:
            return self.call("GET", "/health")[0] == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)

    def call(self, method, path, body=None, token=f"Token {LEGACY}"):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": token, "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                text = answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            text, status = error.read(), error.code
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text

    def must(self, *what):
        status, answer = self.call(*what)
        if status >= 300:
            raise AssertionError(f"{what[:2]}: {status} {answer}")
        return answer

    def personal_token(self):
        """A new one; an older one is withdrawn."""
        for old in self.must("GET", "/api/token/"):
            self.must("POST", "/api/token/blacklist/", {"refresh": old["token"]})
        return self.must("POST", "/api/token/", {})["token"]

    def make_project(self, config, tasks):
        project = self.must("POST", "/api/projects/", {"title": "Trial run", "label_config": config})["id"]
        if tasks:
            self.must("POST", f"/api/projects/{project}/import", [{"data": t} for t in tasks])
        return project

    def upload(self, project, name, text):
        """A file, as its page of import sends it."""
        body = (f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                f"Content-Type: application/octet-stream\r\n\r\n{text}\r\n--edge--\r\n").encode()
        request = urllib.request.Request(
            f"{self.url}/api/projects/{project}/import", method="POST", data=body,
            headers={"Authorization": f"Token {LEGACY}", "Content-Type": "multipart/form-data; boundary=edge"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{name}: {error.code} {error.read()[:500]}") from error

    def tasks(self, project):
        """What stands there in the end: {data.id: [annotations]}."""
        exported = self.must("GET", f"/api/projects/{project}/export?exportType=JSON&download_all_tasks=true")
        return {t["data"].get("id", t["id"]): t["annotations"] for t in exported}


def need():
    """For setUpModule: a Studio, or a skip that says why."""
    try:
        return Studio()
    except unittest.SkipTest as no:
        raise unittest.SkipTest(f"Label Studio from PyPI: {no}") from no
