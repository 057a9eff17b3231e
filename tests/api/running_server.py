"""The real server on a free port with a data folder of its own, and a client that knows the four steps."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading

import requests

BINARIES = pathlib.Path(os.environ["DOCWRIGHT_BIN"])
EXTRACT = "/documents/pdf-structural-extract"


class Client:
    """Calls with one credential pair."""

    def __init__(self, server, client_id, client_secret):
        self.server, self.id, self.secret = server, client_id, client_secret
        self.session = requests.Session()
        self.session.trust_env = False  # no proxy and no certificates of the machine
        self.session.headers.update({"client_id": client_id, "client_secret": client_secret})

    def call(self, method, path, **arguments):
        return self.session.request(method, self.server.base + path, timeout=60, **arguments)

    def get(self, path, **arguments):
        return self.call("GET", path, **arguments)

    def post(self, path, body=None, **arguments):
        return self.call("POST", path, json=body, **arguments) if body is not None else self.call("POST", path, **arguments)

    def upload(self, data, name="a.pdf", **arguments):
        """The document id."""
        answer = self.call("POST", "/documents/upload", files={"file": (name, data)}, **arguments)
        assert answer.status_code == 200, answer.text
        return answer.json()["documentId"]

    def submit(self, path, body, **arguments):
        """The task id."""
        answer = self.post(path, body, **arguments)
        assert answer.status_code in (200, 202), answer.text
        return answer.json()["taskId"]

    def end_of(self, task):
        """The task in its final state."""
        while True:
            state = self.get(f"/tasks/{task}", headers={"Prefer": "wait=30"}).json()
            if state["status"] in ("COMPLETED", "FAILED"):
                return state

    def download(self, document, **arguments):
        return self.get(f"/documents/{document}/download", **arguments)


class RunningServer:
    def __init__(self, *options, data=None, environment=None, within=()):
        """`within`: a command that ends by becoming the one it is given."""
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="docwright-api-"))
        self.data = data or self.folder / "data"
        self.options, self.environment, self.within = options, {**os.environ, **(environment or {})}, within
        self.log_path = self.folder / "server.log"
        self.start()

    def start(self):
        command = [*self.within, BINARIES / "docwright", "serve", "--listen", "127.0.0.1:0", "--data", self.data, *self.options]
        self.said = []
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=log, text=True, env=self.environment)
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if line.startswith("ready "):
                break
        else:
            raise AssertionError(f"the server did not start: {self.log_path.read_text()}")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.root = self.said[-1].split()[1]
        self.base = self.root + "/pdf-services/api"
        self.port = int(self.root.rsplit(":", 1)[1])
        pairs = dict(line.split("=", 1) for line in (self.data / "credentials.env").read_text().split("\n") if "=" in line)
        self.client = Client(self, pairs["CLIENT_ID"], pairs["CLIENT_SECRET"])

    def second_client(self):
        """A client of another account."""
        made = json.loads(subprocess.run([BINARIES / "docwright", "keys", "create", "--data", self.data, "--new-account", "second", "--json"],
                                         check=True, capture_output=True, text=True).stdout)
        return Client(self, made["clientId"], made["clientSecret"])

    def another_session(self):
        """The same credential pair on a connection of its own: one for each thread."""
        return Client(self, self.client.id, self.client.secret)

    def log(self):
        return [json.loads(line) for line in self.log_path.read_text().splitlines()]

    def log_of(self, request_id):
        return [line for line in self.log() if line.get("request_id") == request_id]

    def stop(self, expected=0):
        self.process.terminate()
        code = self.process.wait(90)
        assert code == expected, f"the server ended with {code}: {self.log_path.read_text()[-2000:]}"

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.client.session.close()
        shutil.rmtree(self.folder, ignore_errors=True)
