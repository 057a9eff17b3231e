"""Nothing of a document reaches out: no request, no file of the server, no macro, no program."""
import http.server
import pathlib
import tempfile
import threading
import unittest

import make_fixtures
from hand_made import altered
from lane import Lane, text

WORD_SPACES = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
               'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
               'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
               'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
               'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FLAT = ('<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
        'xmlns:ooo="http://openoffice.org/2004/office" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.{kind}">{head}<office:body><office:{kind}>{body}</office:{kind}></office:body>'
        '</office:document>')
PICTURE = ('<text:p>before<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{url}" xlink:type="simple" xlink:show="embed" '
           'xlink:actuate="onLoad"/></draw:frame>after</text:p>')
# One white pixel, made visible by its size.
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
                      "0000000049454e44ae426082")


class Listener:
    def __enter__(self):
        heard = self.heard = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                heard.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(PIXEL)

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()


def flat(kind, body, head=""):
    return FLAT.format(kind=kind, body=body, head=head).encode()


def word_with_picture(source, target, url):
    drawing = (f'<w:document {WORD_SPACES}><w:body><w:p><w:r><w:t>before</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
               '<wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
               '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rLeak"/><a:stretch><a:fillRect/>'
               '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
               '</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
               f'<w:instrText> INCLUDETEXT "{url}/includetext.docx" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r>'
               f'<w:instrText> INCLUDEPICTURE "{url}/includepicture.png" \\d </w:instrText></w:r></w:p></w:body></w:document>').encode()
    link = f'<Relationship Id="rLeak" Type="{OFFICE}/image" Target="{url}/picture.png" TargetMode="External"/>'
    template = f'<Relationship Id="rLeak2" Type="{OFFICE}/attachedTemplate" Target="{url}/template.dotx" TargetMode="External"/>'
    altered(source, target, {
        "word/document.xml": drawing,
        "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", link.encode() + b"</Relationships>"),
        "word/_rels/settings.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{template}</Relationships>',
        "word/settings.xml": lambda old: old.replace(b"</w:settings>", b'<w:attachedTemplate xmlns:r="' + OFFICE.encode() + b'" r:id="rLeak2"/></w:settings>'),
    })


def tricks(folder, fixtures, url):
    """Documents that would make LibreOffice fetch something, by their file."""
    files = {}

    def put(name, content):
        path = folder / name
        path.write_bytes(content)
        files[name] = path

    files["linked.docx"] = folder / "linked.docx"
    word_with_picture(fixtures / "letter.docx", files["linked.docx"], url)
    put("picture.fodt", flat("text", PICTURE.format(url=f"{url}/odt.png")))
    put("section.fodt", flat("text", f'<text:section text:name="s"><text:section-source xlink:href="{url}/section.odt"/><text:p>x</text:p></text:section>'))
    put("object.fodt", flat("text", f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:object xlink:href="{url}/object.odt"/></draw:frame></text:p>'))
    put("frame.fodt", flat("text", '<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:floating-frame '
                           f'xlink:href="{url}/frame.html"/></draw:frame></text:p>'))
    put("plugin.fodt", flat("text", f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:plugin xlink:href="{url}/film.mp4" '
                            'draw:mime-type="application/vnd.sun.star.media"/></draw:frame></text:p>'))
    put("page.doc", f'<html><head><link rel="stylesheet" href="{url}/style.css"></head><body><img src="{url}/page.png"><p>before</p></body></html>'.encode())
    put("linked.rtf", b"{\\rtf1 before {\\field{\\*\\fldinst INCLUDEPICTURE \"" + url.encode() + b"/rtf.png\" \\\\d}{\\fldrslt x}} after}")
    put("sheet.fods", flat("spreadsheet", f'<table:table table:name="a"><table:table-source xlink:href="{url}/sheet.ods" table:table-name="x"/>'
                           '<table:table-row><table:table-cell table:formula="of:=WEBSERVICE(&quot;' + url + '/webservice&quot;)"/></table:table-row>'
                           f'<table:table-row><table:table-cell table:formula="of:=\'{url}/other.ods\'#$Sheet1.A1"/></table:table-row></table:table>'))
    return files


class Outside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="office-outside-")
        cls.place = pathlib.Path(cls.folder.name)
        cls.fixtures = cls.place / "fixtures"
        make_fixtures.make(cls.fixtures)
        cls.lane = Lane()

    @classmethod
    def tearDownClass(cls):
        cls.lane.close()
        cls.folder.cleanup()

    def test_the_listener_hears_an_unguarded_engine(self):
        """What the other tests count is worth something only if there is something to count."""
        with Listener() as listener:
            open_lane = Lane("--unconfined", "--keep-network")
            for name, file in tricks(self.place, self.fixtures, listener.url).items():
                open_lane.convert(file)
            open_lane.close()
            self.assertTrue(listener.heard)

    def test_no_trick_makes_a_request(self):
        with Listener() as listener:
            for name, file in tricks(self.place, self.fixtures, listener.url).items():
                with self.subTest(trick=name):
                    self.lane.convert(file, operation="pdf-from-word")
                    self.assertEqual(listener.heard, [])

    def test_without_the_network_namespace_the_other_walls_stand(self):
        with Listener() as listener:
            lane = Lane("--keep-network")
            for name, file in tricks(self.place, self.fixtures, listener.url).items():
                with self.subTest(trick=name):
                    lane.convert(file, operation="pdf-from-word")
                    self.assertEqual(listener.heard, [])
            lane.close()

    def test_no_file_of_the_server_comes_into_the_pdf(self):
        secret = self.place / "secret.png"
        secret.write_bytes(PIXEL)
        secret.chmod(0o644)
        self.place.chmod(0o755)
        (self.place / "text.txt").write_text("unprintable secret")
        files = {"picture.fodt": flat("text", PICTURE.format(url=secret.as_uri())),
                 "section.fodt": flat("text", f'<text:section text:name="s"><text:section-source xlink:href="{(self.place / "text.txt").as_uri()}"/>'
                                      '<text:p>x</text:p></text:section>'),
                 "users.fods": flat("spreadsheet", '<table:table table:name="a"><table:table-source xlink:href="file:///etc/passwd" '
                                    'table:filter-name="Text - txt - csv (StarCalc)"/></table:table>')}
        for name, content in files.items():
            with self.subTest(trick=name):
                (self.place / name).write_bytes(content)
                answer = self.lane.convert(self.place / name)
                if answer["ok"]:
                    self.assertNotIn(b"/Subtype /Image", answer["pdf"].read_bytes().replace(b"/Subtype/Image", b"/Subtype /Image"))
                    self.assertNotIn("unprintable", text(answer["pdf"]))
                    self.assertNotIn("root:", text(answer["pdf"]))

    def test_macros_do_not_run(self):
        library = ('<office:scripts><office:script script:language="ooo:Basic"><ooo:libraries xmlns:ooo="http://openoffice.org/2004/office">'
                   '<ooo:library-embedded ooo:name="Standard"><ooo:module ooo:name="M"><ooo:source-code>Sub Main\n'
                   'ThisComponent.Text.setString("the macro ran")\nEnd Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries>'
                   '</office:script><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" '
                   'xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" xlink:type="simple"/>'
                   '</office:event-listeners></office:scripts>')
        file = self.place / "macro.fodt"
        file.write_bytes(flat("text", "<text:p>as it was</text:p>", library))
        answer = self.lane.convert(file)
        self.assertTrue(answer["ok"], answer)
        self.assertIn("as it was", text(answer["pdf"]))
        self.assertNotIn("macro ran", text(answer["pdf"]))


if __name__ == "__main__":
    unittest.main()
