"""`docwright generate` and `docwright template check`: without a server."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from running_server import BINARIES
from word_templates import docx, table, texts

LETTER = docx("Dear {{name}}", "{{ sum \\# Currency }} {{ today \\@ yyyy-MM-dd }}")
DATE = ("--time", "2026-11-24T00:00:00Z")


def pdf_text(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


class GenerateCommand(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.write("letter.docx", LETTER)

    def write(self, name, content):
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def run_it(self, *arguments, code=0):
        done = subprocess.run([BINARIES / "docwright", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def names(self, folder):
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def texts(self, name):
        return texts((self.folder / name).read_bytes())

    def test_one_document(self):
        self.write("values.json", '{"name": "Ann", "sum": 12.5}')
        self.run_it("generate", "letter.docx", "values.json", "-o", "out.docx", *DATE)
        self.assertEqual(self.texts("out.docx"), ["Dear Ann", "$12.50 2026-11-24"])
        self.run_it("generate", "letter.docx", "values.json", "-o", "deep/out.pdf", "--culture", "en-GB", *DATE)
        self.assertIn("£12.50 2026-11-24", pdf_text(self.folder / "deep/out.pdf"))
        said = subprocess.run([BINARIES / "docwright", "generate", "letter.docx", "values.json", "-o", "-"], cwd=self.folder, check=True, capture_output=True)
        self.assertEqual(texts(said.stdout)[0], "Dear Ann")

    def test_the_same_input_gives_the_same_bytes(self):
        self.write("values.json", '{"name": "Ann"}')
        for name in ("a.docx", "b.docx"):
            self.run_it("generate", "letter.docx", "values.json", "-o", name, *DATE)
        self.assertEqual((self.folder / "a.docx").read_bytes(), (self.folder / "b.docx").read_bytes())

    def test_wrong_use_and_failures(self):
        self.write("values.json", "{}")
        self.run_it("generate", "letter.docx", "values.json", "-o", "out.txt", code=2)
        self.run_it("generate", "letter.docx", "values.json", "-o", "out.docx", "--missing", "perhaps", code=2)
        self.write("rows.csv", "name\nAnn\n")
        self.run_it("generate", "letter.docx", "rows.csv", "-o", "out.pdf", code=2)
        self.run_it("generate", "letter.docx", "rows.csv", "--combined", "-o", "out.docx", code=2)
        self.run_it("generate", "gone.docx", "values.json", "-o", "out.docx", code=1)
        self.run_it("generate", "gone.docx", "rows.csv", "-o", "out", code=1)
        said = self.run_it("generate", "letter.docx", "values.json", "-o", "out.docx", "--missing", "error", code=1)
        self.assertIn("name", said.stderr)
        self.write("values.json", "[]")
        self.run_it("generate", "letter.docx", "values.json", "-o", "out.docx", code=1)
        self.assertFalse((self.folder / "out.docx").exists())

    def test_a_document_for_each_row_of_a_csv_file(self):
        self.write("rows.csv", 'number;name;sum\nA-1;Ann;5\nA-2;"Bob; Jr.";2500\n')
        said = self.run_it("generate", "letter.docx", "rows.csv", "-o", "out", "--name", "letter-{number}.docx", *DATE)
        self.assertEqual(said.stdout, "2 of 2 done, 0 failed\n")
        self.assertEqual(self.names("out"), ["letter-A-1.docx", "letter-A-2.docx"])
        self.assertEqual(self.texts("out/letter-A-2.docx"), ["Dear Bob; Jr.", "$2,500.00 2026-11-24"])

    def test_many_records_in_order_with_numbers_for_names(self):
        self.write("rows.ndjson", "".join(json.dumps({"name": f"Person {n}"}) + "\n" for n in range(1, 601)))
        self.run_it("generate", "letter.docx", "rows.ndjson", "-o", "out")
        self.assertEqual(self.names("out"), [f"{n:03}.docx" for n in range(1, 601)])
        for n in (1, 250, 251, 600):
            self.assertEqual(self.texts(f"out/{n:03}.docx")[0], f"Dear Person {n}")

    def test_records_that_cannot_be_used_are_named_at_the_end(self):
        self.write("rows.jsonl", '{"name": "Ann", "sum": 1}\nno json\n{"name": "Bob"}\n[]\n{"name": "Cid", "sum": 2}\n')
        said = self.run_it("generate", "letter.docx", "rows.jsonl", "-o", "out", "--missing", "error", "--name", "{name}", code=1)
        self.assertEqual(said.stdout, "2 of 5 done, 3 failed\n")
        self.assertEqual([line.split(":")[1].strip() for line in said.stderr.splitlines()], ["record 2", "record 3", "record 4"])
        self.assertEqual(self.names("out"), ["Ann.docx", "Cid.docx"])

    def test_two_records_never_share_a_name_and_none_leaves_the_folder(self):
        self.write("rows.json", json.dumps([{"name": "Ann"}, {"name": "Ann"}, {"name": "../../up"}, {"name": ""}]))
        said = self.run_it("generate", "letter.docx", "rows.json", "--each", "-o", "out", "--name", "{name}", code=1)
        self.assertEqual(said.stdout.split(" done")[0], "1 of 4")
        self.assertEqual(self.names("out"), ["Ann.docx"])
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["letter.docx", "out", "rows.json"])

    def test_pdfs_one_by_one_and_as_one_file_in_the_order_of_the_records(self):
        self.write("rows.csv", "name\n" + "".join(f"Person {n}\n" for n in range(1, 21)))
        self.run_it("generate", "letter.docx", "rows.csv", "-o", "out", "--name", "{n}.pdf")
        self.assertEqual(len(self.names("out")), 20)
        self.assertIn("Dear Person 7", pdf_text(self.folder / "out/07.pdf"))
        self.run_it("generate", "letter.docx", "rows.csv", "--combined", "-o", "all.pdf")
        pages = pdf_text(self.folder / "all.pdf").split("\f")[:-1]
        self.assertEqual([page.split("\n")[0].strip() for page in pages], [f"Dear Person {n}" for n in range(1, 21)])

    def test_warnings_are_told(self):
        self.write("values.json", '{"list": [{}]}')
        self.write("odd.docx", docx("{{name | Upper}} {{list}}"))
        said = self.run_it("generate", "odd.docx", "values.json", "-o", "out.docx")
        self.assertIn("warning: {{name | Upper}}", said.stderr)
        self.assertIn("warning: {{list}}", said.stderr)

    def test_template_check(self):
        self.write("good.docx", docx("{{name}}", table(["{{TableStart:items}}{{price \\# 0.00}}{{TableEnd:items}}"])))
        said = self.run_it("template", "check", "good.docx").stdout
        self.assertIn("{{price \\# 0.00}}", said)
        self.assertIn("table 1, row 1, in items", said)
        self.assertIn("Problems: none", said)
        self.write("values.json", '{"items": [{"cost": 1}]}')
        report = json.loads(self.run_it("template", "check", "good.docx", "--values", "values.json", "--json").stdout)
        self.assertEqual((report["unfilledTags"], report["unusedValues"]), (["name", "items.price"], ["items.cost"]))
        schema = json.loads(self.run_it("template", "check", "good.docx", "--schema").stdout)
        self.assertEqual(list(schema["properties"]), ["name", "items"])
        self.write("bad.docx", docx("{{TableStart:items}}"))
        said = self.run_it("template", "check", "bad.docx", code=1)
        self.assertIn("paragraph 1", said.stdout)
        self.run_it("template", "check", "values.json", code=1)

    def test_the_help_has_examples(self):
        for command in (["generate"], ["template", "check"]):
            self.assertIn("Examples:", self.run_it(*command, "--help").stdout)


if __name__ == "__main__":
    unittest.main()
