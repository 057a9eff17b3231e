"""Every Office format becomes a PDF as LibreOffice's own command line makes it, in a confined child of the office engine."""
import pathlib
import tempfile
import unittest
import zipfile

import docx
import docx.oxml.ns

import make_fixtures
from lane import ROOT, Lane, command_line, f1, facts, pages, text, words

SAMPLES = ROOT.parent / "shared" / "samples" / "docgen"


def setUpModule():
    global folder, fixtures, lane, documents
    folder = tempfile.TemporaryDirectory(prefix="office-tests-")
    fixtures = pathlib.Path(folder.name) / "fixtures"
    make_fixtures.make(fixtures)
    lane = Lane()
    documents = sorted(file for file in fixtures.iterdir() if "encrypted" not in file.name)


def tearDownModule():
    left = lane.close()
    folder.cleanup()
    assert left == 0, f"{left} files left in scratch"


def package_templates():
    """Documents inside Debian's python3-docx and python3-openpyxl, which are somebody else's."""
    found = list(pathlib.Path(docx.__file__).parent.glob("templates/*.docx"))
    return [file for file in found if file.is_file()]


class Formats(unittest.TestCase):
    def test_every_format_has_the_words_of_its_source(self):
        marks = {"letter": ["Ledger", "crossings", "mild"], "accounts": ["Silver", "coins", "412"], "slides": ["Harbour", "coins", "second", "slide"]}
        for file in documents:
            with self.subTest(file=file.name):
                answer = lane.convert(file)
                self.assertTrue(answer["ok"], answer)
                found = words(text(answer["pdf"]))
                for mark in marks[file.stem] if file.suffix != ".xlsb" else ["Silver", "412"]:
                    self.assertIn(mark, found)

    def test_every_format_has_as_many_pages_as_from_the_command_line(self):
        files = documents + package_templates() + (sorted(SAMPLES.glob("*.docx")) if SAMPLES.exists() else [])
        with tempfile.TemporaryDirectory() as out:
            beside = command_line(files, out)
            for file in files:
                with self.subTest(file=file.name):
                    answer = lane.convert(file)
                    self.assertTrue(answer["ok"], answer)
                    self.assertEqual(answer["data"]["pages"], pages(answer["pdf"]))
                    self.assertEqual(pages(answer["pdf"]), pages(beside[file]))
                    if file.suffix != ".csv":  # its only sheet is named after the file, in the header
                        self.assertGreater(f1(words(text(answer["pdf"])), words(text(beside[file]))), 0.999)

    def test_what_a_document_is_decides_and_not_its_name(self):
        for file, name in (("letter.rtf", "letter.doc"), ("letter.docx", "letter.doc"), ("letter.doc", "letter.docx"), ("letter.odt", "letter"),
                           ("accounts.xlsx", "accounts.docx"), ("slides.ppt", "slides.pptx")):
            with self.subTest(file=file, name=name):
                answer = lane.convert(fixtures / file, name=name, operation="pdf-from-word")
                self.assertTrue(answer["ok"], answer)

    def test_the_words_of_docx_samples_are_the_words_of_the_document(self):
        if not SAMPLES.exists():
            self.skipTest(f"{SAMPLES} is not there")
        for file in sorted(SAMPLES.glob("*.docx")):
            with self.subTest(file=file.name):
                if " IF " in zipfile.ZipFile(file).read("word/document.xml").decode():
                    continue  # shows one of two texts, which the document's own text does not tell
                answer = lane.convert(file)
                self.assertTrue(answer["ok"], answer)
                body, around = document_words(file)
                found = mended(words(text(answer["pdf"])), set(body))
                found = [word for word in found if word in body or word not in around]
                self.assertGreaterEqual(f1(found, body), 0.99)


def mended(found, known):
    """Words that a narrow cell broke over its lines are one word again."""
    out, at = [], 0
    while at < len(found):
        for length in (1, 2, 3, 4):
            joined = "".join(found[at:at + length])
            if joined in known:
                out.append(joined)
                at += length
                break
        else:
            out.append(found[at])
            at += 1
    return out


def document_words(file):
    """The words of the body, with those of text boxes once, and the words of headers and footers."""
    document = docx.Document(str(file))
    space = docx.oxml.ns.nsmap["w"]

    def of(element):
        parts = []
        for paragraph in element.iter(f"{{{space}}}p"):
            if any(ancestor.tag.endswith("}Fallback") for ancestor in paragraph.iterancestors()):
                continue
            line = ""
            for node in paragraph.iter():
                if next((a for a in node.iterancestors(f"{{{space}}}p")), None) is not paragraph:
                    continue  # of a text box inside: its own paragraph
                if node.tag == f"{{{space}}}t":
                    line += node.text or ""
                elif node.tag in (f"{{{space}}}tab", f"{{{space}}}br"):
                    line += " "
            parts.append(line)
        return words("\n".join(parts))

    around = set()
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            around.update(of(part._element))
    return of(document.element.body), around


