"""Makes journals of somebody's work, as sessions write them, with everything that happens to clocks: for the tests of time.

A machine has a boot clock, which nobody sets, a wall clock, which somebody does, and a place, whose zone is one of zoneinfo.
Besides the lines, what the test must know independently of them is kept: in which zone each line was written."""
import datetime
import hashlib
import json
import pathlib
import random
import zoneinfo

UTC = datetime.timezone.utc
IDLE_MS = 120_000
PROJECT = """labelwright: 1
title: %s
tasks: [{file: tasks.jsonl}]
questions: [{name: quality, type: rating, on: task, scale: {min: 1, max: 7}}]
"""


def ms_of(year, month, day, hour=0, minute=0, zone="UTC"):
    """UTC ms of a local time."""
    return int(datetime.datetime(year, month, day, hour, minute, tzinfo=zoneinfo.ZoneInfo(zone)).timestamp()) * 1000


def local(ms, zone):
    return datetime.datetime.fromtimestamp(ms // 1000, UTC).astimezone(zoneinfo.ZoneInfo(zone))


class Machine:
    def __init__(self, ms, zone, seed):
        self.boot = 10_000  # of CLOCK_BOOTTIME
        self.slept = 0
        self.ahead = ms - self.boot  # of the wall clock
        self.zone = zone
        self.random = random.Random(seed)

    def wall(self):
        return self.boot + self.ahead

    def offset(self):
        return local(self.wall(), self.zone).strftime("%z")

    def go_to(self, ms):
        """Nobody works until then, by the wall clock."""
        if ms < self.wall():
            raise AssertionError("time does not go back by itself")
        self.boot += ms - self.wall()


class Journal:
    def __init__(self, folder, title, annotator="ana"):
        self.folder = pathlib.Path(folder)
        (self.folder / "journal").mkdir(parents=True)
        (self.folder / "journal").chmod(0o700)
        (self.folder / "project.yaml").write_text(PROJECT % title, encoding="utf-8")
        (self.folder / "tasks.jsonl").write_text('{"id":"t0","prompt":"x"}\n', encoding="utf-8")
        self.id = hashlib.sha256(str(folder).encode()).hexdigest()[:32]
        self.prev, self.seq, self.lines, self.zones = "0" * 64, 0, [], {}
        self.file = self.folder / "journal" / "000001.jsonl"
        self.annotator = annotator

    def put(self, ms, zone, body):
        self.seq += 1
        time = datetime.datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{ms % 1000:03}Z"
        event = {"v": 1, "journal": self.id, "seq": self.seq, "time": time, **body, "prev": self.prev}
        text = json.dumps(event, separators=(",", ":"), ensure_ascii=False)[:-1]
        self.prev = hashlib.sha256(b"labelwright/1\n" + text.encode()).hexdigest()
        self.lines.append(f'{text},"hash":"{self.prev}"}}\n')
        self.zones[self.seq] = zone
        return self.seq

    def first_line(self, machine):
        self.put(machine.wall(), machine.zone, {"type": "journal", "annotator": self.annotator, "title": "", "version": "0",
                                                "seed": self.id[:16]})

    def write(self):
        self.file.write_text("".join(self.lines), encoding="utf-8")
        self.file.chmod(0o600)


class Session:
    """One session of a version that writes sums; an `old` one has times of labels only."""

    def __init__(self, machine, journal, old=False):
        self.m, self.j, self.old = machine, journal, old
        self.start, self.key = machine.boot, machine.boot
        self.slept_before = self.slept_at_key = machine.slept
        self.worked = self.guidelines = 0
        self.zone = machine.offset()
        self.active = self.wall = 0  # of the task on the screen
        self.put({"type": "sitting", "what": "start", "version": "0", "time_zone": self.zone, "idle_ms": IDLE_MS})

    def put(self, body):
        if self.old:
            return self.j.put(self.m.wall(), self.m.zone, body)
        if self.m.offset() != self.zone:
            self.zone = self.m.offset()
            self.j.put(self.m.wall(), self.m.zone, {"type": "sitting", "what": "zone", "time_zone": self.zone, **self.sums()})
        return self.j.put(self.m.wall(), self.m.zone, {**body, **self.sums()})

    def sums(self):
        sums = {"elapsed_ms": self.m.boot - self.start, "worked_ms": self.worked}
        if self.guidelines:
            sums["guidelines_ms"] = self.guidelines
        if self.m.slept > self.slept_before:
            sums["suspended_ms"] = self.m.slept - self.slept_before
        return sums

    def press(self, ms, guidelines=False, asleep=0):
        """A key `ms` later, of which the machine slept for a while. What happened in other sessions counts as a gap too."""
        self.m.boot += ms
        self.m.slept += asleep
        gap, slept = self.m.boot - self.key, self.m.slept - self.slept_at_key
        self.key, self.slept_at_key = self.m.boot, self.m.slept
        self.wall += gap
        if gap <= IDLE_MS:
            self.worked += gap - slept
            self.guidelines += gap - slept if guidelines else 0
            self.active += gap

    def label(self, task, kind="annotate", replaces=None):
        body = {"type": kind, "task": task, "file": "tasks.jsonl", "record": 1, "offset": 0, "sha256": "0" * 64,
                "questions": "0" * 64, "active_ms": self.active, "wall_ms": self.wall}
        if replaces:
            body["replaces"] = replaces
        body |= {"answers": {"quality": 5}} if kind == "annotate" else {"reason": "what, \"worked_ms\":7?"}
        self.active = self.wall = 0
        return self.put(body)

    def undo(self, seq):
        return self.put({"type": "undo", "of": seq})

    def pause(self, ms):
        self.press(0)
        self.m.boot += ms
        self.key, self.slept_at_key = self.m.boot, self.m.slept
        self.put({"type": "break", "wall_ms": ms})

    def suspend(self, ms):
        self.m.boot += ms
        self.m.slept += ms

    def set_clock(self, ms):
        self.m.ahead += ms

    def move(self, zone):
        self.m.zone = zone

    def stop(self):
        self.put({"type": "sitting", "what": "stop"})


class Worker:
    """Labels tasks of a project in sessions full of ordinary events."""

    def __init__(self, machine, journal):
        self.m, self.j, self.random = machine, journal, machine.random
        self.task, self.given = 0, []

    def step(self, s):
        for _ in range(self.random.randint(1, 4)):
            s.press(self.random.choice([137, 2_411, 11_003, 45_678, IDLE_MS, IDLE_MS + 1, 400_001]),
                    guidelines=self.random.random() < 0.1)
        what = self.random.random()
        if what < 0.10:
            s.label(f"{self.j.folder.name}/{self.task}", "skip")
            self.task += 1
        elif what < 0.18 and self.given:
            task, seq = self.given[-1]
            self.given[-1] = (task, s.label(task, replaces=seq))
        elif what < 0.26 and self.given:
            s.undo(self.given.pop()[1])
        elif what < 0.30:
            s.pause(self.random.randint(1_000, 2_000_000))
        elif what < 0.33:
            s.suspend(self.random.randint(1_000, 4_000_000))
        elif what < 0.35:
            s.put({"type": "talk", "task": "t", "active_ms": 5, "wall_ms": 7, "question": "q", "messages": []})
        else:
            task = f"{self.j.folder.name}/{self.task}"
            self.task += 1
            self.given.append((task, s.label(task)))

    def work(self, steps, end="stop", old=False):
        s = Session(self.m, self.j, old)
        for _ in range(steps):
            self.step(s)
        if end == "stop":
            s.press(50)
            s.stop()
        return s
