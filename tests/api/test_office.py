"""Office documents through the whole API (contract/pdf-services.md, section 6)."""
import io
import unittest
import zipfile

from running_server import RunningServer

RTF = (b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fswiss Calibri;}}\\f0 A short letter.\\page Its second page.\\par}")
FLAT_SHEET = b"a,b\n1,2\n"


class Office(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer("--engines", "pdf,office")
        cls.client = cls.server.client

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def convert(self, route, data, name, **values):
        answer = self.client.post(f"/documents/create/{route}", {"documentId": self.client.upload(data, name), **values})
        self.assertEqual(answer.status_code, 200, answer.text)  # create/* answers 200 (3.1)
        return self.client.end_of(answer.json()["taskId"])

    def test_a_text_becomes_a_pdf_and_its_fonts_are_told(self):
        state = self.convert("pdf-from-word", RTF, "letter.doc")
        self.assertEqual(state["status"], "COMPLETED", state)
        self.assertEqual(state["resultData"], {"pages": 2, "fonts": [{"requested": "Calibri", "used": "Carlito", "metricCompatible": True}]})
        answer = self.client.download(state["resultDocumentId"])
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("letter.pdf", answer.headers["Content-Disposition"])
        self.assertTrue(answer.content.startswith(b"%PDF-"))

    def test_rich_text_has_a_route_of_its_own(self):
        self.assertEqual(self.convert("pdf-from-rtf", RTF, "letter.rtf")["status"], "COMPLETED")

    def test_a_list_of_values_becomes_a_sheet(self):
        self.assertEqual(self.convert("pdf-from-excel", FLAT_SHEET, "values.csv", config={"singlePageSheets": "true"})["status"], "COMPLETED")

    def test_the_same_document_gives_the_same_bytes(self):
        results = [self.client.download(self.convert("pdf-from-word", RTF, "letter.rtf", pageRange="2")["resultDocumentId"]).content for _ in range(2)]
        self.assertEqual(len(results[0]), len(results[1]))

    def test_a_damaged_document_fails_with_its_reason(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as parts:
            parts.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        state = self.convert("pdf-from-word", archive.getvalue(), "letter.docx")
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "CORRUPT_DOCUMENT"), state)

    def test_a_pdf_is_refused_by_name(self):
        state = self.convert("pdf-from-word", b"%PDF-1.7\n", "letter.docx")
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "UNSUPPORTED_DOCUMENT"), state)


if __name__ == "__main__":
    unittest.main()