class Options(unittest.TestCase):
    def test_hidden_sheets_and_slides_are_not_shown(self):
        for file in documents:
            if file.stem in ("accounts", "slides") and file.suffix not in (".csv", ".xlsb"):
                with self.subTest(file=file.name):
                    self.assertNotIn("unprintable", text(lane.convert(file)["pdf"]))

    def test_page_setup_of_a_sheet_is_kept(self):
        width, height = map(float, facts(lane.convert(fixtures / "accounts.xlsx")["pdf"])["Page size"].split(" pts")[0].split(" x "))
        self.assertGreater(width, height)

    def test_a_sheet_may_be_one_page(self):
        self.assertGreater(lane.convert(fixtures / "accounts.xlsx")["data"]["pages"], 2)
        answer = lane.convert(fixtures / "accounts.xlsx", singlePageSheets=True)
        self.assertEqual(answer["data"]["pages"], 2)
        self.assertNotIn("unprintable", text(answer["pdf"]))

    def test_page_ranges_keep_tags(self):
        for file in ("letter.docx", "accounts.xlsx", "slides.pptx"):
            with self.subTest(file=file):
                answer = lane.convert(fixtures / file, pageRange="2-")
                whole = lane.convert(fixtures / file)["data"]["pages"]
                self.assertEqual(pages(answer["pdf"]), whole - 1)
                self.assertEqual(words(text(answer["pdf"])), words(text(lane.convert(fixtures / file)["pdf"], 2)))
                self.assertEqual(facts(answer["pdf"])["Tagged"], "yes")

    def test_pages_that_do_not_exist_are_told(self):
        self.assertEqual(lane.convert(fixtures / "letter.docx", pageRange="7-9")["code"], "PAGE_RANGE_INVALID")

    def test_tags_come_and_go(self):
        self.assertEqual(facts(lane.convert(fixtures / "letter.docx")["pdf"])["Tagged"], "yes")
        self.assertEqual(facts(lane.convert(fixtures / "letter.docx", tagged=False)["pdf"])["Tagged"], "no")

    def test_standards_are_claimed(self):
        for word, part in (("PDF/A-1b", "1"), ("pdf/a-2b", "2"), ("PDF/A-3b", "3")):
            with self.subTest(standard=word):
                content = lane.convert(fixtures / "letter.docx", pdfStandard=word)["pdf"].read_bytes()
                self.assertIn(f"<pdfaid:part>{part}</pdfaid:part>".encode(), content)
        self.assertIn(b"pdfuaid:part", lane.convert(fixtures / "letter.docx", pdfUa=True)["pdf"].read_bytes())

    def test_the_same_document_gives_the_same_bytes_in_another_process(self):
        other = Lane()
        for file in ("letter.docx", "accounts.xlsx", "slides.pptx", "letter.doc"):
            for values in ({}, {"pdfStandard": "PDF/A-2b"}):
                with self.subTest(file=file, **values):
                    self.assertEqual(lane.convert(fixtures / file, **values)["pdf"].read_bytes(),
                                     other.convert(fixtures / file, **values)["pdf"].read_bytes())
        other.close()

    def test_replaced_fonts_are_told(self):
        fonts = {font["requested"]: font for font in lane.convert(fixtures / "letter.docx")["data"]["fonts"]}
        self.assertEqual(fonts["Calibri"], {"requested": "Calibri", "used": "Carlito", "metricCompatible": True})
        self.assertFalse(fonts["Frutiger Neue"]["metricCompatible"])
        self.assertNotEqual(fonts["Frutiger Neue"].get("used"), "Frutiger Neue")


class Failures(unittest.TestCase):
    def test_a_password_opens_what_it_should(self):
        for file in sorted(fixtures.glob("*-encrypted.*")):
            with self.subTest(file=file.name):
                missing = lane.convert(file)
                self.assertEqual((missing["reason"], missing["code"]), ("PASSWORD_REQUIRED", "INTERNAL_SERVER_ERROR"))
                self.assertIn("password-protected", missing["message"])
                self.assertEqual(lane.convert(file, password="wrong")["code"], "INVALID_PASSWORD")
                right = lane.convert(file, password=make_fixtures.PASSWORD)
                self.assertTrue(right["ok"], right)
                self.assertIn("coins" if "letter" not in file.name else "crossings", text(right["pdf"]))

    def test_a_password_that_nothing_wants_is_passed_over(self):
        self.assertTrue(lane.convert(fixtures / "letter.docx", password="whatever")["ok"])

    def test_damaged_documents_fail_and_the_next_one_does_not(self):
        broken = pathlib.Path(folder.name) / "broken.docx"
        for content in ((fixtures / "letter.docx").read_bytes()[:2000], b"PK\x03\x04" + b"\0" * 500, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600):
            broken.write_bytes(content)
            answer = lane.convert(broken)
            self.assertEqual((answer["ok"], answer.get("code")), (False, "CORRUPT_DOCUMENT"), answer)
            self.assertTrue(lane.convert(fixtures / "letter.docx")["ok"])

    def test_what_is_no_office_document_is_refused_by_what_it_is(self):
        other = pathlib.Path(folder.name) / "other.docx"
        other.write_bytes(b"%PDF-1.7\n")
        answer = lane.convert(other)
        self.assertEqual(answer["code"], "UNSUPPORTED_DOCUMENT")
        self.assertIn("PDF", answer["message"])


if __name__ == "__main__":
    unittest.main()
