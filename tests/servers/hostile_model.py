#!/usr/bin/env python3
"""A server of models that answers in every way that servers have been seen to: it gives back the last message of the
user, in the manner that the model's name says: "one_byte", "cut", "redirect", … (--list names them).

It speaks the API of the path that is asked: OpenAI's, Ollama's or Anthropic's. With --tls FOLDER (see certificates.sh)
it also listens with a certificate that nobody knows, and writes that port to FOLDER/port. It ends with its stdin.
"""
import argparse
import json
import os
import socket
import ssl
import struct
import sys
import threading

PLAYS = {}
PIECE = 5  # characters of a delta
GIANT = 300  # times the text in one delta


def play(run):
    PLAYS[run.__name__] = run
    return run


# ---- What each API says

class OpenAI:
    type = "text/event-stream; charset=utf-8"

    def event(self, v):
        return b"data: " + v + b"\n\n"

    def delta(self, text):
        return self.event(b'{"id":"c","object":"chat.completion.chunk","model":"echo-1","choices":[{"index":0,"delta":'
                          b'{"content":' + text + b'},"finish_reason":null}],"usage":null}')

    def begin(self):
        return self.event(b'{"model":"echo-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}')

    def finish(self):
        return self.event(b'{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}')

    def end(self):
        return self.event(b'{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":11}}') + self.event(b"[DONE]")

    def error(self):
        return self.event(self.error_body())

    def error_body(self):
        return b'{"error":{"message":"out of memory","type":"server_error","code":500}}'

    def whole(self, text):
        return (b'{\n  "object": "chat.completion", "model": "echo-1",\n  "choices": [{"index": 0, "message": {"role": '
                b'"assistant", "content": ' + text + b'}, "finish_reason": "stop"}],\n  "usage": {"prompt_tokens": 7}}\n')

    def alive(self):
        return b": keep-alive\n\n"


class Anthropic(OpenAI):
    def event(self, v):
        kind = json.loads(v[:v.index(b",")] + b"}" if b"," in v else v)["type"].encode()
        return b"event: " + kind + b"\ndata: " + v + b"\n\n"

    def delta(self, text):
        return self.event(b'{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":' + text + b"}}")

    def begin(self):
        return (self.event(b'{"type":"message_start","message":{"id":"m","role":"assistant","content":[],"model":"echo-1",'
                           b'"usage":{"input_tokens":7,"output_tokens":1}}}')
                + self.event(b'{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}'))

    def finish(self):
        return (self.event(b'{"type":"content_block_stop","index":0}')
                + self.event(b'{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":11}}'))

    def end(self):
        return self.event(b'{"type":"message_stop"}')

    def error_body(self):
        return b'{"type":"error","error":{"type":"api_error","message":"out of memory"}}'

    def whole(self, text):
        return (b'{"type": "message", "model": "echo-1", "content": [{"type": "text", "text": ' + text + b'}],\n'
                b'"stop_reason": "end_turn", "usage": {"input_tokens": 7}}')

    def alive(self):
        return self.event(b'{"type":"ping"}') + b": keep-alive\n\n"


class Ollama(OpenAI):
    type = "application/x-ndjson"

    def event(self, v):
        return v + b"\n"

    def delta(self, text):
        return self.event(b'{"model":"echo-1","message":{"role":"assistant","content":' + text + b'},"done":false}')

    def begin(self):
        return b""

    def finish(self):
        return b""

    def end(self):
        return self.event(b'{"model":"echo-1","message":{"role":"assistant","content":""},"done_reason":"stop",'
                          b'"done":true,"total_duration":123456789012,"prompt_eval_count":7,"eval_count":11}')

    def error_body(self):
        return b'{"error":"out of memory"}'

    def whole(self, text):
        return (b'{"model": "echo-1",\n "message": {"role": "assistant", "content": ' + text + b'},\n'
                b' "done_reason": "stop", "done": true, "eval_count": 11}')

    def alive(self):
        return b"\n"


APIS = {"/v1/chat/completions": OpenAI(), "/v1/messages": Anthropic(), "/api/chat": Ollama()}


