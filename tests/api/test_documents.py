"""Upload, download, delete and share of documents (contract/pdf-services.md, 2)."""
import concurrent.futures
import hashlib
import socket
import subprocess
import time
import unittest

import requests
from pdf_text import text_pdf
from running_server import RunningServer

PDF = text_pdf(["A short letter."])
LIMIT = 100 * 1024 * 1024


class Documents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()
        cls.client = cls.server.client

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def assertError(self, answer, status, code):
        self.assertEqual(answer.status_code, status, answer.text)
        body = answer.json()
        self.assertEqual(body["code"], code)
        self.assertTrue(body["message"])
        self.assertEqual(body["requestId"], answer.headers["X-Request-Id"])
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertLess(len(answer.content), 1000)

    def raw_upload(self, body, content_type="multipart/form-data; boundary=b", **headers):
        return self.client.call("POST", "/documents/upload", data=body, headers={"Content-Type": content_type, **headers})

    def blobs(self):
        return sorted(p for p in self.server.data.rglob("*") if p.is_file() and "blobs" in p.parts)

    # ---- upload

    def test_upload_answers_exactly_200_with_an_opaque_id(self):
        answer = self.client.call("POST", "/documents/upload", files={"file": ("a.pdf", PDF)})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(list(answer.json()), ["documentId"])
        self.assertRegex(answer.json()["documentId"], "^[0-9a-f]{24}$")

    def test_the_same_bytes_twice_are_two_documents(self):
        self.assertNotEqual(self.client.upload(PDF), self.client.upload(PDF))

    def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(self):
        data = bytes(LIMIT)
        document = self.client.upload(data, "zeros.bin")
        self.assertEqual(self.client.download(document).content, data)
        answer = self.client.call("POST", "/documents/upload", files={"file": ("a", data + b"x")})
        self.assertError(answer, 413, "MAX_UPLOAD_SIZE_EXCEEDED")

    def test_the_sender_of_a_far_too_large_file_sees_the_answer(self):
        answer = self.client.call("POST", "/documents/upload", files={"file": ("a", bytes(LIMIT + 8_000_000))})
        self.assertError(answer, 413, "MAX_UPLOAD_SIZE_EXCEEDED")

    def test_chunked_uploads_without_a_length(self):
        body = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n" + PDF + b"\r\n--b--\r\n"

        def pieces():
            for at in range(0, len(body), 7):
                yield body[at:at + 7]
        answer = self.raw_upload(pieces())
        self.assertEqual(self.client.download(answer.json()["documentId"]).content, PDF)

    def test_curl_with_expect_continue(self):
        path = self.server.folder / "large.bin"
        path.write_bytes(bytes(3_000_000))
        out = subprocess.run(["curl", "-sv", "-H", "Expect: 100-continue", "-H", f"client_id: {self.client.id}", "-H", f"client_secret: {self.client.secret}",
                              "-F", f"file=@{path}", self.server.base + "/documents/upload"], capture_output=True, text=True)
        self.assertIn("documentId", out.stdout)
        self.assertIn("100 Continue", out.stderr)

    def test_a_stranger_is_not_invited_to_send(self):
        connection = socket.create_connection(("127.0.0.1", self.server.port))
        connection.sendall(b"POST /pdf-services/api/documents/upload HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\n"
                           b"Content-Type: multipart/form-data; boundary=b\r\n\r\n")
        self.assertTrue(connection.recv(1000).startswith(b"HTTP/1.1 401 "))

    def test_part_heads_in_any_order_case_and_quoting(self):
        body = (b"preamble\r\n--b\r\ncontent-type: application/pdf\r\nX-More: 1\r\nCONTENT-DISPOSITION: form-data; filename=letter.pdf; name=file\r\n\r\n"
                + PDF + b"\r\n--b--\r\nepilogue")
        document = self.raw_upload(body, "Multipart/Form-Data; Boundary=\"b\"").json()["documentId"]
        self.assertIn('filename="letter.pdf"', self.client.download(document).headers["Content-Disposition"])

    def test_of_two_files_the_first_counts_and_other_parts_are_ignored(self):
        answer = self.client.call("POST", "/documents/upload", files=[("note", (None, "hello")), ("file", ("one.pdf", PDF)), ("file", ("two.pdf", b"other"))])
        self.assertEqual(self.client.download(answer.json()["documentId"]).content, PDF)

    def test_path_tricks_in_names_are_cut_off(self):
        for name, kept in (("../../inputfiles/input.pdf", "input.pdf"), ("/etc/passwd", "passwd"), ("C:\\temp\\x.pdf", "x.pdf"), ("..", "document"),
                           ("", "document"), ("a\x07b.pdf", "ab.pdf")):
            body = f"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nx\r\n--b--".encode()
            document = self.raw_upload(body).json()["documentId"]
            self.assertIn(f"filename=\"{kept}\"", self.client.download(document).headers["Content-Disposition"], name)

    def test_what_is_no_upload_is_refused(self):
        part = b"--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a\"\r\n\r\n%s\r\n--b--"
        for body, kind in ((part % (b"other", b"x"), "multipart/form-data; boundary=b"), (part % (b"file", b""), "multipart/form-data; boundary=b"),
                           (PDF, "application/pdf"), (b"", "multipart/form-data; boundary=b"), (b"x" * 100, "multipart/form-data"),
                           ((part % (b"file", b"x"))[:-3], "multipart/form-data; boundary=b")):
            self.assertError(self.raw_upload(body, kind), 400, "VALIDATION_ERROR")

    def test_a_client_that_stops_in_the_middle_leaves_nothing_behind(self):
        before = self.blobs()
        for size in (10, 100_000, 5_000_000):
            connection = socket.create_connection(("127.0.0.1", self.server.port))
            connection.sendall(f"POST /pdf-services/api/documents/upload HTTP/1.1\r\nHost: x\r\nclient_id: {self.client.id}\r\nclient_secret: {self.client.secret}\r\n"
                               f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n--b\r\n"
                               f"Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n".encode() + bytes(size))
            connection.close()
        deadline = time.monotonic() + 10
        while self.blobs() != before and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.blobs(), before)
        self.assertEqual(self.client.download(self.client.upload(PDF)).content, PDF)

    def test_uploads_of_many_at_once_do_not_mix(self):
        def once(n):
            data = f"document {n}".encode() * (n * 1000 + 1)
            document = requests.post(self.server.base + "/documents/upload", headers=self.client.session.headers, files={"file": ("x", data)}).json()["documentId"]
            answer = requests.get(f"{self.server.base}/documents/{document}/download", headers=self.client.session.headers)
            return answer.content == data and answer.headers["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertTrue(all(pool.map(once, range(40))))

    # ---- download

    def test_download_gives_bytes_length_tag_name_and_type(self):
        answer = self.client.download(self.client.upload(PDF, "my letter.pdf"))
        self.assertEqual(answer.content, PDF)
        self.assertEqual(answer.headers["Content-Length"], str(len(PDF)))
        self.assertEqual(answer.headers["ETag"], f'"{hashlib.sha256(PDF).hexdigest()}"')
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Content-Disposition"], "attachment; filename=\"my letter.pdf\"; filename*=UTF-8''my%20letter.pdf")

    def test_types_of_downloads_are_those_that_clients_expect(self):
        for data, name, kind in ((b"hello", "a.txt", "text/plain; charset=UTF-8"), (b"{\"a\":1}", "a.json", "application/json; charset=UTF-8"),
                                 (b"<!DOCTYPE html><p>x", "a.html", "text/html; charset=UTF-8"), (bytes(range(256)), "blob", "application/octet-stream")):
            self.assertEqual(self.client.download(self.client.upload(data, name)).headers["Content-Type"], kind, name)

    def test_filename_overrides_the_name_without_its_tricks(self):
        document = self.client.upload(PDF)
        for wanted, kept in (("document", "document"), ("a b.pdf", "a b.pdf"), ("../x/y.pdf", "y.pdf"), ("", "a.pdf"), ("a\r\nSet-Cookie: b", "aSet-Cookie: b")):
            answer = self.client.download(document, params={"filename": wanted})
            self.assertIn(f'filename="{kept}"', answer.headers["Content-Disposition"])
            self.assertNotIn("Set-Cookie", answer.headers)
        unencoded = subprocess.run(["curl", "-s", "-o", "/dev/null", "-D", "-", "-H", f"client_id: {self.client.id}", "-H", f"client_secret: {self.client.secret}",
                                    f"{self.server.base}/documents/{document}/download?filename=my%20file.pdf"], capture_output=True, text=True).stdout
        self.assertIn('filename="my file.pdf"', unencoded)

    def test_names_outside_ascii_come_back(self):
        answer = self.client.download(self.client.upload(PDF, "Überweisung.pdf"))
        self.assertIn("filename*=UTF-8''%C3%9Cberweisung.pdf", answer.headers["Content-Disposition"])

    def test_head_gives_the_headers_alone(self):
        document = self.client.upload(PDF)
        head, whole = self.client.call("HEAD", f"/documents/{document}/download"), self.client.download(document)
        self.assertEqual(head.content, b"")
        for name in ("Content-Length", "ETag", "Content-Type", "Content-Disposition"):
            self.assertEqual(head.headers[name], whole.headers[name])

    def test_ranges(self):
        data = bytes(range(256)) * 1000
        document = self.client.upload(data, "x.bin")
        for value, start, end in (("bytes=0-0", 0, 1), ("bytes=10-99", 10, 100), ("bytes=255990-", 255990, 256000), ("bytes=-5", 255995, 256000),
                                  ("bytes=0-999999", 0, 256000), ("bytes=70000-200000", 70000, 200001)):
            answer = self.client.download(document, headers={"Range": value})
            self.assertEqual(answer.status_code, 206)
            self.assertEqual(answer.content, data[start:end])
            self.assertEqual(answer.headers["Content-Range"], f"bytes {start}-{end - 1}/256000")
        answer = self.client.download(document, headers={"Range": "bytes=256000-"})
        self.assertError(answer, 416, "RANGE_NOT_SATISFIABLE")
        self.assertEqual(answer.headers["Content-Range"], "bytes */256000")
        self.assertEqual(self.client.download(document, headers={"Range": "lines=1-2"}).status_code, 200)

    def test_conditions(self):
        document = self.client.upload(PDF)
        tag = self.client.download(document).headers["ETag"]
        answer = self.client.download(document, headers={"If-None-Match": tag})
        self.assertEqual((answer.status_code, answer.content), (304, b""))
        self.assertEqual(self.client.download(document, headers={"Range": "bytes=0-3", "If-Range": tag}).status_code, 206)
        self.assertEqual(self.client.download(document, headers={"Range": "bytes=0-3", "If-Range": '"old"'}).status_code, 200)

    def test_an_unknown_document_is_404(self):
        for wrong in ("0" * 24, "x", "%2e%2e", "a%2Fb"):
            self.assertIn(self.client.get(f"/documents/{wrong}/download").status_code, (404, 405), wrong)
        self.assertError(self.client.download("0" * 24), 404, "DOCUMENT_NOT_FOUND")

    # ---- delete

    def test_delete_is_for_good_and_ends_share_links(self):
        document = self.client.upload(PDF)
        link = self.client.post(f"/documents/{document}/share").json()["shareUrl"]
        self.assertEqual(self.client.call("DELETE", f"/documents/{document}").json(), {"documentId": document, "deleted": True})
        self.assertError(self.client.download(document), 404, "DOCUMENT_NOT_FOUND")
        self.assertError(self.client.call("DELETE", f"/documents/{document}"), 404, "DOCUMENT_NOT_FOUND")
        self.assertEqual(requests.get(link).status_code, 404)

    # ---- share

    def test_a_share_link_works_without_credentials_from_any_origin(self):
        document = self.client.upload(PDF, "letter.pdf")
        shared = self.client.post(f"/documents/{document}/share")
        self.assertEqual(shared.status_code, 200)
        self.assertEqual(sorted(shared.json()), ["expiresAt", "shareUrl", "token"])
        self.assertTrue(shared.json()["shareUrl"].startswith("http"))
        self.assertRegex(shared.json()["expiresAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
        answer = requests.get(shared.json()["shareUrl"], headers={"Origin": "https://viewer.example"})
        self.assertEqual(answer.content, PDF)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertTrue(requests.get(shared.json()["shareUrl"] + "?view=1").headers["Content-Disposition"].startswith("inline"))
        self.assertEqual(requests.get(shared.json()["shareUrl"], headers={"Range": "bytes=0-3"}).content, PDF[:4])
        self.assertEqual(requests.head(shared.json()["shareUrl"]).headers["Content-Length"], str(len(PDF)))

    def test_share_takes_a_time_and_a_name(self):
        document = self.client.upload(PDF)
        for minutes in (10, 1440, "60", None):
            answer = self.client.post(f"/documents/{document}/share", {"expirationMinutes": minutes, "filename": "other.pdf"})
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertIn('filename="other.pdf"', requests.get(answer.json()["shareUrl"]).headers["Content-Disposition"])
        for minutes in (9, 1441, -1, 1.5, "soon", [30], True):
            self.assertError(self.client.post(f"/documents/{document}/share", {"expirationMinutes": minutes}), 400, "VALIDATION_ERROR")
        self.assertError(self.client.post(f"/documents/{document}/share", data=b"[]"), 400, "VALIDATION_ERROR")
        self.assertError(self.client.post(f"/documents/{'0' * 24}/share"), 404, "DOCUMENT_NOT_FOUND")

    def test_an_unknown_share_token_is_404_and_tokens_stay_out_of_the_log(self):
        self.assertEqual(requests.get(self.server.base + "/share/nothing").status_code, 404)
        token = self.client.post(f"/documents/{self.client.upload(PDF)}/share").json()["token"]
        requests.get(f"{self.server.base}/share/{token}")
        self.assertNotIn(token, self.server.log_path.read_text())


if __name__ == "__main__":
    unittest.main()
