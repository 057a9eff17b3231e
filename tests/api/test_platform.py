"""Health, metrics, OpenAPI, configuration, TLS, first start, graceful stop, and a disk that is full or not writable."""
import contextlib
import json
import os
import pathlib
import resource
import socket
import ssl
import stat
import subprocess
import tempfile
import threading
import time
import unittest

import requests
from pdf_text import text_pdf
from running_server import BINARIES, EXTRACT, RunningServer

PDF = text_pdf(["A short letter."])


def docwright(*arguments, **options):
    return subprocess.run([BINARIES / "docwright", *map(str, arguments)], capture_output=True, text=True, **options)


class Platform(unittest.TestCase):
    def serve(self, *options, **arguments):
        server = RunningServer(*options, **arguments)
        self.addCleanup(server.close)
        return server

    def test_the_first_start_shows_the_credential_once_and_keeps_it_private(self):
        server = self.serve()
        path = server.data / "credentials.env"
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(server.data.stat().st_mode), 0o700)
        self.assertIn(server.client.secret, "\n".join(server.said))
        self.assertIn(f"HOST={server.root}\n", path.read_text())
        server.stop()
        server.start()
        self.assertNotIn(server.client.secret, "\n".join(server.said))
        self.assertIn(f"HOST={server.root}\n", path.read_text())
        self.assertEqual(server.client.get("/tasks/1").status_code, 404)

    def test_two_servers_on_one_folder_do_not_start(self):
        server = self.serve()
        second = docwright("serve", "--listen", "127.0.0.1:0", "--data", server.data)
        self.assertEqual(second.returncode, 1)
        self.assertIn("Another server", second.stderr)

    def test_health_readiness_and_metrics(self):
        server = self.serve()
        self.assertEqual(requests.get(server.root + "/healthz").json(), {"status": "ok"})
        ready = requests.get(server.root + "/readyz")
        self.assertEqual(ready.status_code, 200)
        self.assertLessEqual({"store", "engine.pdf"}, ready.json()["checks"].keys())
        self.assertEqual(set(ready.json()["checks"].values()), {"ok"})
        server.client.end_of(server.client.submit(EXTRACT, {"documentId": server.client.upload(PDF)}))
        text = requests.get(server.root + "/metrics").text
        self.assertIn('requests_total{path="/documents/upload",code="200"} 1\n', text)
        self.assertRegex(text, r'task_seconds_count\{operation="pdf-structural-extract"\} 1\n')
        for name in ("task_queue_depth", "storage_bytes", "engine_healthy"):
            self.assertRegex(text, rf"(?m)^{name}(\{{.+\}})? \d+")
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)+\})? [-+0-9.einf]+)$')

    def test_an_operation_without_its_engine_is_refused_for_good(self):
        server = self.serve("--engines", "pdf")
        paths = server.client.get("/openapi.json").json()["paths"]
        path = next((path for path in paths if path.endswith("/documents/create/pdf-from-html")), None)
        if path is None:
            self.skipTest("no operation of another engine")
        answer = server.client.post("/documents/create/pdf-from-html", {"documentId": server.client.upload(b"<p>", "a.html")})
        self.assertEqual((answer.status_code, answer.json()["code"]), (400, "VALIDATION_ERROR"))
        self.assertIn("engine", answer.json()["message"])
        self.assertEqual(requests.get(server.root + "/readyz").json()["checks"], {"store": "ok", "engine.pdf": "ok"})

    def test_the_openapi_document_is_served_and_printed_alike(self):
        server = self.serve()
        served = requests.get(server.base + "/openapi.json")
        self.assertEqual(served.headers["Content-Type"], "application/json")
        document = served.json()
        self.assertEqual(document, json.loads(docwright("openapi").stdout))
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertEqual(requests.get(server.base + "/openapi.json", headers={"If-None-Match": served.headers["ETag"]}).status_code, 304)

    def test_every_example_of_the_openapi_document_is_accepted(self):
        server = self.serve()
        document = server.client.upload(PDF)
        for path, item in requests.get(server.base + "/openapi.json").json()["paths"].items():
            example = item.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
            if example is None:
                continue
            body = {key: document if value == "doc-1" else value for key, value in example.items()}
            answer = server.client.post(path, body)
            self.assertIn(str(answer.status_code), item["post"]["responses"], path)
            self.assertIn("taskId", answer.json(), path)

    def test_the_status_of_accepted_operations_can_be_chosen(self):
        server = self.serve("--set", "task_created_status=200")
        self.assertEqual(server.client.post(EXTRACT, {"documentId": server.client.upload(PDF)}).status_code, 200)

    def test_the_base_of_share_links_can_be_chosen(self):
        server = self.serve("--set", "public_url=https://docs.example.org")
        link = server.client.post(f"/documents/{server.client.upload(PDF)}/share").json()["shareUrl"]
        self.assertTrue(link.startswith("https://docs.example.org/pdf-services/api/share/"))

    def test_document_metadata_only_when_switched_on(self):
        server = self.serve("--set", "document_info=true")
        document = server.client.upload(PDF, "letter.pdf")
        self.assertEqual(server.client.get(f"/documents/{document}").json()["fileName"], "letter.pdf")

    def test_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
                            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=folder, check=True, capture_output=True)
            server = self.serve("--set", f"tls_certificate={folder}/cert.pem", "--set", f"tls_key={folder}/key.pem")
            self.assertTrue(server.root.startswith("https://"))
            server.client.session.verify = f"{folder}/cert.pem"
            data = os.urandom(3_000_000)
            self.assertEqual(server.client.download(server.client.upload(data, "x.bin")).content, data)
            self.assertNotEqual(subprocess.run(["curl", "-s", f"http://127.0.0.1:{server.port}/healthz"], capture_output=True).returncode, 0)

            with socket.create_connection(("127.0.0.1", server.port)) as plain:
                with ssl.create_default_context(cafile=f"{folder}/cert.pem").wrap_socket(plain, server_hostname="127.0.0.1") as slow:
                    slow.sendall(b"GET /healthz HTTP/1.1\r\nX-Slow: ")  # and nothing more
                    self.assertTrue(slow.recv(65536).startswith(b"HTTP/1.1 408 "))

    def test_configuration_shows_values_with_their_sources(self):
        out = docwright("config", "--set", "document_hours=48", env={**os.environ, "DOCWRIGHT_LOG_LEVEL": "error"}).stdout
        self.assertIn("document_hours = 48  # flag", out)
        self.assertIn('log_level = "error"  # DOCWRIGHT_LOG_LEVEL', out)
        self.assertIn('listen = "127.0.0.1:8080"  # default', out)
        for wrong in (("--set", "nothing=1"), ("--set", "listen=x"), ("--config", "/nowhere.toml")):
            self.assertEqual(docwright("config", *wrong).returncode, 2)

    # ---- stopping

    def test_a_stop_lets_requests_and_tasks_end(self):
        server = self.serve()
        client = server.client
        task = client.submit(EXTRACT, {"documentId": client.upload(text_pdf(["A page with a few words."] * 200))})
        waiting = {}
        poll = threading.Thread(target=lambda: waiting.update(client.get(f"/tasks/{task}", headers={"Prefer": "wait=30"}).json()))
        poll.start()
        time.sleep(0.5)  # the poll is there before the stop; if not, it is refused and the test says so
        server.stop()
        poll.join(30)
        self.assertEqual(waiting["taskId"], task)
        server.start()
        self.assertEqual(server.client.end_of(task)["status"], "COMPLETED")

    def test_a_stop_without_grace_hands_tasks_back(self):
        server = self.serve("--set", "stop_grace_seconds=0")
        tasks = [server.client.submit(EXTRACT, {"documentId": server.client.upload(text_pdf(["A page with a few words."] * 500))}) for _ in range(4)]
        server.stop()
        server.start()
        for task in tasks:
            self.assertEqual(server.client.end_of(task)["status"], "COMPLETED")

    # ---- a bad disk

    def order_until_refused(self, server, document):
        """Ids of the tasks that were accepted, and the key of the order that was not."""
        accepted = []
        for number in range(3000):
            key = {"Idempotency-Key": f"order-{number}"}
            answer = server.client.post(EXTRACT, {"documentId": document}, headers=key)
            if answer.status_code == 500:
                self.assertEqual(answer.json()["code"], "STORAGE_ERROR")
                return accepted, key
            self.assertEqual(answer.status_code, 202, answer.text)
            accepted.append(answer.json()["taskId"])
        self.fail("the disk never was full")

    def check_nothing_is_lost(self, server, document, accepted, key):
        again = server.client.submit(EXTRACT, {"documentId": document}, headers=key)  # what was refused left no trace
        self.assertNotIn(again, accepted)
        for task in [*accepted, again]:
            self.assertEqual(server.client.end_of(task)["status"], "COMPLETED", task)
        server.stop()
        self.assertEqual(docwright("audit", "verify", "--data", server.data).returncode, 3)  # consistent; nobody has signed it

    def test_a_state_that_cannot_grow_refuses_and_loses_nothing(self):
        """SQLite's own writes fail: no file of the server may grow past a size."""
        server = self.serve()
        document = server.client.upload(PDF)
        size = (server.data / "docwright.db-wal").stat().st_size
        before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size + 300_000, before[1]))
        accepted, key = self.order_until_refused(server, document)
        self.assertTrue(accepted)
        self.assertEqual(server.client.get(f"/tasks/{accepted[0]}").status_code, 200)
        self.assertEqual(requests.get(server.root + "/healthz").status_code, 200)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, before)
        self.check_nothing_is_lost(server, document, accepted, key)

    @unittest.skipIf(os.geteuid() != 0, "needs root for a small file system")
    def test_a_full_disk_fails_requests_and_heals_without_a_restart(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="docwright-small-"))
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True).returncode != 0:
            self.skipTest("mounting is not allowed here")
        self.addCleanup(lambda: (subprocess.run(["umount", "-l", folder]), folder.rmdir()))
        server = self.serve(data=folder / "data")
        kept = server.client.upload(PDF)
        answer = server.client.call("POST", "/documents/upload", files={"file": ("x", os.urandom(40_000_000))})
        self.assertEqual((answer.status_code, answer.json()["code"]), (500, "STORAGE_ERROR"))
        filler = folder / "filler"
        with open(filler, "wb", buffering=0) as file, contextlib.suppress(OSError):
            while file.write(bytes(4096)):
                pass
        answer = server.client.call("POST", "/documents/upload", files={"file": ("x", os.urandom(1_000_000))})
        self.assertEqual((answer.status_code, answer.json()["code"]), (500, "STORAGE_ERROR"))
        self.assertEqual(requests.get(server.root + "/healthz").status_code, 200)
        self.assertEqual(requests.get(server.root + "/readyz").status_code, 503)
        accepted, key = self.order_until_refused(server, kept)
        filler.unlink()
        self.assertEqual(server.client.download(kept).content, PDF)
        self.assertEqual(server.client.download(server.client.upload(PDF)).content, PDF)
        self.assertEqual(requests.get(server.root + "/readyz").status_code, 200)
        self.check_nothing_is_lost(server, kept, accepted, key)

    def test_a_folder_that_cannot_be_made_is_said_at_the_start(self):
        out = docwright("serve", "--listen", "127.0.0.1:0", "--data", "/proc/nothing/here")
        self.assertEqual(out.returncode, 1)
        self.assertIn("/proc/nothing", out.stderr)

    def test_a_port_that_is_taken_is_said_at_the_start(self):
        server = self.serve()
        with tempfile.TemporaryDirectory() as folder:
            out = docwright("serve", "--listen", f"127.0.0.1:{server.port}", "--data", folder)
        self.assertEqual(out.returncode, 1)
        self.assertIn(str(server.port), out.stderr)


if __name__ == "__main__":
    unittest.main()