# ---- A connection

class Gone(Exception):
    pass


class Talk:
    def __init__(self, connection):
        self.connection = connection

    def read_request(self):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.receive()
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        self.headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines[1:])}
        while len(body) < int(self.headers.get("content-length", 0)):
            body += self.receive()
        self.path = lines[0].split()[1]
        self.asked = json.loads(body)
        self.api = APIS[self.path]
        message = [m["content"] for m in self.asked["messages"] if m["role"] == "user"][-1]
        self.text = message
        self.pieces = [message[i:i + PIECE] for i in range(0, len(message), PIECE)]

    def receive(self):
        data = self.connection.recv(65536)
        if not data:
            raise Gone
        return data

    def send(self, data):
        self.connection.sendall(data)

    def head(self, status="200 OK", kind=None, *more):
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind or self.api.type}", "Connection: close", *more]
        self.send(("\r\n".join(lines) + "\r\n\r\n").encode())

    def quote(self, text):
        """As JSON: escaped or as it stands, by turns."""
        self.turn = not getattr(self, "turn", False)
        return json.dumps(text, ensure_ascii=self.turn).encode()

    def deltas(self):
        return [self.api.delta(self.quote(p)) for p in self.pieces]

    def stream(self):
        return [self.api.begin(), *self.deltas(), self.api.finish(), self.api.end()]

    def chunked(self, parts, whole=True):
        self.head("200 OK", None, "Transfer-Encoding: chunked")
        for part in parts:
            if part:
                self.send(b"%x\r\n%s\r\n" % (len(part), part))
        if whole:
            self.send(b"0\r\n\r\n")

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# ---- Whole answers

@play
def plain(t):
    t.chunked(t.stream())


@play
def at_once(t):
    t.head()
    t.send(b"".join(t.stream()))


@play
def one_byte(t):
    t.head()
    for byte in b"".join(t.stream()):
        t.send(bytes([byte]))


@play
def crlf(t):
    t.chunked([part.replace(b"\n", b"\r\n") for part in t.stream()])


@play
def cr(t):
    t.chunked([part.replace(b"\n", b"\r") for part in t.stream()])


@play
def comments(t):
    t.chunked([t.api.alive() * 3] + [part + t.api.alive() for part in t.stream()])


@play
def no_done(t):
    t.chunked(t.stream()[:-1] if t.api.finish() else t.stream())


@play
def no_end_of_chunks(t):
    t.chunked(t.stream(), whole=False)


@play
def after_done(t):
    t.chunked(t.stream() + [t.api.delta(b'"never shown"')] * 3)


@play
def never_closes(t):
    t.chunked(t.stream(), whole=False)
    t.receive()


@play
def not_streamed(t):
    body = t.api.whole(t.quote(t.text))
    t.head("200 OK", "application/json", f"Content-Length: {len(body)}")
    t.send(body)


@play
def wrong_type(t):
    t.head("200 OK", "text/plain")
    t.send(b"".join(t.stream()))


@play
def giant(t):
    t.chunked([t.api.begin(), t.api.delta(t.quote(t.text * GIANT)), t.api.finish(), t.api.end()])


@play
def split_characters(t):
    """Every delta is one byte of the text, so that most are no UTF-8."""
    def raw(byte):
        return json.dumps(chr(byte)).encode() if byte < 128 else b'"' + bytes([byte]) + b'"'
    t.chunked([t.api.begin()] + [t.api.delta(raw(b)) for b in t.text.encode()] + [t.api.finish(), t.api.end()])


@play
def no_utf8(t):
    """The text, then three bytes that are none."""
    t.chunked([t.api.begin(), *t.deltas(), t.api.delta(b'"\xff\xc3"'), t.api.delta(b'"\xe2"'), t.api.finish(), t.api.end()])


# ---- Answers that end too early

