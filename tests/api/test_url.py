"""Pages of the web through the whole API: the real fetcher, the real browser, a server of our own (contract/pdf-services.md, 4 and 6.1)."""
import http.server
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest

from running_server import RunningServer
from small_pictures import plain_picture

ROUTE = "/documents/create/pdf-from-url"


PAGE = b"""<!doctype html><meta charset=utf-8><title>Ledger</title><link rel=stylesheet href=/style.css>
<h1>Ledger of crossings</h1><p class=note>The winter was mild.</p><img src=/picture.png width=64 height=48>
<script>document.body.append('Written by a script. ' + document.cookie)</script>"""
STYLE = b".note::after { content: ' Said by the style sheet.' } @page { size: 400pt 300pt }"


class WebSite:
    """A web server on 127.0.0.1 that counts connections and keeps what was asked: {path: (status, headers, body)}."""

    def __init__(self, answers):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                site.requests.append((self.path, dict(self.headers)))
                status, headers, body = answers.get(self.path, (404, {"Content-Type": "text/html"}, b"<h1>Not here</h1>"))
                self.send_response(status)
                for name, value in {"Content-Length": len(body), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            def verify_request(self, *_):
                site.connections += 1
                return True

        self.requests, self.connections = [], 0
        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.root = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def page(body, **headers):
    return 200, {"Content-Type": "text/html; charset=utf-8", **headers}, body


def to(location, status=302):
    return status, {"Location": location}, b""


HOST = (b"127.0.0.1 loopback.test\n8.8.8.8 mixed.test\n127.0.0.1 mixed.test\n169.254.169.254 metadata.test\n::ffff:127.0.0.1 mapped.test\n"
        b"64:ff9b::7f00:1 nat64.test\n2002:7f00:1:: six.test\n0.0.0.0 zero.test\n127.0.0.1 named.test\n127.0.0.1 localhost\n")

# All of them mean this machine, one of its networks or a cloud's metadata, and say so by themselves.
FORBIDDEN_HOSTS = ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1", "0", "0.0.0.0", "127.0.0.1.",
                   "%31%32%37.0.0.1", "localhost", "LOCALHOST.", "x.localhost", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
                   "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::1]", "[fe80::1]",
                   "[fe80::1%25lo]", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254",
                   "user@127.0.0.1", "user:word@127.0.0.1"]
FORBIDDEN_ADDRESSES = ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:text/html,hello", "javascript:alert(1)", "about:blank",
                       "view-source:http://127.0.0.1/", "//127.0.0.1/", "/etc/passwd", "http:", "http://", "http://8.8.8.8:22/", "http://8.8.8.8:0/", ""]
# Known by the name service only; the machine's own list of names is replaced for the server of these tests.
FORBIDDEN_NAMES = ["loopback.test", "mixed.test", "metadata.test", "mapped.test", "nat64.test", "six.test", "zero.test"]


