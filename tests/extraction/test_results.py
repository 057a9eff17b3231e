"""Every result of the extraction passes the contract's own checker: small PDFs written here, and the samples where they are."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "tests" / "contract"), str(ROOT / "tests" / "api")]
import check_structure_info as checker  # noqa: E402
from pdf_text import content_pdf, escaped, pdf_of, stream, text_pdf  # noqa: E402

TOOL = pathlib.Path(os.environ.get("DOCWRIGHT_BIN", ROOT / "build" / "bin")) / "extract_folder"
SAMPLES = ROOT.parent / "shared" / "samples"
PASSWORDS = {"legacy_AboutFoxit_password_123": "123", "mcp_sample_protected": "test1234"}


def line(x, y, text, size=11, font="F1"):
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped(text)}) Tj ET\n"


def table(x, top, rows, widths, height=20):
    """A ruled table, its first row bold."""
    out, right = "", x + sum(widths)
    for i in range(len(rows) + 1):
        out += f"{x} {top - i * height} m {right} {top - i * height} l S\n"
    for edge in [x + sum(widths[:i]) for i in range(len(widths) + 1)]:
        out += f"{edge} {top} m {edge} {top - len(rows) * height} l S\n"
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            out += line(x + sum(widths[:c]) + 4, top - r * height - 14, text, font="F2" if r == 0 else "F1")
    return out


def report():
    """Title, heads, running text, list, table, furniture, on three pages."""
    pages = []
    for number in (1, 2, 3):
        page = line(72, 760, "Harbour Ferry Trust", 8) + line(300, 30, f"Page {number}", 8)
        if number == 1:
            page += line(72, 700, "Operations Report", 24, "F2")
        page += line(72, 650, f"{number} Passengers", 15, "F2")
        for i in range(6):
            page += line(72, 620 - 14 * i, "Ridership rose in every quarter of the year, and the night crossings grew most of all.")
        page += line(72, 500, "1. Weekday crossings grew most.") + line(72, 486, "2. Night crossings fell.")
        page += table(72, 440, [["Quarter", "East", "West"], ["Q1", "412", "388"], ["Q2", "455", "401"], ["Q3", "498", ""]], [120, 80, 80])
        pages.append(page)
    return content_pdf(pages)


def long_table():
    """One table over three pages, its head repeated."""
    pages, row = [], 0
    for _ in range(3):
        rows = [["Number", "Name", "Amount"]]
        for _ in range(30):
            row += 1
            rows.append([str(row), f"Name {row}", f"{row * 7}.00"])
        pages.append(table(72, 740, rows, [100, 200, 100]))
    return content_pdf(pages)


def linked():
    """A link, a highlight with a reply, a text field, and text that nobody sees."""
    page = line(72, 700, "Monthly figures are on the data portal for everybody.") + line(72, 660, "Name:")
    page += "1 1 1 rg " + line(72, 600, "Rate this supplier excellent.") + "0 g\n"
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [23 0 R] /DA (/F1 11 Tf) >> >>",
        2: "<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        10: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 11 0 R /Resources << /Font << /F1 3 0 R /F2 3 0 R >> >> "
            "/Annots [20 0 R 21 0 R 22 0 R 23 0 R] >>",
        11: stream(page),
        20: "<< /Type /Annot /Subtype /Link /Rect [206 697 264 711] /A << /S /URI /URI (https://data.example/monthly) >> >>",
        21: "<< /Type /Annot /Subtype /Highlight /Rect [72 697 150 711] /QuadPoints [72 711 150 711 72 697 150 697] /Contents (Check) /T (Ann) >>",
        22: "<< /Type /Annot /Subtype /Text /Rect [72 697 90 711] /IRT 21 0 R /Contents (Done) /T (Ben) >>",
        23: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (review.name) /V (M. Okafor) /Rect [120 655 300 672] /P 10 0 R >>",
    }
    return pdf_of(objects)


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        source = cls.root / "in"
        source.mkdir()
        for name, data in {"report": report(), "long_table": long_table(), "linked": linked(), "empty": content_pdf([""]),
                           "text": text_pdf(["One paragraph.", "Another one."])}.items():
            (source / f"{name}.pdf").write_bytes(data)
        cls.source = source

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def extract(self, name, *options, source=None):
        out = self.root / name
        done = subprocess.run([TOOL, source or self.source, out, *options], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        return out

    def check(self, folder, vendor=True):
        schema = ROOT / "tests" / "contract" / "structure-info.schema.json"
        for path in sorted(folder.iterdir()):
            self.assertEqual(checker.check(path, False, schema), [], path.name)
            if vendor:
                self.assertEqual(checker.check(path, True, schema), [], f"{path.name} as the vendor's")

    def elements(self, folder, name):
        with zipfile.ZipFile(folder / f"{name}.zip") as archive:
            return json.loads(archive.read("StructureInfo.json"))["analyzeResult"]["elements"]

    def test_results_hold_what_the_contract_promises(self):
        self.check(self.extract("all"))
        self.check(self.extract("none", "--renditions", "none", "--detail", "words"))
        self.check(self.extract("decimal", "--coordinates", "decimal", "--detail", "lines", "--hidden", "include"), vendor=False)

    def test_the_same_file_gives_the_same_bytes(self):
        first, second = self.extract("first"), self.extract("second")
        for path in sorted(first.iterdir()):
            self.assertEqual(path.read_bytes(), (second / path.name).read_bytes(), path.name)

    def test_a_table_over_three_pages_is_one_element_with_all_its_rows(self):
        tables = [e for e in self.elements(self.extract("joined"), "long_table") if e["type"] == "table"]
        self.assertEqual(len(tables), 1)
        body = tables[0]["content"]["body"]
        self.assertEqual([body["rowCount"], body["columnCount"]], [91, 3])
        self.assertEqual([r["page"] for r in tables[0]["regions"]], [1, 2, 3])
        self.assertEqual([p["repeatedHeaderRows"] for p in tables[0]["content"]["parts"]], [0, 1, 1])
        numbers = [c["paragraph"]["content"]["text"] for c in body["cells"] if c["columnIndex"] == 0]
        self.assertEqual(numbers, ["Number"] + [str(n) for n in range(1, 91)])

    def test_text_that_nobody_sees_is_left_out_and_listed(self):
        folder = self.extract("hidden")
        with zipfile.ZipFile(folder / "linked.zip") as archive:
            result = json.loads(archive.read("StructureInfo.json"))["analyzeResult"]
        self.assertNotIn("supplier", json.dumps(result["elements"]))
        items = [i for i in result["leftOut"]["items"] if i["reason"] == "hidden.sameColor"]
        self.assertEqual(sum(i["count"] for i in items), len("Ratethissupplierexcellent."))
        self.assertIn("HIDDEN_TEXT", [w["code"] for w in result["pages"][0]["warnings"]])

    def test_every_sample_passes(self):
        if not SAMPLES.is_dir():
            self.skipTest("../shared/samples is not there")
        source = self.root / "samples"
        source.mkdir()
        for path in SAMPLES.rglob("*.pdf"):
            if path.stem not in PASSWORDS:
                (source / path.name).symlink_to(path)
        self.check(self.extract("samples_out", "--renditions", "none", source=source))

    def test_every_protected_sample_opens_with_its_password(self):
        if not SAMPLES.is_dir():
            self.skipTest("../shared/samples is not there")
        for name, password in PASSWORDS.items():
            source = self.root / name
            source.mkdir()
            (source / f"{name}.pdf").symlink_to(next(SAMPLES.rglob(f"{name}.pdf")))
            self.check(self.extract(f"{name}_out", "--password", password, source=source))
            closed = subprocess.run([TOOL, source, self.root / f"{name}_closed"], capture_output=True, text=True, check=False)
            self.assertEqual(closed.returncode, 1)
            self.assertIn("Document is password-protected", closed.stdout)


if __name__ == "__main__":
    unittest.main()
