#!/usr/bin/env python3
"""The receiver's evil twin: it keeps events just as well, and answers as badly as servers have been seen to.

--play NAME misbehaves in that one way (the first --times requests, then it is honest). --hostile SEED plays all that
a sender must live through, in an order that depends on the seed. --list names them.
"""
import collections
import gzip
import hashlib
import json
import os
import random
import socket
import struct
import sys
import threading

import receiver

PLAYS = {}
Play = collections.namedtuple("Play", "name run passes does")


def play(does, passes=True):
    """A misbehaviour. One that `passes` is gone when the same bytes come again, so it can be part of --hostile."""
    def add(run):
        PLAYS[run.__name__] = Play(run.__name__, run, passes, does)
        return run
    return add


# ---- The answer never comes, or the connection breaks

@play("closes without reading")
def drop_before(h):
    h.cut()


@play("keeps the batch, then closes without a word")
def drop_after(h):
    h.keep()
    h.cut()


@play("keeps the batch, then resets the connection")
def reset(h):
    h.keep()
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(h.connection.detach())
    h.cut()


@play("answers honestly, then closes as soon as the connection is used again")
def drop_on_reuse(h):
    h.honest()
    h.rfile.read(1)
    h.cut()


@play("keeps the batch and says nothing, for as long as the sender waits", passes=False)
def silence(h):
    h.keep()
    h.wait_for_the_end()


@play("keeps the batch and sends its receipt at 1 byte a second", passes=False)
def slow(h):
    for byte in h.raw(200, h.receipt_bytes()):
        h.wfile.write(bytes([byte]))
        if h.gone(1):
            break
    h.cut()


# ---- 200, but no receipt