class Url(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.hidden = WebSite({})
        hidden = f"127.0.0.1:{cls.hidden.port}"
        cls.site = WebSite({
            "/page": page(PAGE, **{"Set-Cookie": "secret=1"}), "/style.css": (200, {"Content-Type": "text/css"}, STYLE),
            "/picture.png": (200, {"Content-Type": "image/png"}, plain_picture(64, 48)), "/old": to("/older", 301), "/older": to("/page", 307),
            "/circle": to("/circle"), "/broken": (500, {"Content-Type": "text/html"}, b"<h1>Sorry</h1>"), "/nothing": (204, {}, b""),
            "/assets": page(b"<p>Shown all the same<img src=http://%b/a.png><script src=http://%b/a.js></script>" % ((hidden.encode(),) * 2)),
            "/packed": (200, {"Content-Encoding": "br"}, b"x"),
            "/to-address": to(f"http://{hidden}/"), "/to-decimal": to(f"http://2130706433:{cls.hidden.port}/"), "/to-host": to(f"//{hidden}/"),
            "/to-mapped": to(f"http://[::ffff:7f00:1]:{cls.hidden.port}/"), "/to-metadata": to("http://169.254.169.254/latest/meta-data/"),
            "/to-file": to("file:///etc/passwd"), "/to-localhost": to(f"http://localhost:{cls.hidden.port}/"),
        })
        # The hidden site's port is listed for addresses of the open internet, so that only the address can be what refuses.
        allow = f"127.0.0.1:{cls.site.port},named.test:{cls.site.port},8.0.0.0/8:{cls.hidden.port}"
        cls.hosts = pathlib.Path(tempfile.mkdtemp(prefix="docwright-hosts-")) / "hosts"
        cls.hosts.write_bytes(HOST)
        own_names = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', str(cls.hosts)]
        cls.names = subprocess.run([*own_names, "true"], stderr=subprocess.DEVNULL).returncode == 0
        cls.server = RunningServer("--engines", "web", "--set", f"fetch_allow={allow}", within=own_names if cls.names else ())
        cls.client = cls.server.client

    @classmethod
    def tearDownClass(cls):
        cls.server.close()
        cls.site.close()
        cls.hidden.close()
        shutil.rmtree(cls.hosts.parent)

    def convert(self, url, **values):
        answer = self.client.post(ROUTE, {"url": url, **values})
        self.assertEqual(answer.status_code, 200, answer.text)
        return self.client.end_of(answer.json()["taskId"])

    def pdf_of(self, url, **values):
        state = self.convert(url, **values)
        self.assertEqual(state["status"], "COMPLETED", state)
        return state, self.client.download(state["resultDocumentId"])

    def text_of(self, pdf):
        return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()

    def assertFetchFailed(self, state, http_status=None):
        """The contract's shape of a task that failed, with the other server's status where it answered."""
        self.assertEqual((state["status"], state["progress"]), ("FAILED", 0), state)
        self.assertEqual(state["error"]["code"], "FETCH_FAILED", state)
        self.assertTrue(state["error"]["message"])
        details = {"reason": "FETCH_FAILED", **({"httpStatus": http_status} if http_status else {})}
        self.assertEqual(state["error"]["details"], details)
        self.assertNotIn("resultDocumentId", state)
        return state["error"]["message"]

    # ---- what may be reached

    def test_a_listed_page_becomes_a_pdf_with_its_style_sheet_its_picture_and_what_its_script_wrote(self):
        state, answer = self.pdf_of(self.site.root + "/page")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(state["resultData"], {"pageCount": 1})
        text = self.text_of(answer.content)
        for words in ("Ledger of crossings", "The winter was mild. Said by the style sheet.", "Written by a script."):
            self.assertIn(words, text)
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(answer.content)
            file.flush()
            pictures = subprocess.run(["pdfimages", "-list", file.name], capture_output=True, text=True, check=True).stdout
            self.assertRegex(pictures, r"image\s+64\s+48")
            facts = subprocess.run(["pdfinfo", file.name], capture_output=True, text=True, check=True).stdout
            self.assertRegex(facts, r"Page size:\s+400\S* x 300")

    def test_redirects_are_followed_and_no_cookie_goes_along(self):
        _, answer = self.pdf_of(self.site.root + "/old", dimension={"width": 595, "height": 842})
        self.assertIn("Ledger of crossings", self.text_of(answer.content))
        self.assertNotIn("secret", self.text_of(answer.content))
        for path, headers in self.site.requests:
            self.assertFalse({"cookie", "authorization"} & {name.lower() for name in headers}, path)

    def test_a_listed_name_is_reached_by_its_name(self):
        if not self.names:
            self.skipTest("names of our own need a file tree of our own")
        _, answer = self.pdf_of(f"http://named.test:{self.site.port}/page")
        self.assertIn("Ledger of crossings", self.text_of(answer.content))

    # ---- what is refused

    def test_addresses_that_mean_this_machine_are_refused_at_once_however_they_are_written(self):
        for host in FORBIDDEN_HOSTS:
            for url in (f"http://{host}:{self.hidden.port}/", f"https://{host}/"):
                with self.subTest(url):
                    answer = self.client.post(ROUTE, {"url": url})
                    self.assertEqual((answer.status_code, answer.json()["code"]), (400, "VALIDATION_ERROR"), answer.text)
                    self.assertTrue(answer.json()["message"])
        self.assertEqual(self.hidden.connections, 0)

    def test_other_schemes_closed_ports_and_what_is_no_address_are_refused_at_once(self):
        for url in FORBIDDEN_ADDRESSES:
            with self.subTest(url):
                answer = self.client.post(ROUTE, {"url": url})
                self.assertEqual((answer.status_code, answer.json()["code"]), (400, "VALIDATION_ERROR"), answer.text)

    def test_redirects_to_this_machine_end_the_task_and_reach_nothing(self):
        for path in ("/to-address", "/to-decimal", "/to-host", "/to-mapped", "/to-metadata", "/to-file", "/to-localhost"):
            with self.subTest(path):
                self.assertFetchFailed(self.convert(self.site.root + path))
        self.assertEqual(self.hidden.connections, 0)

    def test_names_that_lead_to_this_machine_end_the_task_also_when_another_address_is_public(self):
        if not self.names:
            self.skipTest("names of our own need a file tree of our own")
        for name in FORBIDDEN_NAMES:
            with self.subTest(name):
                message = self.assertFetchFailed(self.convert(f"http://{name}:{self.hidden.port}/"))
                self.assertNotIn("127.0.0.1", message)  # what a name leads to here is nobody's business
        self.assertEqual(self.hidden.connections, 0)

    def test_assets_from_this_machine_are_left_out_of_the_page(self):
        state, answer = self.pdf_of(self.site.root + "/assets")
        self.assertIn("Shown all the same", self.text_of(answer.content))
        self.assertEqual(state["resultData"]["warnings"], ["2 of 3 requests of the page had no answer."])
        self.assertEqual(self.hidden.connections, 0)

    # ---- what does not answer

    def test_a_status_of_refusal_ends_the_task_and_is_told(self):
        self.assertIn("404", self.assertFetchFailed(self.convert(self.site.root + "/missing"), 404))
        self.assertIn("500", self.assertFetchFailed(self.convert(self.site.root + "/broken"), 500))

    def test_an_answer_without_a_page_ends_the_task(self):
        self.assertFetchFailed(self.convert(self.site.root + "/nothing"), 204)
        self.assertFetchFailed(self.convert(self.site.root + "/packed"))

    def test_a_circle_of_redirects_ends(self):
        self.assertIn("redirect", self.assertFetchFailed(self.convert(self.site.root + "/circle")))

    def test_a_host_that_does_not_exist_or_does_not_listen_ends_the_task(self):
        self.assertFetchFailed(self.convert("http://no-such-host.invalid/"))
        with socket.socket() as taken:  # bound and not listening: nobody answers there
            taken.bind(("127.0.0.1", 0))
            server = RunningServer("--engines", "web", "--set", f"fetch_allow=127.0.0.1:{taken.getsockname()[1]}")
            answer = server.client.post(ROUTE, {"url": f"http://127.0.0.1:{taken.getsockname()[1]}/"})
            self.assertFetchFailed(server.client.end_of(answer.json()["taskId"]))
            server.close()

    def test_failed_fetches_do_not_cost_the_engine_its_processes(self):
        before = self.metric("engine_processes_replaced_total")
        for _ in range(4):
            self.assertFetchFailed(self.convert("http://no-such-host.invalid/"))
        self.assertEqual(self.metric("engine_processes_replaced_total"), before)

    def metric(self, name):
        text = self.client.session.get(self.server.root + "/metrics", timeout=60).text
        return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name) and 'engine="web"' in line)


if __name__ == "__main__":
    unittest.main()
