"""What a merge writes is a document that Office programs open without repair: checked part by part, and opened with python-docx."""
import base64
import io
import json
import os
import pathlib
import posixpath
import struct
import subprocess
import tempfile
import unittest
import zipfile
import zlib

import docx
from lxml import etree

MERGE = pathlib.Path(os.environ["DOCWRIGHT_BIN"]) / "template_merge"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="96" height="48" fill="#00aa00"/></svg>'
MARKUP = ("<p>One <b>bold</b> <span style='color:#00f'>blue</span></p><ul><li>a<ul><li>aa</li></ul></li></ul>"
          "<ol><li>first</li></ol><ol><li>again first</li></ol><p>See <a href='https://example.com/?a=1&amp;b=2'>this</a></p>")


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, colour):
    rows = (b"\0" + bytes(colour) * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows))
            + chunk(b"IEND", b""))


def text_of(data):
    return base64.b64encode(data).decode()


def template():
    document = docx.Document()
    document.core_properties.title = "For {{name}}"
    document.add_heading("Dear {{name}}", 1)
    document.add_paragraph("A {{Image:logo \\w 72}} and {{Image:drawing}} end")
    document.add_paragraph("{{Html:text}}")
    document.add_paragraph("before {{Html:text}} after")
    document.add_paragraph("see {{Link:site}}.", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "{{Image:logo}}"
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "{{TableStart:rows}}{{Image:picture \\w 20}}"
    cells[1].text = "{{number}}{{TableEnd:rows}}"
    return document


VALUES = {"name": "Ann <& Co>", "logo": "data:image/png;base64," + text_of(png(80, 40, (255, 0, 0))), "drawing": text_of(SVG), "text": MARKUP,
          "site": {"text": "our site", "url": "https://example.com/?a=1&b=2"},
          "rows": [{"number": i, "picture": text_of(png(10, 10, (0, 0, i * 80)))} for i in range(3)]}


def merged(document, values, *options):
    with tempfile.TemporaryDirectory() as folder:
        source, data, target = (pathlib.Path(folder) / name for name in ("t.docx", "v.json", "o.docx"))
        document.save(source)
        data.write_text(json.dumps(values))
        done = subprocess.run([MERGE, source, data, "-o", target, *options], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return target.read_bytes(), done.stderr


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bytes, cls.warnings = merged(template(), VALUES)
        cls.parts = {info.filename: zipfile.ZipFile(io.BytesIO(cls.bytes)).read(info) for info in zipfile.ZipFile(io.BytesIO(cls.bytes)).infolist()}

    def trees(self):
        return {name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))}

    def relationships(self, owner):
        folder, name = posixpath.split(owner)
        data = self.parts.get(posixpath.join(folder, "_rels", name + ".rels"))
        return {each.get("Id"): each for each in etree.fromstring(data)} if data else {}

    def test_open_with_python_docx(self):
        document = docx.Document(io.BytesIO(self.bytes))
        self.assertEqual(document.core_properties.title, "For Ann <& Co>")
        self.assertEqual(document.paragraphs[0].text, "Dear Ann <& Co>")
        self.assertEqual([row.cells[1].text for row in document.tables[0].rows], ["0", "1", "2"])
        self.assertEqual(self.warnings, "")

    def test_every_part_has_a_type_and_is_well_formed(self):
        types = self.trees()["[Content_Types].xml"]
        extensions = {each.get("Extension").lower() for each in types if each.get("Extension")}
        names = {each.get("PartName") for each in types if each.get("PartName")}
        for name in self.parts:
            if name != "[Content_Types].xml":
                self.assertTrue("/" + name in names or name.rsplit(".", 1)[-1] in extensions, name)
        for name in names:
            self.assertIn(name[1:], self.parts)

    def test_every_relationship_leads_to_a_part_and_is_there_where_it_is_used(self):
        for name, tree in self.trees().items():
            if name.endswith(".rels"):
                owner_folder = posixpath.dirname(posixpath.dirname(name))
                for each in tree:
                    if each.get("TargetMode") != "External":
                        self.assertIn(posixpath.normpath(posixpath.join("/", owner_folder, each.get("Target")))[1:], self.parts)
                continue
            known = self.relationships(name)
            for element in tree.iter():
                for key, value in element.attrib.items():
                    if key.startswith(RELATED):
                        self.assertIn(value, known, name)

    def test_drawings_have_ids_of_their_own(self):
        ids = [each.get("id") for tree in self.trees().values() for each in tree.iter() if etree.QName(each).localname == "docPr"]
        self.assertEqual(len(ids), 6)
        self.assertEqual(len(set(ids)), len(ids))

    def test_lists_are_those_of_word(self):
        numbering, body = self.trees()["word/numbering.xml"], self.trees()["word/document.xml"]
        known = {each.get(WORD + "numId") for each in numbering.iter(WORD + "num")}
        used = {each.get(WORD + "val") for each in body.iter(WORD + "numId")}
        self.assertLessEqual(used, known)
        self.assertEqual(len(used), 5, "bullets, and two numbered lists of two values")
        kinds = [etree.QName(each).localname for each in numbering]
        self.assertEqual(kinds, sorted(kinds), "definitions before lists")

    def test_a_picture_is_one_part(self):
        self.assertEqual(len([name for name in self.parts if name.startswith("word/media/")]), 6)  # logo, SVG and its stand-in, three of the rows

    def test_the_same_again_is_the_same(self):
        document = template()
        self.assertEqual(merged(document, VALUES)[0], merged(document, VALUES)[0])

    def test_a_result_is_a_template_again(self):
        document = docx.Document(io.BytesIO(self.bytes))
        document.add_paragraph("{{Image:logo}}{{Html:text}}")
        again, _ = merged(document, {"logo": text_of(png(3, 3, (1, 2, 3))), "text": "<ol><li>x</li></ol>"})
        ids = [each.get("id") for name, data in ((n, zipfile.ZipFile(io.BytesIO(again)).read(n)) for n in zipfile.ZipFile(io.BytesIO(again)).namelist())
               if name.startswith("word/") and name.endswith(".xml") for each in etree.fromstring(data).iter() if etree.QName(each).localname == "docPr"]
        self.assertEqual(len(set(ids)), len(ids))
        names = zipfile.ZipFile(io.BytesIO(again)).namelist()
        self.assertEqual(len(set(names)), len(names))

    def test_the_time_of_the_result_is_the_callers(self):
        dated, _ = merged(template(), VALUES, "--modified", "2026-01-31T12:00:00Z")
        self.assertEqual(str(docx.Document(io.BytesIO(dated)).core_properties.modified)[:19], "2026-01-31 12:00:00")


if __name__ == "__main__":
    unittest.main()
