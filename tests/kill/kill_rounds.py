#!/usr/bin/env python3
"""Kills server, engine parent and engine children at random moments during mixed load, and checks that nothing accepted is lost.

usage: kill_rounds.py BIN_FOLDER [--rounds 50] [--seed N] [--audit]

Afterwards every accepted document is there byte for byte, every accepted task is in exactly one final state with one result,
`docwright audit verify` finds nothing, and no temporary file is left. --audit goes on and plants a flipped byte, a dropped
record and a swapped pair, each of which the audit must find.
"""
import argparse
import collections
import hashlib
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import io

import requests

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
from pdf_text import text_pdf  # noqa: E402

FINAL = ("COMPLETED", "FAILED")


class Server:
    """The real server on a free port, restarted on the same data folder as often as it is killed."""

    def __init__(self, binaries, data):
        self.binaries, self.data, self.process, self.url = binaries, data, None, None
        self.log = open(data.parent / "server.log", "ab")

    def start(self):
        self.process = subprocess.Popen([self.binaries / "docwright", "serve", "--listen", "127.0.0.1:0", "--data", str(self.data)],
                                        stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                self.url = line.split()[1] + "/pdf-services/api"
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        raise SystemExit(f"the server did not start; see {self.data.parent / 'server.log'}")

    def engines(self):
        """Process ids of the engine parent and its children."""
        out = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        parents = [int(p) for p in out]
        children = [int(c) for p in parents for c in subprocess.run(["pgrep", "-P", str(p)], capture_output=True, text=True).stdout.split()]
        return parents, children

    def kill(self, pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def kill_and_restart(self):
        parents, children = self.engines()
        self.kill(self.process.pid)
        self.process.wait()
        deadline = time.monotonic() + 10
        while any(alive(p) for p in parents + children):
            if time.monotonic() > deadline:
                raise SystemExit("engine processes outlive their server")
            time.sleep(0.02)
        self.start()

    def stop(self):
        self.process.terminate()
        if self.process.wait(60) != 0:
            raise SystemExit(f"the server ended with {self.process.returncode}")


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Load:
    """Clients that upload, submit, poll and download; they write down only what the server has answered."""

    def __init__(self, server, headers, seed):
        self.server, self.headers, self.stopping = server, headers, threading.Event()
        self.documents, self.tasks, self.lock = {}, {}, threading.Lock()
        self.threads = [threading.Thread(target=self.run, args=(random.Random(seed + n), n), daemon=True) for n in range(4)]

    def run(self, dice, number):
        session, count = requests.Session(), 0
        while not self.stopping.is_set():
            count += 1
            try:
                self.one_document(session, dice, f"client {number} document {count}")
            except (requests.RequestException, OSError):
                session = requests.Session()
                time.sleep(0.05)  # the server is being restarted

    def one_document(self, session, dice, text):
        pages = [f"{text}, page {page + 1}. The quick brown fox." for page in range(dice.choice((1, 1, 1, 5, 40)))]
        pdf, base = text_pdf(pages), self.server.url
        answer = session.post(base + "/documents/upload", headers=self.headers, files={"file": ("a.pdf", pdf)}, timeout=30)
        if answer.status_code != 200:
            return
        document = answer.json()["documentId"]
        with self.lock:
            self.documents[document] = hashlib.sha256(pdf).hexdigest()
        path, body = dice.choice((("/documents/pdf-structural-extract", {}), ("/documents/convert/pdf-to-text", {}),
                                  ("/documents/modify/pdf-extract", {"extractType": "PAGE", "pageRange": "1"})))
        answer = session.post(base + path, headers=self.headers, json={"documentId": document, **body}, timeout=30)
        if answer.status_code != 202:
            return
        task = answer.json()["taskId"]
        with self.lock:
            self.tasks[task] = document
        session.get(f"{base}/tasks/{task}", headers={**self.headers, "Prefer": f"wait={dice.choice((0, 1))}"}, timeout=30)


def check(condition, message):
    if not condition:
        raise SystemExit(f"FAILED: {message}")


def credentials(data):
    pairs = dict(line.strip().split("=", 1) for line in (data / "credentials.env").read_text().splitlines() if "=" in line)
    return {"client_id": pairs["CLIENT_ID"], "client_secret": pairs["CLIENT_SECRET"]}


def final_states(server, headers, tasks):
    session, found, deadline = requests.Session(), {}, time.monotonic() + 180
    for task in tasks:
        while True:
            answer = session.get(f"{server.url}/tasks/{task}", headers={**headers, "Prefer": "wait=5"}, timeout=30)
            check(answer.status_code == 200, f"accepted task {task} answers {answer.status_code}")
            if answer.json()["status"] in FINAL:
                found[task] = answer.json()
                break
            check(time.monotonic() < deadline, f"task {task} is still {answer.json()['status']}")
    return found


def check_nothing_lost(server, headers, load):
    states, session = final_states(server, headers, load.tasks), requests.Session()
    for document, digest in load.documents.items():
        answer = session.get(f"{server.url}/documents/{document}/download", headers=headers, timeout=30)
        check(answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == digest, f"accepted document {document} is lost")
    for task, state in states.items():
        if state["status"] == "COMPLETED":
            answer = session.get(f"{server.url}/documents/{state['resultDocumentId']}/download", headers=headers, timeout=30)
            may_be_empty = answer.headers.get("Content-Type", "").startswith("text/plain")  # of a page without body text
            check(answer.status_code == 200 and (answer.content or may_be_empty), f"the result of {task} is lost")
            if answer.headers["Content-Type"] == "application/zip":
                check(zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None, f"the result of {task} is broken")
        else:
            check(state["error"]["message"], f"{task} failed without a message")
        again = session.get(f"{server.url}/tasks/{task}", headers=headers, timeout=30).json()
        check(again == state, f"{task} changed its final state")
    completed = sum(s["status"] == "COMPLETED" for s in states.values())
    reasons = collections.Counter(f"{s['error']['code']}: {s['error']['message']}" for s in states.values() if s["status"] == "FAILED")
    for reason, count in reasons.most_common():
        print(f"  failed {count} times: {reason}")
    print(f"{len(load.documents)} documents and {len(states)} tasks accepted, all there; {completed} completed, {len(states) - completed} failed")
    check(completed > 0, "no task completed")


def audit(server):
    return subprocess.run([server.binaries / "docwright", "audit", "verify", "--data", str(server.data)], capture_output=True, text=True)


def check_no_temporary_files(data):
    left = [p for folder in data.rglob("*") if folder.is_dir() and folder.name in ("tmp", "uploads", "incoming") for p in folder.rglob("*") if p.is_file()]
    check(not left, f"temporary files are left: {left[:5]}")


def with_database_copy(server, change):
    """The audit's exit code over a copy of the data folder after `change` to its events."""
    copy = server.data.parent / "tampered"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(server.data, copy)
    database = next(copy.glob("*.db"), None) or next(copy.glob("*.sqlite*"))
    connection = sqlite3.connect(database)
    for (name,) in connection.execute("select name from sqlite_master where type='trigger'").fetchall():
        connection.execute(f'drop trigger "{name}"')
    change(connection)
    connection.commit()
    connection.close()
    return subprocess.run([server.binaries / "docwright", "audit", "verify", "--data", str(copy)], capture_output=True, text=True)


def flip_a_byte(connection):
    row, body = connection.execute("select id, body from events where body like '%task.completed%' order by id limit 1 offset 3").fetchone()
    text = body if isinstance(body, str) else body.decode()
    changed = text.replace('"v":1', '"v":2', 1)
    connection.execute("update events set body=? where id=?", (changed if isinstance(body, str) else changed.encode(), row))


def drop_a_record(connection):
    row = connection.execute("select id from events where body like '%task.started%' order by id limit 1 offset 3").fetchone()[0]
    connection.execute("delete from events where id=?", (row,))


def swap_a_pair(connection):
    stream = connection.execute("select stream from events group by stream having count(*) >= 4 order by stream limit 1").fetchone()[0]
    (a, one), (b, two) = connection.execute("select id, body from events where stream=? order by id limit 2", (stream,)).fetchall()
    connection.execute("update events set body=? where id=?", (two, a))
    connection.execute("update events set body=? where id=?", (one, b))


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("binaries", type=pathlib.Path)
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--audit", action="store_true")
    given = options.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="docwright-kill-") as folder:
        server = Server(given.binaries.resolve(), pathlib.Path(folder) / "data")
        server.start()
        headers = credentials(server.data)
        load, kills = Load(server, headers, given.seed), {"server": 0, "parent": 0, "child": 0}
        for thread in load.threads:
            thread.start()
        for _ in range(given.rounds):
            time.sleep(dice.uniform(0.02, 0.3))
            victim = dice.choice(("server", "parent", "child", "child", "child"))
            parents, children = server.engines()
            if victim == "server":
                server.kill_and_restart()
            elif victim == "parent" and parents:
                server.kill(dice.choice(parents))
            elif children:
                server.kill(dice.choice(children))
            kills[victim] += 1
        load.stopping.set()
        for thread in load.threads:
            thread.join(60)
        print("kills:", kills)
        check_nothing_lost(server, headers, load)
        server.stop()
        verdict = audit(server)
        check(verdict.returncode == 3, f"audit verify exits {verdict.returncode}: {verdict.stdout[-800:]}{verdict.stderr[-800:]}")
        check_no_temporary_files(server.data)
        for change in (flip_a_byte, drop_a_record, swap_a_pair) if given.audit else ():
            verdict = with_database_copy(server, change)
            check(verdict.returncode == 1, f"audit verify overlooks {change.__name__}: exits {verdict.returncode}: {verdict.stdout[-500:]}")
            print(f"{change.__name__}: found ({verdict.stdout.strip().splitlines()[-1][:120]})")
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
