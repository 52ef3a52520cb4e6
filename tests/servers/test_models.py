#!/usr/bin/env python3
"""Talking with real servers of models: llama.cpp's own, with a tiny model of random weights, and LiteLLM's proxy. What
is shown is what the server sent, byte for byte; a relay between the two keeps that."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

import server_fixture as fixture

HERE = pathlib.Path(__file__).resolve().parent
ASK = pathlib.Path(os.environ.get("LW_PROGRAMS", ".")) / "ask_model"
TOKEN = "sk-s3cret-of-ana"
LLAMA = ["xllamacpp==2026.10.11549", "gguf==0.19.0"]
LITELLM = ["litellm[proxy]==1.108.7"]
TOOLS = [{"type": "function", "function": {
    "name": "weather", "description": "Of a day.",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}},
    {"type": "function", "function": {"name": "clock"}}]
SAID = "Xin chào, it's “me” 👩‍💻\n\n```c\nint x;\n```"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Relay:
    """Passes bytes on between the program and a server on that port, and keeps what the server answers."""

    def __init__(self, port):
        self.port, self.answers = port, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.port))
            threading.Thread(target=self.there, args=(client, server), daemon=True).start()
            threading.Thread(target=self.back, args=(server, client), daemon=True).start()

    @staticmethod
    def there(client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def back(self, server, client):
        answer = bytearray()
        self.answers.append(answer)
        try:
            while data := server.recv(65536):
                answer += data
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def body(answer):
    head, rest = bytes(answer).split(b"\r\n\r\n", 1)
    if b"chunked" not in head.lower():
        return rest
    whole = b""
    while rest and (n := int(rest.split(b"\r\n", 1)[0], 16)):
        start = rest.index(b"\r\n") + 2
        whole, rest = whole + rest[start:start + n], rest[start + n + 2:]
    return whole


def text_in(answer):
    """The text in a stream of OpenAI's or Anthropic's events."""
    text = ""
    for line in body(answer).decode().split("\n"):
        if not line.startswith("data: {"):
            continue
        event = json.loads(line[len("data: "):])
        for choice in event.get("choices", []):
            text += choice["delta"].get("content") or ""
        text += event.get("delta", {}).get("text", "")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


class Server:
    """One of the servers as a process, and a relay to it; `with` ends it."""

    def __init__(self, command, port, path, env=None):
        self.folder = tempfile.mkdtemp(prefix="lw-model-")
        self.log = open(f"{self.folder}/log", "wb")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=self.log, stderr=self.log, cwd=self.folder,
                                        env={"PATH": os.environ["PATH"], "HOME": self.folder, **(env or {})})
        self.relay = Relay(port)
        end = time.monotonic() + 300
        while not self.is_up(f"http://127.0.0.1:{port}{path}"):
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{command[0]} did not start:\n" + pathlib.Path(self.log.name).read_text()[-3000:])
            time.sleep(0.1)

    @staticmethod
    def is_up(url):
        try:
            return urllib.request.urlopen(url, timeout=10).status == 200
        except (urllib.error.URLError, OSError):
            return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)


class Asking(unittest.TestCase):
    def setUp(self):
        self.workspace = self.enterContext(fixture.Workspace("labelwright: 1\n", []))

    def ask(self, api, model="tiny-chat", path="", token=TOKEN, content="Hi", candidates=1, messages=None,
            tools=None, **parameters):
        """The answers of that many candidates."""
        self.server.relay.answers.clear()
        url = self.server.relay.url
        self.workspace.settings(
            f"endpoints:\n  {url}: {{token_file: {self.workspace.secret(token)}}}\n"
            f"models:\n  default: {{api: {api}, url: \"{url}{path}\", model: {model}}}\n")
        question = {"messages": messages or [{"role": "user", "content": content}], "tools": tools, "parameters": parameters,
                    "candidates": candidates}
        done = subprocess.run([ASK, "assistant under test"], input=json.dumps(question), capture_output=True, text=True,
                              env=self.workspace.env, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def fails(self, said, *words, **more):
        [answer] = self.ask(*words, **more)
        self.assertEqual(answer["state"], "failed")
        self.assertIn(said, answer["error"])
        self.assertNotIn(TOKEN, answer["error"])
        self.assertNotIn("\n", answer["error"])


class LlamaCpp(Asking):
    @classmethod
    def setUpClass(cls):
        python = fixture.venv("llama-cpp", *LLAMA)
        port = free_port()
        cls.server = Server([python, HERE / "tiny_model.py", "tiny.gguf", str(port), TOKEN], port, "/health")
        cls.addClassCleanup(cls.server.__exit__)

    def test_shows_what_the_server_sent(self):
        odd = 0
        for api in ("openai", "anthropic"):
            for seed in range(20):
                answers = self.ask(api, candidates=4, seed=seed, max_tokens=60, temperature="1.3", system="Be kind.")
                self.assertEqual([a["state"] for a in answers], ["done"] * 4, answers)
                self.assertEqual(sorted(a["text"] for a in answers), sorted(map(text_in, self.server.relay.answers)))
                for a in answers:
                    odd += any(c < " " or c == "\N{REPLACEMENT CHARACTER}" for c in a["text"])
                    self.assertIn(a["finish"], {"stop", "length", "end_turn", "max_tokens"})
                    self.assertIn(a["usage"]["completion_tokens" if api == "openai" else "output_tokens"], range(61))
                    self.assertTrue(a["model"])
        self.assertGreater(odd, 80)  # half of them: so this was no easy text

    def test_takes_tools_and_what_they_gave_back(self):
        """Random weights call at random: what is tested is that the server takes the questions."""
        call = {"name": "weather", "arguments": '{"city": "Oslo"}'}
        messages = [{"role": "user", "content": "Rain?"},
                    {"role": "assistant", "content": "", "tool_calls": [{"id": "a", **call}, {"id": "b", **call}]},
                    {"role": "tool", "tool_call_id": "a", "content": "yes"},
                    {"role": "tool", "tool_call_id": "b", "content": "no"}]
        for api in ("openai", "anthropic"):
            for asked in (messages[:1], messages):
                for answer in self.ask(api, candidates=4, messages=asked, tools=TOOLS, max_tokens=60, seed=1):
                    self.assertEqual((answer["state"], answer["error"]), ("done", None), answer)

    def test_names_what_is_wrong(self):
        self.fails("401: login refused. Set the right token for it under `endpoints:`", "openai", token="wrong")
        self.fails("404: no such model or address. Check `model`, `url` and `api`", "openai", path="/nowhere")
        self.fails("404: no such model or address.", "ollama")
        self.fails("exceeds the available context size", "openai", content="Hi " * 3000)


class LiteLlm(Asking):
    @classmethod
    def setUpClass(cls):
        python = fixture.venv("litellm", *LITELLM)
        port, folder = free_port(), tempfile.mkdtemp(prefix="lw-litellm-")
        cls.addClassCleanup(shutil.rmtree, folder)
        models = {"echo": SAID, "limited": "litellm.RateLimitError", "broken": "litellm.InternalServerError"}
        settings = {"model_list": [
            {"model_name": name, "litellm_params": {"model": "openai/none", "api_key": "none", "mock_response": mock}}
            for name, mock in models.items()], "general_settings": {"master_key": TOKEN}, "router_settings": {"num_retries": 0}}
        settings["model_list"].append({"model_name": "tools", "litellm_params": {
            "model": "hosted_vllm/tools", "api_key": "none", "api_base": cls.begin_model(folder)}})
        pathlib.Path(folder, "config.yaml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")
        cls.server = Server([python.parent / "litellm", "--config", f"{folder}/config.yaml", "--host", "127.0.0.1", "--port",
                             str(port), "--telemetry", "False"], port, "/health/liveliness",
                            {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LC_ALL": "C.UTF-8"})
        cls.addClassCleanup(cls.server.__exit__)

    def test_shows_what_the_server_sent(self):
        for answer in self.ask("openai", "echo", "/v1", candidates=8, temperature="0.7", seed=3, max_tokens=50):
            self.assertEqual((answer["state"], answer["text"], answer["finish"]), ("done", SAID, "stop"))
            self.assertIsInstance(answer["usage"]["completion_tokens"], int)
        [answer] = self.ask("anthropic", "echo")  # which it does not stream
        self.assertEqual((answer["state"], answer["text"], answer["finish"]), ("done", SAID, "end_turn"))

    @classmethod
    def begin_model(cls, folder):
        """A model behind the proxy, which turns questions and answers of Anthropic's API into OpenAI's and back."""
        cls.asked = pathlib.Path(folder, "asked")
        with open(cls.asked, "wb") as log:
            model = subprocess.Popen([sys.executable, HERE / "talking_model.py"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, stderr=log)
        cls.addClassCleanup(model.wait)
        cls.addClassCleanup(model.stdout.close)
        cls.addClassCleanup(model.stdin.close)
        return f"http://127.0.0.1:{model.stdout.readline().split()[1].decode()}/v1"

    def test_tools_are_the_same_by_each_api(self):
        for api in ("openai", "anthropic"):
            [answer] = self.ask(api, "tools", tools=TOOLS)
            calls = answer["tool_calls"]
            self.assertEqual([(c["name"], json.loads(c["arguments"])) for c in calls],
                             [("weather", {"city": "Oslo", "day": 1}), ("clock", {"city": "Oslo", "day": 2})])
            messages = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "", "tool_calls": calls},
                        *({"role": "tool", "tool_call_id": c["id"], "content": c["name"] + "!"} for c in calls)]
            [answer] = self.ask(api, "tools", messages=messages, tools=TOOLS)
            self.assertEqual((answer["state"], answer["text"]), ("done", "So it is weather! and clock!"), answer)
            asked = json.loads(self.asked.read_text().splitlines()[-1])
            self.assertEqual([t["function"]["name"] for t in asked["tools"]], ["weather", "clock"])
            self.assertEqual(asked["tools"][0]["function"]["parameters"], TOOLS[0]["function"]["parameters"])

    def test_names_what_is_wrong(self):
        self.fails("429: too many requests. Ask again later", "openai", "limited")
        self.fails("500: it has failed. Ask again later", "openai", "broken")
        self.fails("Invalid model name passed in model=absent", "openai", "absent")
        self.fails("No connected db", "openai", "echo", token="sk-wrong")  # what it says of a wrong token without one


if __name__ == "__main__":
    if not ASK.exists():
        sys.exit("LW_PROGRAMS does not say where ask_model is. `ctest -R servers` in a build folder does.")
    fixture.main()
