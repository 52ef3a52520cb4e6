#!/usr/bin/env python3
"""A server of models that says who it is, and repeats the last message: "left says: Hello". OpenAI's API, in small pieces.

The model "endless" goes on, a word at a time, until nobody listens; "hostile" sends escape sequences, and calls a tool
of such a name; "tools" calls each tool that the request names, until that has their results, and does not say which
model it is. Each request is written to the log. It ends with its stdin.
"""
import argparse
import http.server
import json
import os
import sys
import threading
import time

PIECE = 3  # characters of a delta
HOSTILE = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b5m \u202eback\x08\x08 \x00 end"


class Model(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def event(self, value):
        self.wfile.write(b"data: " + json.dumps(value).encode() + b"\n\n")
        self.wfile.flush()

    def delta(self, text):
        self.event({"model": self.model + "-1", "choices": [{"index": 0, "delta": {"content": text}}]})

    def say(self, text):
        for i in range(0, len(text), PIECE):
            self.delta(text[i:i + PIECE])

    def call(self, index, name):
        """Its name first, then the arguments in pieces, as servers do."""
        def piece(**call):
            self.event({"choices": [{"index": 0, "delta": {"tool_calls": [{"index": index, **call}]}}]})
        arguments = json.dumps({"city": "Oslo", "day": index + 1})
        piece(id=f"call_{index}", type="function", function={"name": name, "arguments": ""})
        for i in range(0, len(arguments), PIECE):
            piece(function={"arguments": arguments[i:i + PIECE]})

    def use_tools(self, asked):
        if asked["messages"][-1]["role"] == "tool":
            results = [m["content"] for m in asked["messages"] if m["role"] == "tool"]
            self.event({"choices": [{"index": 0, "delta": {"content": "So it is " + " and ".join(results)}}]})
            return "stop"
        for i, tool in enumerate(asked.get("tools", [])):
            self.call(i, tool["function"]["name"])
        return "tool_calls"

    def goes_on(self):
        for n in range(1, 1 << 30):
            self.delta(f"word{n} ")
            time.sleep(0.02)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.model = asked["model"]
        print(json.dumps(asked), file=sys.stderr, flush=True)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        finish = "stop"
        if self.model == "tools":
            finish = self.use_tools(asked)
        elif self.model == "endless":
            self.goes_on()
        elif self.model == "hostile":
            self.say(HOSTILE)
            self.call(0, HOSTILE)
        else:
            self.say(f"{self.model} says: {asked['messages'][-1]['content']}")
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        self.event({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 11}})
        self.wfile.write(b"data: [DONE]\n\n")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # nobody listens any more


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--log", action="store_true")
    options.add_argument("--db")
    options.parse_args()
    server = Server(("127.0.0.1", 0), Model)
    print("port", server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while os.read(0, 4096):
        pass


if __name__ == "__main__":
    main()
