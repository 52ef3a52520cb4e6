#!/usr/bin/env python3
"""The reference receiver: an endpoint that takes labelwright's batches, as src/sync/openapi.yaml describes them.

It is for tests and for reading: what a client's own endpoint has to do is all here. It keeps every event once, in one
SQLite table, and tells apart what it has (a duplicate) from what contradicts what it has (a fork).

It prints "port N" (or "unix PATH") when it listens, and ends with its standard input.
"""
import argparse
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import re
import socketserver
import sqlite3
import ssl
import sys
import threading

MAX_EVENTS, MAX_BYTES = 500, 1024 * 1024
LINE = re.compile(rb'\{"v":1,"journal":"([0-9a-f]{32})","seq":([1-9][0-9]{0,17}),.*'
                  rb',"prev":"[0-9a-f]{64}","hash":"([0-9a-f]{64})"\}')
BEHIND_THE_HASHED = len(',"hash":""}') + 64


class Refused(Exception):
    """What is answered instead of a receipt; nothing of the batch is kept."""

    def __init__(self, status, code, message, **more):
        super().__init__(message)
        self.status, self.headers, self.body = status, {}, {"code": code, "message": message, **more}


def line_hash(line):
    """What `hash` of a journal's line must be."""
    return hashlib.sha256(b"labelwright/1\n" + line[:-BEHIND_THE_HASHED]).hexdigest()


class Event:
    """One line of a journal that checked itself."""

    def __init__(self, line):
        found = LINE.fullmatch(line)
        if not found:
            raise Refused(400, "line", "A line is not an event of a labelwright journal.")
        self.line, self.journal, self.seq, self.hash = line, found[1].decode(), int(found[2]), found[3].decode()
        if line_hash(line) != self.hash:
            raise Refused(400, "hash", f"The hash of event {self.seq} does not fit its line.")


def read_batch(key, body):
    """The events of a request's body."""
    if not key:
        raise Refused(400, "key", "There is no Idempotency-Key.")
    if key != f'"{hashlib.sha256(body).hexdigest()}"':
        # The sender has the right bytes: it shall send them once more.
        raise Refused(409, "damaged", "The Idempotency-Key is not the SHA-256 of what arrived.")
    if not body.endswith(b"\n"):
        raise Refused(400, "line", "The last line has no end.")
    lines = body[:-1].split(b"\n")
    if len(lines) > MAX_EVENTS or (len(body) >= MAX_BYTES and len(lines) > 1):
        raise Refused(413, "too_large", f"A batch has at most {MAX_EVENTS} events and under 1 MiB.")
    events = [Event(line) for line in lines]
    if len({e.journal for e in events}) != 1:
        raise Refused(400, "line", "The events belong to more than one journal.")
    return events