def half(t):
    return [t.api.begin(), *t.deltas()[:len(t.pieces) // 2]]


@play
def cut(t):
    """In the middle of an event."""
    t.chunked(half(t) + [t.api.delta(b'"lost"')[:-9]], whole=False)


@play
def ends_unfinished(t):
    t.chunked(half(t))


@play
def reset(t):
    """After a moment, as a reset takes away what was not read yet."""
    t.chunked(half(t), whole=False)
    t.connection.settimeout(0.05)
    try:
        t.receive()
    except socket.timeout:
        t.reset()


@play
def error_inside(t):
    t.chunked(half(t) + [t.api.error()])


@play
def no_json_inside(t):
    t.chunked(half(t) + [b"data: <oops\n\n" if t.api.type != Ollama.type else b"<oops>\n"])


# ---- Answers without end: the client has to stop

@play
def endless(t):
    t.head()
    t.send(t.api.begin())
    while True:
        t.send(b"".join(t.deltas()))


@play
def drip(t):
    """Half of the text, and then a byte now and then."""
    t.head()
    t.send(b"".join(half(t)))
    t.connection.settimeout(0.2)
    while True:
        t.send(b" " if t.api.type == Ollama.type else b":")
        try:
            t.receive()
        except socket.timeout:
            pass


@play
def stalls(t):
    t.head()
    t.send(t.api.alive() + b"".join(half(t)))
    t.receive()


# ---- No answer

@play
def refused(t):
    t.head("401 Unauthorized", "application/json")
    t.send(b'{"error":{"message":"Incorrect API key: %s"}}' % t.headers.get("authorization", "none")[7:].encode())


@play
def forbidden(t):
    t.head("403 Forbidden", "application/json")
    t.send(b'{"detail":"Not for you"}')


@play
def absent(t):
    t.head("404 Not Found", "application/json")
    t.send(b'{"error":"model \\"x\\" not found, try pulling it first"}')


@play
def too_often(t):
    t.head("429 Too Many Requests", "application/json", "Retry-After: 7")
    t.send(b'[{"error":{"message":"Slow down"}}]')


@play
def overloaded(t):
    t.head("503 Service Unavailable", "text/html", "Retry-After: 30")
    t.send(b"<html>busy</html>")


@play
def broken(t):
    t.head("500 Oops", "text/plain")
    t.send(b"x" * 300000)


@play
def redirect(t):
    t.head("307 Temporary Redirect", "text/plain", "Location: https://elsewhere.example.org/v1", "Content-Length: 0")


@play
def error_at_once(t):
    body = t.api.error_body()
    t.head("200 OK", "application/json", f"Content-Length: {len(body)}")
    t.send(body)


@play
def web_page(t):
    t.head("200 OK", "text/html")
    t.send(b"<!doctype html><title>Sign in</title>" + b"x" * 100000)


@play
def nonsense(t):
    t.head("200 OK", "text/plain")
    t.send(b"Service temporarily unavailable\n" * 20)


@play
def empty(t):
    t.head("200 OK", None, "Content-Length: 0")


@play
def says_nothing(t):
    t.chunked([t.api.begin(), t.api.finish(), t.api.end()])


@play
def hangs_up(t):
    pass


@play
def silence(t):
    t.receive()


def serve(connection, log):
    talk = Talk(connection)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        talk.read_request()
        if log:
            print(f"POST {talk.path} {talk.asked['model']}", file=sys.stderr, flush=True)
        PLAYS[talk.asked["model"]](talk)
    except (OSError, Gone):
        pass
    finally:
        connection.close()


def listen(context=None):
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def handle(connection):
        try:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            serve(connection, log=options.log)
        except OSError:
            connection.close()

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=handle, args=(connection,), daemon=True).start()
    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", action="store_true", help="write a line for each request to stderr")
    parser.add_argument("--db", help="not used: as for the other servers")
    parser.add_argument("--tls", metavar="FOLDER")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        sys.exit(print("\n".join(PLAYS)))
    if options.tls:
        with_certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with_certificate.load_cert_chain(f"{options.tls}/server.pem", f"{options.tls}/server.key")
        with open(f"{options.tls}/port", "w", encoding="ascii") as file:
            file.write(str(listen(with_certificate)))
    print("port", listen(), flush=True)
    sys.stdin.read()
    os._exit(0)