@play("promises more bytes than it sends")
def truncated(h):
    body = h.receipt_bytes()
    h.send_raw(h.raw(200, body)[:-len(body) // 2])


@play("ends a chunked receipt without its last chunk")
def truncated_chunked(h):
    h.send_raw(h.raw(200, b"%x\r\n%s\r\n" % (len(h.receipt_bytes()), h.receipt_bytes()), "Transfer-Encoding: chunked"))


@play("cuts a receipt of no announced length in its middle")
def truncated_without_length(h):
    h.send_raw(h.raw(200, h.receipt_bytes()[:-20], "Connection: close"))


@play("sends an empty 200")
def empty(h):
    h.keep()
    h.honestly_say(200, b"")


@play("sends 204")
def no_content(h):
    h.keep()
    h.send_raw(h.raw(204, b"", "Connection: close"))


@play("sends 200 and no JSON")
def not_json(h):
    h.keep()
    h.honestly_say(200, b"OK\n")


@play("sends 200 and a page to log in, as the WLAN of a hotel does; the batch never arrives")
def portal(h):
    h.honestly_say(200, b"<!DOCTYPE html><title>Welcome!</title><form action=/login>", "text/html")


@play("names another batch in its receipt")
def wrong_batch(h):
    h.say_receipt(batch=hashlib.sha256(b"another").hexdigest())


@play("counts one event too many")
def bad_counts(h):
    h.say_receipt(accepted=h.receipt()["accepted"] + 1)


@play("counts in a way that adds up, but below nothing")
def negative_counts(h):
    events = len(h.body.splitlines())
    h.say_receipt(accepted=events + 3, duplicates=-3)


@play("counts so high that it would wrap around to the right sum")
def wrapping_counts(h):
    events = len(h.body.splitlines())
    h.say_receipt(accepted=2 ** 63 - 1, duplicates=-2 ** 63 + 1 + events)


@play("counts in texts")
def text_counts(h):
    h.say_receipt(accepted=str(h.receipt()["accepted"]))


@play("rejects an event that the batch does not hold")
def rejects_a_stranger(h):
    have = h.receipt()
    h.say_receipt(accepted=have["accepted"] - 1 if have["accepted"] else 0,
                  duplicates=have["duplicates"] - (not have["accepted"]),
                  rejected=[{"seq": 10 ** 12, "code": "no", "message": "no"}])


@play("sends a good receipt that is over 64 KiB long")
def long_receipt(h):
    h.say_receipt(padding="x" * 70000)


@play("sends a body that never ends")
def endless_body(h):
    h.keep()
    h.pour(h.raw(200, b"", "Transfer-Encoding: chunked"), b"10000\r\n" + b" " * 65536 + b"\r\n")


@play("sends headers that never end")
def header_bomb(h):
    h.keep()
    h.pour(b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"x" * 8000 + b"\r\n")


@play("sends 100 MB in a body of 0.1 MB")
def gzip_bomb(h):
    h.keep()
    body = gzip.compress(b" " * 1_000_000) * 100
    h.send_raw(h.raw(200, body, "Content-Encoding: gzip", f"Content-Length: {len(body)}"))


# ---- Errors that pass

def status_play(status, *headers):
    def run(h):
        h.say_error(status, *headers)
    run.__name__ = "_".join([f"status_{status}", *(h[0] for h in headers)])
    return run


for code in 408, 425, 429, 500, 502, 503, 504, 507, 520, 599:
    play(f"answers {code}")(status_play(code))


@play("keeps the batch and answers 500")
def lying_500(h):
    h.keep()
    h.say_error(500)


@play("answers 409")
def conflict(h):
    h.say_error(409)


@play("asks for seconds below nothing")
def retry_after_negative(h):
    h.say_error(503, ("Retry-After", "-349899952"))


@play("asks for 173 years")
def retry_after_huge(h):
    h.say_error(429, ("Retry-After", "5462805967"))


@play("asks for more seconds than there are numbers")
def retry_after_beyond(h):
    h.say_error(429, ("Retry-After", "9" * 40))


@play("asks to come back at a date that is long past")
def retry_after_past(h):
    h.say_error(503, ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"))


@play("asks for a while that is none")
def retry_after_nonsense(h):
    h.say_error(503, ("Retry-After", "soon\x1b[2J"))


@play("puts escape sequences and a reversed line into its error")
def escapes(h):
    h.say_error(503, message="\x1b]0;owned\x07\x1b[2J\x1b[31mred\u202egnirts\u0085\x9b31m\r\nSaved 500 of 500")


@play("has lost its last events, and says where to go on")
def state_loss(h):
    h.honestly_say(409, json.dumps({"code": "behind", "message": "Restored from a backup.",
                                    "expected_seq": h.forget(5)}).encode())


# ---- Errors that stay until somebody does something

for code in 401, 403, 404, 405, 410, 501, 505:
    play(f"answers {code}", passes=False)(status_play(code))


@play("points to another host, which waits for the token", passes=False)
def redirect(h):
    h.redirect(302)


@play("points to another host in the way that keeps a POST a POST", passes=False)
def redirect_308(h):
    h.redirect(308)


@play("points to a place that would paint the screen", passes=False)
def redirect_escapes(h):
    h.answer(307, {}, {"Location": "http://localhost:9/\x1b[2J\x1b]0;owned\x07\x9b31m"})


@play("has another event under one of these numbers", passes=False)
def fork(h):
    seq = h.first_seq()
    h.say_error(422, rejected=[{"seq": seq, "code": "fork", "message": f"Event {seq} is here with another hash."}])


@play("wants events that the sender does not have yet", passes=False)
def ahead(h):
    h.honestly_say(409, json.dumps({"code": "ahead", "message": "Go on there.", "expected_seq": 10 ** 6}).encode())


@play("names an event as its last one that the sender does not know", passes=False)
def head_elsewhere(h):
    h.say_receipt(head="ab" * 32)


@play("rejects one event, by its number, and keeps the rest", passes=False)
def rejects_one(h):
    culprit = h.server.culprit
    rest = [e for e in h.events() if e.seq != culprit]
    accepted, duplicates = h.take(rest)
    receipt = h.receipt_of(accepted, duplicates)
    if len(rest) < len(h.events()):
        receipt["rejected"] = [{"seq": culprit, "code": "task", "message": "No such task \x1b[2J"}]
    h.honest(receipt)


@play("refuses a batch for one event, which it names", passes=False)
def refuses_named(h):
    culprit = h.server.culprit
    if culprit in [e.seq for e in h.events()]:
        h.say_error(422, rejected=[{"seq": culprit, "code": "task", "message": "No such task"}])
    else:
        h.honest()


@play("refuses a batch for one event, without saying which", passes=False)
def refuses_unnamed(h):
    if h.server.culprit in [e.seq for e in h.events()]:
        h.say_error(400)
    else:
        h.honest()


@play("takes no more than 10 events at a time", passes=False)
def too_large(h):
    if len(h.events()) > 10:
        h.say_error(413)
    else:
        h.honest()


class Handler(receiver.Handler):
    """One connection; a play is chosen for each request."""

    def do_POST(self):
        """Reads the batch and leaves the rest to the play."""
        server = self.server
        self.kept = None
        chosen = server.choose()
        server.note(chosen)
        try:
            self.check_head()
            if chosen and chosen.name == "drop_before":
                return chosen.run(self)
            self.body = self.rfile.read(self.length())
            (chosen.run if chosen else Handler.honest)(self)
        except receiver.Refused as no:
            self.answer(no.status, no.body, no.headers)
        return None

    # What has to do with the events

    def events(self):
        return receiver.read_batch(self.headers["Idempotency-Key"], self.body)

    def first_seq(self):
        return self.events()[0].seq

    def take(self, events):
        if not events:
            return 0, 0
        return self.server.store.take(events)[:2]

    def receipt_of(self, accepted, duplicates):
        return {"batch": hashlib.sha256(self.body).hexdigest(), "accepted": accepted, "duplicates": duplicates,
                "rejected": [], "head": self.events()[-1].hash}

    def receipt(self):
        """The true receipt of this batch, whose events are kept once."""
        if self.kept is None:
            self.kept = super().receipt(self.body)
        return self.kept

    keep = receipt

    def receipt_bytes(self):
        return json.dumps(self.receipt()).encode()

    def forget(self, n):
        """Loses the last n events of this journal; the first that is missing now."""
        journal = self.events()[0].journal
        with self.server.store.transaction() as db:
            top = db.execute("select coalesce(max(seq), 0) from event where journal = ?", (journal,)).fetchone()[0]
            kept = max(0, min(top, self.first_seq() - 1) - n)
            db.execute("delete from event where journal = ? and seq > ?", (journal, kept))
        return kept + 1

    # Ways to answer

    def honest(self, receipt=None):
        self.answer(200, receipt or self.receipt())

    def say_receipt(self, **changes):
        self.answer(200, {**self.receipt(), **changes})

    def say_error(self, status, *headers, message="No.", **more):
        self.answer(status, {"code": "hostile", "message": message, **more}, headers)

    def honestly_say(self, status, body, content_type="application/json"):
        self.answer_bytes(status, body, {"Content-Type": content_type})

    def redirect(self, status):
        trap = self.server.trap
        self.answer(status, {}, {"Location": f"http://localhost:{trap.server_address[1]}/v1/batches"})

    @staticmethod
    def raw(status, body, *headers):
        """The bytes of an answer with just these headers; with a length when there are none."""
        headers = headers or (f"Content-Length: {len(body)}", "Content-Type: application/json")
        return b"HTTP/1.1 %d Whatever\r\n%s\r\n\r\n" % (status, "\r\n".join(headers).encode()) + body

    def send_raw(self, data):
        self.wfile.write(data)
        self.cut()

    def pour(self, first, more):
        """Sends without an end, as long as somebody takes it, within reason: 256 MB."""
        self.wfile.write(first)
        for _ in range(256_000_000 // len(more)):
            self.wfile.write(more)
        self.cut()

    def gone(self, seconds):
        """Waits; whether the sender went away meanwhile."""
        self.connection.settimeout(seconds)
        try:
            return not self.rfile.read1(1)
        except (TimeoutError, ConnectionError):
            return False
        finally:
            self.connection.settimeout(self.timeout)

    def wait_for_the_end(self):
        self.gone(3600)
        self.cut()

    def cut(self):
        self.close_connection = True


class Trap(receiver.Handler):
    """Where a redirect leads: nobody should ever come here."""

    def do_POST(self):
        self.server.hits.append(str(self.headers["Authorization"]))
        print("TRAPPED", self.headers["Authorization"], file=sys.stderr, flush=True)
        self.answer(200, {})

    do_GET = do_POST


def open_trap():
    trap = receiver.quiet(receiver.TcpServer)(("127.0.0.1", 0), Trap)
    trap.hits, trap.log = [], None
    threading.Thread(target=trap.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return trap


def schedule(options):
    """Yields the play of each request, None for an honest answer; a third of a hostile server's are honest."""
    if options.play:
        for _ in range(options.times):
            yield PLAYS[options.play]
    else:
        dice = random.Random(options.hostile)
        mean = [p for p in PLAYS.values() if p.passes]
        while True:
            round_of = mean + [None] * (len(mean) // 2)
            dice.shuffle(round_of)
            yield from round_of
    while True:
        yield None


def make_server(options):
    server = receiver.make_server(options, Handler)
    plays, lock = schedule(options), threading.Lock()

    def choose():
        with lock:
            return next(plays)

    def note(chosen):
        if server.log:
            print("play", chosen.name if chosen else "honest", file=server.log, flush=True)

    server.choose, server.note, server.culprit = choose, note, options.culprit
    server.trap = open_trap()
    return server


def make_options():
    options = receiver.make_options(__doc__)
    what = options.add_mutually_exclusive_group()
    what.add_argument("--hostile", metavar="SEED", type=int, default=1)
    what.add_argument("--play", metavar="NAME", choices=sorted(PLAYS))
    what.add_argument("--list", action="store_true")
    options.add_argument("--times", type=int, default=10 ** 9, help="requests to play it for")
    options.add_argument("--culprit", type=int, default=3, help="number of the event that some plays reject")
    return options


def main():
    options = make_options().parse_args()
    if options.list:
        for p in PLAYS.values():
            print(f"{p.name:26} {'passes' if p.passes else 'stays ':7} {p.does}")
    elif options.dump:
        receiver.dump(options.db)
    else:
        receiver.run(make_server(options))


if __name__ == "__main__":
    main()
