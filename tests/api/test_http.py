"""HTTP itself: addresses, methods, heads, credentials, cross-origin calls, connections."""
import socket
import unittest

import requests
from pdf_text import text_pdf
from running_server import EXTRACT, RunningServer

PDF = text_pdf(["A short letter."])


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = RunningServer()
        cls.client = cls.server.client

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def raw(self, text):
        """Everything the server sends until it closes."""
        connection = socket.create_connection(("127.0.0.1", self.server.port))
        connection.settimeout(30)
        connection.sendall(text if isinstance(text, bytes) else text.encode())
        connection.shutdown(socket.SHUT_WR)
        out = b""
        while True:
            piece = connection.recv(65536)
            if not piece:
                return out.decode("latin-1")
            out += piece

    # ---- credentials

    def test_credentials_are_checked_before_anything_is_looked_up(self):
        good = {"client_id": self.client.id, "client_secret": self.client.secret}
        url = f"{self.server.base}/tasks/{'0' * 24}"
        self.assertEqual(requests.get(url, headers=good).status_code, 404)
        for headers in ({}, {"client_id": self.client.id}, {"client_secret": self.client.secret}, {**good, "client_secret": "x"}, {**good, "client_id": "x"},
                        {"Client-Id": self.client.id, "Client-Secret": self.client.secret}, {"ClientId": self.client.id, "ClientSecret": self.client.secret},
                        {"X-Client-Id": self.client.id, "X-Client-Secret": self.client.secret}, {"x-api-key": "x"}, {"x-api-key": ""}):
            answer = requests.get(url, headers=headers)
            self.assertEqual(answer.status_code, 401, headers)
            body = answer.json()
            self.assertEqual((body["code"], body["allow"]), ("UNAUTHORIZED", False))
            self.assertTrue(body["message"] and body["reason"])

    def test_header_names_in_any_case_and_the_secret_alone_as_api_key(self):
        url = f"{self.server.base}/tasks/{'0' * 24}"
        self.assertEqual(requests.get(url, headers={"CLIENT_ID": self.client.id, "Client_Secret": self.client.secret}).status_code, 404)
        self.assertEqual(requests.get(url, headers={"X-API-Key": self.client.secret}).status_code, 404)
        self.assertEqual(requests.get(url, headers={"client_id": self.client.id, "client_secret": self.client.secret, "x-api-key": self.client.secret,
                                                    "Authorization": "Basic Og==", "application-id": "1"}).status_code, 404)

    def test_the_log_hints_at_proxies_when_no_credential_arrives(self):
        answer = requests.get(f"{self.server.base}/tasks/1")
        self.assertIn("underscores_in_headers", self.server.log_of(answer.headers["X-Request-Id"])[0]["code"])

    # ---- addresses and methods

    def test_bases_and_slashes_that_clients_build(self):
        document = self.client.upload(PDF)
        for base in ("/pdf-services/api", "/pdf-services", "//pdf-services//api/", "/pdf-services/api/"):
            answer = self.client.session.get(f"{self.server.root}{base}/documents//{document}/download/")
            self.assertEqual((answer.status_code, answer.content), (200, PDF), base)

    def test_unknown_addresses_are_404_as_json(self):
        for path in ("/", "/pdf-services", "/pdf-services/api", "/pdf-services/api/nothing", "/documents/upload", "/pdf-services/api/documents/create/no-such", "/x/../healthz"):
            answer = self.client.session.get(self.server.root + path) if ".." not in path else None
            if answer is not None:
                self.assertEqual((answer.status_code, answer.json()["code"]), (404, "NOT_FOUND"), path)
        self.assertIn(" 404 ", self.raw("GET /x/../healthz HTTP/1.1\r\nConnection: close\r\n\r\n"))

    def test_wrong_methods_are_405_and_name_the_right_ones(self):
        for method, path, allowed in (("GET", "/documents/getproperties", "DELETE"), ("POST", "/documents/getproperties", "DELETE"),
                                      ("GET", EXTRACT, "POST"), ("PUT", "/documents/upload", "POST"), ("POST", "/tasks/1", "GET"), ("PATCH", "/tasks/1", "DELETE")):
            answer = self.client.call(method, path)
            self.assertEqual((answer.status_code, answer.json()["code"]), (405, "METHOD_NOT_ALLOWED"), path)
            self.assertIn(allowed, answer.headers["Allow"])

    # ---- heads and bodies

    def test_an_over_long_head_is_431(self):
        answer = self.client.get("/tasks/1", headers={"X-Long": "x" * 20_000})
        self.assertEqual((answer.status_code, answer.json()["code"]), (431, "HEADERS_TOO_LARGE"))
        self.assertIn(" 431 ", self.raw("GET /" + "x" * 30_000 + " HTTP/1.1\r\n\r\n"))

    def test_what_is_not_http_gets_400_or_nothing(self):
        for text in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"GET\r\n\r\n", b"G@T / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nNo colon\r\n\r\n",
                     b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
                     b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"\x00" * 100):
            out = self.raw(text)
            self.assertTrue(out == "" or out.startswith("HTTP/1.1 400 "), (text, out))
        self.assertEqual(requests.get(self.server.root + "/healthz").status_code, 200)

    def test_broken_chunks_do_not_hurt_the_next_request(self):
        self.raw(f"POST /pdf-services/api{EXTRACT} HTTP/1.1\r\nclient_id: {self.client.id}\r\nclient_secret: {self.client.secret}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
        self.assertEqual(requests.get(self.server.root + "/healthz").status_code, 200)

    def test_keep_alive_and_pipelining(self):
        out = self.raw("GET /healthz HTTP/1.1\r\n\r\n" * 3 + "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
        self.assertEqual(out.count("HTTP/1.1 200 OK"), 4)
        self.assertEqual(out.count("Connection: close"), 1)

    def test_http_1_0_ends_after_one_answer(self):
        out = self.raw("GET /healthz HTTP/1.0\r\n\r\nGET /healthz HTTP/1.0\r\n\r\n")
        self.assertEqual(out.count("HTTP/1.1 200 OK"), 1)

    def test_every_answer_has_an_id_that_the_log_knows(self):
        answer = self.client.get("/tasks/1", headers={"X-Request-Id": "my-id.1"})
        self.assertEqual(answer.headers["X-Request-Id"], "my-id.1")
        line = self.server.log_of("my-id.1")[0]
        self.assertEqual((line["method"], line["path"], line["status"]), ("GET", "/tasks/{id}", 404))
        self.assertTrue(requests.get(self.server.root + "/x").headers["X-Request-Id"].startswith("req_"))

    # ---- browsers

    def test_preflights_and_cross_origin_answers(self):
        answer = requests.options(self.server.base + "/documents/upload", headers={"Origin": "https://a.example", "Access-Control-Request-Method": "POST",
                                                                                   "Access-Control-Request-Headers": "client_id,client_secret"})
        self.assertEqual(answer.status_code, 204)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertIn("POST", answer.headers["Access-Control-Allow-Methods"])
        self.assertIn("client_secret", answer.headers["Access-Control-Allow-Headers"])
        answer = self.client.get("/tasks/1", headers={"Origin": "https://a.example"})
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertIn("X-Request-Id", answer.headers["Access-Control-Expose-Headers"])

    def test_no_secret_in_the_log(self):
        self.client.submit(EXTRACT, {"documentId": self.client.upload(PDF), "password": "open-sesame-7"})
        requests.get(f"{self.server.base}/tasks/1", headers={"client_id": "x", "client_secret": "guess-9"})
        log = self.server.log_path.read_text()
        for secret in (self.client.secret, "open-sesame-7", "guess-9"):
            self.assertNotIn(secret, log)


class ChosenOrigins(unittest.TestCase):
    def test_only_the_chosen_origins_may_read_but_share_links_stay_open(self):
        server = RunningServer("--set", "cors_origins=https://a.example, https://b.example")
        self.addCleanup(server.close)
        self.assertEqual(server.client.get("/tasks/1", headers={"Origin": "https://b.example"}).headers["Access-Control-Allow-Origin"], "https://b.example")
        self.assertNotIn("Access-Control-Allow-Origin", server.client.get("/tasks/1", headers={"Origin": "https://c.example"}).headers)
        self.assertEqual(requests.get(server.base + "/share/x", headers={"Origin": "https://c.example"}).headers["Access-Control-Allow-Origin"], "*")


if __name__ == "__main__":
    unittest.main()
