"""docwright watch with real engines: what appears is converted once, whole, whatever happens in between."""
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest

from pdf_text import text_pdf

BINARIES = pathlib.Path(os.environ["DOCWRIGHT_BIN"])
STATE = ".docwright-watch"


def letter(word):
    return text_pdf([f"A short letter about {word}.\nWith two lines of text in it.\nAnd a third one to be sure."])


class Watch(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.inbox, self.out = self.folder / "in", self.folder / "out"
        self.inbox.mkdir()

    def put(self, name, word=None):
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(letter(word or path.stem))

    def command(self, *arguments):
        return [BINARIES / "docwright", "watch", "in", "out", "--operation", "pdf-to-text", *arguments]

    def once(self, *arguments, code=0):
        """The lines it says, without the first."""
        done = subprocess.run(self.command("--once", *arguments), capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout.splitlines()[1:]

    def start(self, *arguments):
        process = subprocess.Popen(self.command(*arguments), stdout=subprocess.PIPE, text=True, cwd=self.folder)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline().startswith("watching "))
        return process

    def results(self):
        return {str(p.relative_to(self.out)): p.read_text() for p in self.out.rglob("*")
                if p.is_file() and STATE not in p.parts and "failed" not in p.relative_to(self.out).parts}

    def wait_for(self, name):
        for _ in range(600):
            if (self.out / name).exists():
                return (self.out / name).read_text()
            time.sleep(0.05)
        self.fail(f"{name} did not come")

    def test_the_same_input_is_converted_once_and_a_changed_one_again(self):
        self.put("a.pdf")
        self.put("b.pdf")
        self.assertEqual(len(self.once()), 2)
        self.assertIn("about a", self.results()["a.txt"])
        before = (self.out / "a.txt").stat().st_mtime_ns
        self.assertEqual(self.once(), [])
        os.utime(self.inbox / "a.pdf")
        self.assertEqual(self.once(), ["known   a.pdf: unchanged since it was done"])
        self.assertEqual((self.out / "a.txt").stat().st_mtime_ns, before)
        (self.out / "b.txt").unlink()  # taken away by whoever wanted it
        self.put("a.pdf", "something else")
        self.assertEqual([line.split()[:2] for line in self.once()], [["done", "a.pdf"]])
        self.assertIn("about something else", self.results()["a.txt"])
        self.assertEqual(sorted(self.results()), ["a.txt"])

    def test_other_values_are_other_work(self):
        self.put("a.pdf")
        self.once()
        self.assertEqual([line.split()[0] for line in self.once("--param", "pageRange=1")], ["done"])
        self.assertEqual(sorted(self.results()), ["a.txt"])

    def test_a_failure_moves_out_of_the_way_with_its_reason(self):
        self.put("good.pdf")
        for _ in range(2):  # the second of its name stands beside the first
            (self.inbox / "bad.pdf").write_bytes(b"not a PDF")
            lines = self.once(code=1)
            self.assertTrue(any(line.startswith("failed  bad.pdf: ") for line in lines), lines)
        self.assertEqual(sorted(p.name for p in self.inbox.iterdir()), ["good.pdf"])
        failed = self.out / "failed"
        self.assertEqual(sorted(p.name for p in failed.iterdir()), ["bad-2.pdf", "bad-2.pdf.error.json", "bad.pdf", "bad.pdf.error.json"])
        reason = json.loads((failed / "bad.pdf.error.json").read_text())
        self.assertEqual((reason["file"], reason["operation"]), ("bad.pdf", "pdf-to-text"))
        self.assertTrue(reason["code"] and reason["message"])
        self.assertEqual(sorted(self.results()), ["good.txt"])
        (self.inbox / "bad.pdf").write_bytes(b"not a PDF")
        self.once("--failed", "elsewhere", code=1)
        self.assertTrue((self.folder / "elsewhere" / "bad.pdf.error.json").exists())

    def test_unfinished_hidden_and_foreign_files_are_left_alone(self):
        for name in (".a.pdf", "~$a.pdf", ".~lock.a.pdf#", "a.pdf.part", "a.pdf.crdownload", "a.pdf.tmp", "notes.md", "deep/a.pdf"):
            self.put(name)
        (self.inbox / "link.pdf").symlink_to("/etc/hostname")
        self.put("a.pdf")
        self.assertEqual([line.split()[1] for line in self.once()], ["a.pdf"])
        self.assertEqual(len([p for p in self.inbox.rglob("*") if not p.is_dir()]), 10)

    def test_two_inputs_of_one_stem_and_a_strangers_file_keep_their_names(self):
        self.out.mkdir()
        (self.out / "b.txt").write_text("a stranger's")
        for name in ("a.pdf", "a.PDF", "b.pdf"):
            self.put(name)
        self.once()
        results = self.results()
        self.assertEqual(len(results), 4)
        self.assertEqual(results["b.txt"], "a stranger's")
        self.assertIn("about b", results["b.pdf.txt"])
        self.put("b.pdf", "more")
        self.once()
        self.assertEqual(sorted(self.results()), sorted(results))

    def test_a_tree_is_mirrored_and_results_inside_it_are_no_inputs(self):
        for name in ("a.pdf", "deep/er/a.pdf"):
            self.put(name)
        command = [BINARIES / "docwright", "watch", "in", "in/out", "--operation", "pdf-extract", "--param", "extractType=PAGE", "--recursive",
                   "--once"]
        for expected in (2, 0):
            done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(len(done.stdout.splitlines()) - 1, expected, done.stdout)
        self.assertTrue((self.inbox / "out" / "deep" / "er" / "a.pdf").exists())

    def test_files_are_taken_when_they_are_finished(self):
        process = self.start("--recursive")
        data = letter("slowness")
        with open(self.inbox / "slow.pdf", "wb", buffering=0) as file:
            file.write(data[:100])
            time.sleep(3)  # longer than the time of quiet
            self.assertEqual(self.results(), {})
            file.write(data[100:])
        self.assertIn("about slowness", self.wait_for("slow.txt"))
        (self.folder / "moved.pdf").write_bytes(letter("moving"))
        (self.folder / "moved.pdf").rename(self.inbox / "moved.pdf")
        self.assertIn("about moving", self.wait_for("moved.txt"))
        self.put("new/folder/late.pdf")
        self.assertIn("about late", self.wait_for("new/folder/late.txt"))
        (self.inbox / "new.pdf.part").write_bytes(letter("naming"))
        (self.inbox / "new.pdf.part").rename(self.inbox / "new.pdf")
        self.assertIn("about naming", self.wait_for("new.txt"))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)

    def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(self):
        chance = random.Random(5)
        count = 30
        for number in range(count):
            self.put(f"{number:02}.pdf", f"number {number}")
        (self.inbox / "bad.pdf").write_bytes(b"not a PDF")
        time.sleep(2.1)  # all are quiet from the start
        for _ in range(12):
            process = self.start("--jobs", "2")
            time.sleep(chance.uniform(0, 0.12))
            process.kill()
            process.wait()
        self.once(code=0 if (self.out / "failed" / "bad.pdf").exists() else 1)
        self.assertEqual(sorted(self.results()), [f"{number:02}.txt" for number in range(count)])
        for number in range(count):
            self.assertIn(f"about number {number}.", self.results()[f"{number:02}.txt"])
        self.assertEqual(sorted(p.name for p in (self.out / "failed").iterdir()), ["bad.pdf", "bad.pdf.error.json"])
        self.assertEqual(sorted(p.name for p in (self.out / STATE).iterdir()), ["journal", "lock"])
        self.assertEqual(self.once(), [])

    def test_a_journal_that_a_power_cut_tore_is_read_up_to_there(self):
        self.put("a.pdf")
        self.once()
        with open(self.out / STATE / "journal", "ab") as journal:
            journal.write(b"done\t1234\t5")
        self.put("b.pdf")
        self.assertEqual([line.split()[1] for line in self.once()], ["b.pdf"])
        self.assertEqual(self.once(), [])

    def test_one_folder_of_results_belongs_to_one_watch(self):
        self.start()
        self.put("a.pdf")
        done = subprocess.run(self.command("--once"), capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Another docwright watch", done.stderr)

    def test_wrong_usage_is_2(self):
        for arguments in (("in",), ("in", "in"), ("in", "out", "--operation", "no-such"), ("in", "out", "--param", "a=b"),
                          ("in", "out", "--operation", "pdf-to-text", "--param", "colour=red"),
                          ("in", "out", "--operation", "pdf-to-text", "--param", "pageRange")):
            done = subprocess.run([BINARIES / "docwright", "watch", *arguments], capture_output=True, text=True, cwd=self.folder)
            self.assertEqual(done.returncode, 2, (arguments, done.stderr))
        done = subprocess.run([BINARIES / "docwright", "watch", "nowhere", "out", "--once"], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn("nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()
