"""A task whose engine is lost again and again: it ends once, is listed, and can be run again (docs/operations.md, dead letters)."""
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

from pdf_text import text_pdf
from running_server import BINARIES, EXTRACT, RunningServer

LONG = text_pdf(["\n".join(f"Line {line} of a page that takes its time." for line in range(50))] * 400)


def children_of(process):
    return [int(child) for task in pathlib.Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]


class DeadLetters(unittest.TestCase):
    def setUp(self):
        self.server = RunningServer()
        self.client = self.server.client

    def tearDown(self):
        self.server.close()

    def tasks(self, *arguments, code=0):
        done = subprocess.run([BINARIES / "docwright", "tasks", *arguments, "--data", self.server.data, "--json"], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout) if code == 0 else done.stderr

    def kill_engines_until_the_end_of(self, task):
        while (state := self.client.get(f"/tasks/{task}").json())["status"] in ("PENDING", "IN_PROGRESS"):
            for parent in children_of(self.server.process.pid):
                for child in children_of(parent):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.05)
        return state

    def test_is_listed_and_runs_again(self):
        task = self.client.submit(EXTRACT, {"documentId": self.client.upload(LONG)})
        state = self.kill_engines_until_the_end_of(task)
        self.assertEqual(state["status"], "FAILED")
        listed = self.tasks("dead")
        self.assertEqual([(each["taskId"], each["operation"]) for each in listed], [(task, "pdf-structural-extract")])
        self.assertGreaterEqual(listed[0]["losses"], 3)
        self.tasks("replay", task)
        self.assertEqual(self.client.end_of(task)["status"], "COMPLETED")
        self.assertEqual(self.tasks("dead"), [])

    def test_only_what_has_failed_runs_again(self):
        task = self.client.submit(EXTRACT, {"documentId": self.client.upload(text_pdf(["A short letter."]))})
        self.assertEqual(self.client.end_of(task)["status"], "COMPLETED")
        self.assertIn("COMPLETED", self.tasks("replay", task, code=1))
        self.assertIn("no task", self.tasks("replay", "unknown", code=1))


if __name__ == "__main__":
    unittest.main()
