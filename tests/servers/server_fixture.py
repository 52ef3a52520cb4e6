"""What the Python tests of this folder share: servers, journals, a project with its settings, and a runner that prints TAP."""
import contextlib
import fcntl
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
SOURCE = HERE.parent.parent
PROGRAM = os.environ.get("LW_PROGRAM")
PYTHON = pathlib.Path(os.environ.get("LW_PYTHON", SOURCE / "build" / "python"))


class Result(unittest.TestResult):
    """Each test is a line of TAP, so that tests/support/count.py counts it."""

    def line(self, test, ok, more=""):
        print(f"{'' if ok else 'not '}ok {self.testsRun} - {test.id().removeprefix('__main__.')}{more}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line(test, True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        if isinstance(test, unittest.TestCase):
            self.line(test, True, f" # skip {reason}")
        else:  # all of them
            print(f"skip: {reason}", flush=True)

    def failed(self, test, kind, error):
        self.line(test, False)
        print("".join(f"# {line}\n" for line in self._exc_info_to_string(error, test).splitlines()), flush=True)

    def addError(self, test, err):
        super().addError(test, err)
        self.failed(test, "error", err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.failed(test, "failure", err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.failed(subtest, "failure", err)


def main():
    """Runs the tests of the program, or those named in its arguments."""
    if not PROGRAM:
        sys.exit("LW_PROGRAM does not say which labelwright to try. `ctest -R servers` in a build folder does.")
    names = sys.argv[1:]
    loader, module = unittest.defaultTestLoader, sys.modules["__main__"]
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    result = Result()
    suite.run(result)
    if result.wasSuccessful() and result.testsRun == 0:
        sys.exit(77)
    print(f"1..{result.testsRun}", flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)


# ---- Journals

def event(seq, journal="ab" * 16, prev="0" * 64, **members):
    """A line with its line feed, as the program would write it."""
    head = {"v": 1, "journal": journal, "seq": seq, "time": "2026-11-22T07:17:50.123Z", "type": "skip", **members}
    text = (json.dumps(head, separators=(",", ":"), ensure_ascii=False)[:-1] + f',"prev":"{prev}"').encode()
    return text + b',"hash":"%s"}\n' % hashlib.sha256(b"labelwright/1\n" + text).hexdigest().encode()


def hash_of(line):
    return line[-67:-3].decode()


def batch(first, n, **members):
    return b"".join(event(seq, **members) for seq in range(first, first + n))


# ---- Servers

class Server:
    """Runs receiver.py or hostile_server.py as a separate process; `with` ends it."""

    def __init__(self, program, *options, db=None):
        self.folder = tempfile.mkdtemp(prefix="lw-server-")
        self.db = db or f"{self.folder}/events.db"
        self.log = open(f"{self.folder}/log", "w+b")
        self.process = subprocess.Popen(
            [sys.executable, HERE / program, "--log", "--db", self.db, *map(str, options)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True)
        kind, self.where = self.process.stdout.readline().split() or ("", "")
        if not kind:
            raise RuntimeError(self.said())
        self.url = f"http://127.0.0.1:{self.where}/v1/batches"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.folder)

    def said(self):
        """What the server wrote: a line for every request, and the plays."""
        with open(f"{self.folder}/log", encoding="utf-8", errors="replace") as log:
            return log.read()

    def requests(self):
        return self.said().count("POST ")

    def lines(self):
        """All lines that it has stored, in the order of their numbers."""
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            return [row[0] for row in db.execute("select line from event order by journal, seq")]


def headers(body, token=None, key=None):
    """As labelwright sends them."""
    own = {"Content-Type": "application/x-ndjson", "Idempotency-Key": f'"{key or hashlib.sha256(body).hexdigest()}"'}
    return {**own, "Authorization": f"Bearer {token}"} if token else own


def push(server, body, token=None, key=None, path="/v1/batches"):
    """One request, as labelwright makes it: (status, headers, body)."""
    c = http.client.HTTPConnection("127.0.0.1", int(server.where), timeout=60)
    try:
        c.request("POST", path, body, headers(body, token, key))
        answer = c.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        c.close()


# ---- The manual

def manual_blocks(page):
    """The displays of a page, as they are read."""
    text = (SOURCE / "src" / "cli" / "manual" / f"{page}.in").read_text(encoding="utf-8")
    blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed$", text, re.S | re.M)
    return [re.sub(r"(?m)^\\&", "", b).replace("\\e", "\\") for b in blocks]


# ---- Environments of Python packages

def venv(name, *packages, alone=()):
    """The Python of a virtual environment with these packages, made once for all builds; `alone` are those without what
    they depend on."""
    place, wanted = PYTHON / name, " ".join([*packages, *alone])
    stamp, python = place / "installed", place / "bin" / "python"
    PYTHON.mkdir(parents=True, exist_ok=True)
    with open(PYTHON / f"{name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return python
        shutil.rmtree(place, ignore_errors=True)
        install = ["-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
        commands = [[sys.executable, "-m", "venv", place], [python, *install, *packages]]
        if alone:
            commands.append([python, *install, "--no-deps", *alone])
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
            if done.returncode:
                why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
                raise unittest.SkipTest(f"cannot install {wanted}: {why}")
        stamp.write_text(wanted, encoding="utf-8")
    return python


# ---- The program, in its own project

class Workspace:
    """A project in a new folder, the user's settings, and the program; `with` removes the folder."""

    def __init__(self, project, tasks, config="annotator: ana\n"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lw-workspace-"))
        self.project = self.folder / "project"
        self.project.mkdir()
        (self.folder / "config" / "labelwright").mkdir(parents=True)
        (self.project / "project.yaml").write_text(project, encoding="utf-8")
        (self.project / "tasks.jsonl").write_text("".join(json.dumps(t) + "\n" for t in tasks), encoding="utf-8")
        self.settings(config)
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                    "XDG_CONFIG_HOME": str(self.folder / "config"),
                    # Nothing can be remembered there, so nothing is asked: journals are copied and cut here.
                    "XDG_STATE_HOME": "/proc/nowhere",
                    "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)

    def settings(self, text):
        (self.folder / "config" / "labelwright" / "config.yaml").write_text(text, encoding="utf-8")

    def secret(self, text):
        """A 0600 file with a token; its path."""
        path = self.folder / "token"
        path.touch(0o600)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *words, stdin="", timeout=300):
        return subprocess.run([PROGRAM, *words, self.project], input=stdin, capture_output=True, text=True,
                              env=self.env, timeout=timeout, check=False)

    def record(self, labels):
        """Labels, as `record` reads them; the seqs of the events."""
        done = self.run("record", stdin="".join(json.dumps(one) + "\n" for one in labels))
        if done.returncode:
            raise AssertionError(f"record: {done.stdout}{done.stderr}")
        return [json.loads(line)["seq"] for line in done.stdout.splitlines()]

    def status(self):
        return json.loads(self.run("status", "--json").stdout)

    def journal(self):
        """The lines of the journal."""
        return [line for file in sorted((self.project / "journal").glob("*.jsonl"))
                for line in file.read_bytes().splitlines()]

    def events(self, kind):
        return [e for e in map(json.loads, self.journal()) if e["type"] == kind]