class Store:
    """Every event once: unique on (journal, seq)."""

    def __init__(self, path):
        self.lock = threading.Lock()
        self.db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.db.executescript("""
            pragma journal_mode = wal;
            create table if not exists event (
                journal text not null, seq integer not null, hash text not null, line blob not null,
                primary key (journal, seq)) without rowid;
            """)

    @contextlib.contextmanager
    def transaction(self):
        with self.lock:
            self.db.execute("begin immediate")
            try:
                yield self.db
            except BaseException:
                self.db.execute("rollback")
                raise
            self.db.execute("commit")

    def take(self, events):
        """Keeps all of them or, when one contradicts what is here, none. (accepted, duplicates, head)"""
        with self.transaction() as db:
            accepted = 0
            for e in events:
                have = db.execute("select hash from event where journal = ? and seq = ?", (e.journal, e.seq)).fetchone()
                if not have:
                    db.execute("insert into event values (?, ?, ?, ?)", (e.journal, e.seq, e.hash, e.line))
                    accepted += 1
                elif have[0] != e.hash:
                    raise Refused(422, "fork", "Another event with this number is here already.", rejected=[
                        {"seq": e.seq, "code": "fork", "message": f"Event {e.seq} is here with another hash."}])
            head = db.execute("select hash from event where journal = ? order by seq desc limit 1",
                              (events[0].journal,)).fetchone()[0]
        return accepted, len(events) - accepted, head


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection. The server has `store`, `token` and `path`."""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_POST(self):
        try:
            self.check_head()
            body = self.rfile.read(self.length())
            self.answer(200, self.receipt(body))
        except Refused as no:
            self.answer(no.status, no.body, no.headers)

    def receipt(self, body):
        events = read_batch(self.headers["Idempotency-Key"], body)
        accepted, duplicates, head = self.server.store.take(events)
        return {"batch": hashlib.sha256(body).hexdigest(), "accepted": accepted, "duplicates": duplicates,
                "rejected": [], "head": head}

    def check_head(self):
        """Whether this request may be read at all. What is not read ends the connection."""
        self.close_connection = True
        if self.path != self.server.path:
            raise Refused(404, "path", f"Batches are taken at {self.server.path}")
        token = self.server.token
        if token and not hmac.compare_digest(self.headers["Authorization"] or "", f"Bearer {token}"):
            no = Refused(401, "token", "The token is not known here.")
            no.headers["WWW-Authenticate"] = "Bearer"
            raise no
        if self.headers.get_content_type() != "application/x-ndjson":
            raise Refused(415, "type", "A batch is application/x-ndjson.")
        self.length()
        self.close_connection = self.headers["Connection"] == "close"

    def length(self):
        said = self.headers["Content-Length"] or ""
        if not said.isdigit():
            raise Refused(411, "length", "A batch needs a Content-Length.")
        if int(said) > 32 * MAX_BYTES:
            raise Refused(413, "too_large", "No event is that long.")
        return int(said)

    def answer(self, status, body, headers=()):
        self.answer_bytes(status, json.dumps(body).encode(), {"Content-Type": "application/json", **dict(headers)})

    def answer_bytes(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def address_string(self):
        return str(self.client_address[0]) if self.client_address else "unix"

    def log_message(self, format, *args):
        if self.server.log:
            print(self.address_string(), format % args, file=self.server.log, flush=True)


class TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64


class UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def get_request(self):
        connection, _ = super().get_request()
        return connection, None


def quiet(base):
    """A server whose clients may go away, or fail to shake hands, without a word about it."""

    class Server(base):
        tls = None

        def finish_request(self, request, client_address):
            try:
                if self.tls:
                    request = self.tls.wrap_socket(request, server_side=True)
                super().finish_request(request, client_address)
            except (ConnectionError, TimeoutError, ssl.SSLError):
                pass
            finally:
                if self.tls and isinstance(request, ssl.SSLSocket):
                    with contextlib.suppress(OSError):
                        request.close()

    return Server


def tls_context(certificate, key, client_ca):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    if client_ca:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def dump(path):
    """Every line that is kept, as it came."""
    for (line,) in sqlite3.connect(path).execute("select line from event order by journal, seq"):
        sys.stdout.buffer.write(line + b"\n")


def make_server(options, handler=Handler):
    """A listening server; serve_forever() runs it."""
    if options.unix:
        server = quiet(UnixServer)(options.unix, handler)
    else:
        server = quiet(TcpServer)(("127.0.0.1", options.port), handler)
    if options.certificate:
        server.tls = tls_context(options.certificate, options.key, options.client_ca)
    server.store = Store(options.db)
    server.token, server.path, server.log = options.token, options.path, sys.stderr if options.log else None
    return server


def make_options(text=__doc__):
    options = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", default=":memory:", help="where the events are kept")
    options.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0: any that is free")
    options.add_argument("--unix", metavar="PATH", help="listen on a Unix socket instead")
    options.add_argument("--path", default="/v1/batches", help="of the URL")
    options.add_argument("--token", help="the bearer token that every request must carry")
    options.add_argument("--certificate", metavar="PEM", help="speak TLS with this certificate")
    options.add_argument("--key", metavar="PEM", help="its key")
    options.add_argument("--client-ca", metavar="PEM", help="let in only clients with a certificate of this authority")
    options.add_argument("--dump", action="store_true", help="print what is kept, in the order of the numbers, and end")
    options.add_argument("--log", action="store_true", help="a line on stderr for every request")
    return options


def run(server):
    """Serves until the standard input ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    name = server.server_address
    print(f"unix {name}" if isinstance(name, str) else f"port {name[1]}", flush=True)
    while os.read(0, 4096):
        pass


def main():
    options = make_options().parse_args()
    if options.dump:
        dump(options.db)
    else:
        run(make_server(options))


if __name__ == "__main__":
    main()
