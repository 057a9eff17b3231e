"""The command line as a shell sees it: exit codes, files in and out, options from declarations."""
import os
import pathlib
import subprocess
import tempfile
import unittest
import zipfile

from pdf_text import text_pdf

BINARIES = pathlib.Path(os.environ["DOCWRIGHT_BIN"])
PDF = text_pdf(["A short letter.\nWith two lines of text in it.\nAnd a third one to be sure."])


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "a.pdf").write_bytes(PDF)

    def run_it(self, *arguments, code=0, **environment):
        done = subprocess.run([BINARIES / "docwright", *map(str, arguments)], capture_output=True, cwd=self.folder,
                              env={**os.environ, **environment})
        self.assertEqual(done.returncode, code, done.stderr)
        return done

    def test_usage_errors_are_2_and_help_is_0(self):
        for arguments in ((), ("frobnicate",), ("extract",), ("extract", "a.pdf"), ("extract", "a.pdf", "-o", "x.zip", "--detail", "all"),
                          ("extract", "a.pdf", "-o", "x.zip", "--analysis-time", "soon"), ("run", "no-such", "a.pdf", "-o", "x"), ("extract", "none.pdf", "-o", "x.zip"),
                          ("keys",), ("serve", "--listen", "nowhere")):
            self.run_it(*arguments, code=2)
        for arguments in (("--help",), ("--version",), ("run", "--help"), ("extract", "--help"), ("run", "pdf-structural-extract", "--help"), ("keys", "--help")):
            self.assertTrue(self.run_it(*arguments).stdout)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.pdf"])

    def test_the_ending_chooses_the_form(self):
        for ending, start in (("zip", b"PK"), ("json", b"{"), ("md", b""), ("html", b"<"), ("txt", b"")):
            self.run_it("extract", "a.pdf", "-o", f"out.{ending}")
            data = (self.folder / f"out.{ending}").read_bytes()
            self.assertTrue(data.startswith(start), ending)
            if ending in ("md", "html", "txt"):
                self.assertIn(b"two lines of text", data)

    def test_the_same_input_gives_the_same_bytes(self):
        self.run_it("extract", "a.pdf", "-o", "one.zip")
        self.run_it("run", "pdf-structural-extract", "a.pdf", "-o", "two.zip", "--jobs", "1")
        self.assertEqual((self.folder / "one.zip").read_bytes(), (self.folder / "two.zip").read_bytes())
        self.run_it("extract", "a.pdf", "-o", "later.zip", SOURCE_DATE_EPOCH="1700000000")
        self.assertIn(b"2023-11-14T22:13:20Z", zipfile.ZipFile(self.folder / "later.zip").read("StructureInfo.json"))

    def test_a_folder_becomes_a_folder_and_failures_are_listed(self):
        (self.folder / "in" / "deep").mkdir(parents=True)
        for name in ("in/b.pdf", "in/c.PDF", "in/deep/b.pdf"):
            (self.folder / name).write_bytes(PDF)
        (self.folder / "in" / "notes.txt").write_text("not asked for")
        self.run_it("extract", "in", "-o", "out", "--output-format", "md")
        self.assertEqual(sorted(str(p.relative_to(self.folder / "out")) for p in (self.folder / "out").rglob("*.*")), ["b.md", "c.md", "deep/b.md"])
        (self.folder / "in" / "broken.pdf").write_bytes(b"not a PDF")
        done = self.run_it("extract", "in", "-o", "out2", "--jobs", "2", code=1)
        self.assertIn(b"3 of 4 done, 1 failed", done.stdout)
        self.assertIn(b"broken.pdf", done.stderr)
        self.assertEqual(sorted(p.name for p in (self.folder / "out2").glob("*")), ["b.zip", "c.zip", "deep"])

    def test_a_failed_run_leaves_what_was_there(self):
        (self.folder / "broken.pdf").write_bytes(b"not a PDF")
        (self.folder / "out.zip").write_bytes(b"old")
        done = self.run_it("extract", "broken.pdf", "-o", "out.zip", code=1)
        self.assertIn(b"broken.pdf", done.stderr)
        self.assertEqual((self.folder / "out.zip").read_bytes(), b"old")
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.pdf", "broken.pdf", "out.zip"])

    def test_standard_output_as_the_target(self):
        self.assertIn(b"two lines of text", self.run_it("extract", "a.pdf", "-o", "-", "--output-format", "txt").stdout)

    def test_operations_and_doctor_speak(self):
        self.assertIn(b"pdf-structural-extract", self.run_it("operations").stdout)
        self.assertTrue(self.run_it("doctor").stdout)


if __name__ == "__main__":
    unittest.main()
