"""Documents that hang, crash their engine or eat its memory, in the real engines: each costs its own task, and nothing is left."""
import hashlib
import threading
import time
import unittest

import engine_processes as processes
from running_server import RunningServer

PATIENCE = 20  # seconds until engines are whole again; a second on an idle machine


class Neighbour(threading.Thread):
    """Another account that goes on converting small documents."""

    def __init__(self, client, route, document, name):
        super().__init__(daemon=True)
        self.client, self.route, self.document, self.name_of_document = client, route, document, name
        self.stop, self.states = threading.Event(), []

    def run(self):
        while not self.stop.is_set():
            task = self.client.submit(self.route, {"documentId": self.client.upload(self.document, self.name_of_document)})
            self.states.append(self.client.end_of(task))


class LosingEngine:
    """The same for both engines; `kind`, `route`, `small` and `long_document()` differ."""

    @classmethod
    def setUpClass(cls):
        cls.maxDiff = None
        cls.server = RunningServer("--engines", cls.kind)
        cls.client = cls.server.client
        cls.process = cls.server.process.pid
        cls.another = cls.server.second_client()

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def setUp(self):
        for client in (self.client, self.another):  # whatever is opened once is open
            self.assertEqual(self.end_of(self.start(self.small[0], self.small[1], client=client), client)["status"], "COMPLETED")
        self.before = self.whole()
        self.neighbour = Neighbour(self.another, self.route, *self.small)
        self.neighbour.start()

    def tearDown(self):
        self.neighbour.stop.set()
        self.neighbour.join()
        self.assertGreater(len(self.neighbour.states), 0)
        for state in self.neighbour.states:
            self.assertEqual(state["status"], "COMPLETED", state)
        self.assertEqual(self.whole(), self.before)

    def start(self, data, name, client=None, **values):
        client = client or self.client
        return client.submit(self.route, {"documentId": client.upload(data, name), **values})

    def end_of(self, task, client=None):
        return (client or self.client).end_of(task)

    def gauges(self):
        text = self.client.session.get(self.server.root + "/metrics", timeout=60).text
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if f'engine="{self.kind}"' in line]
        return {name.split("{")[0]: float(value) for name, value in lines}

    def look(self):
        """What must be the same before and after: nothing of a lost child stays behind."""
        gauges = self.gauges()
        children = processes.children_of_engine(self.process, self.kind)
        ready = self.client.session.get(self.server.root + "/readyz", timeout=60)
        return {"ready": gauges["engine_ready"], "busy": gauges["engine_busy"], "children": len(children), "readyz": ready.status_code,
                "folders": len(processes.scratch_folders(self.process, self.kind)), "zombies": processes.dead_below(self.process),
                "processes": len(processes.engine_tree(self.process, self.kind)), "descriptors": processes.descriptors(self.process),
                "descriptors of the parent": processes.descriptors(processes.parent_of_engine(self.process, self.kind))}

    def whole(self):
        """As soon as it is what it was, or as it is when patience is over."""
        end, seen = time.monotonic() + PATIENCE, self.look()
        while time.monotonic() < end:
            time.sleep(0.25)
            now = self.look()
            if now == getattr(self, "before", seen) and now["busy"] == 0 and now["ready"] == now["children"]:
                return now
            seen = now
        return seen

    def document(self):
        """A long document that nobody has sent before, and its hash."""
        data, name = self.long_document(time.monotonic_ns())
        return data, name, hashlib.sha256(data).hexdigest()

    def killed_in_the_middle(self, attempts):
        """The state of a task whose child is killed in each of its first `attempts`."""
        data, name, sha256 = self.document()
        task = self.start(data, name)
        last = None
        for _ in range(attempts):
            end = time.monotonic() + 30
            while (child := processes.child_with(self.process, self.kind, sha256)) == last and time.monotonic() < end:
                time.sleep(0.01)
            last = child
            time.sleep(0.1)  # somewhere in the middle
            processes.send(self.victim(child), "SIGSEGV")
        return self.end_of(task)

    def victim(self, child):
        return child

    def test_a_document_whose_engine_crashes_once_is_done_again(self):
        losses = self.gauges()["engine_losses_total"]
        state = self.killed_in_the_middle(1)
        self.assertEqual(state["status"], "COMPLETED", state)
        self.assertEqual(self.gauges()["engine_losses_total"], losses + 1)

    def test_a_document_whose_engine_crashes_each_time_is_given_up(self):
        state = self.killed_in_the_middle(3)
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "INTERNAL_SERVER_ERROR"), state)
        self.assertEqual(state["error"]["details"], {"reason": "DEAD_LETTER"})

    def test_a_document_that_hangs_fails_alone(self):
        state = self.hanging()
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "RENDER_TIMEOUT"), state)
        self.assertEqual(state["error"]["details"], {"reason": "TIMEOUT"})

    def test_a_document_that_eats_memory_fails_alone(self):
        state = self.end_of(self.start(*self.greedy()))
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "LIMIT_EXCEEDED"), state)
        self.assertIn("memory", state["error"]["message"])


class Office(LosingEngine, unittest.TestCase):
    kind, route = "office", "/documents/create/pdf-from-word"
    small = (b"{\\rtf1\\ansi A short letter.\\par}", "letter.rtf")

    def long_document(self, number):
        lines = b"".join(b"Line %d of a long ledger, which goes on for many pages and says little.\\par\n" % n for n in range(12000))
        return b"{\\rtf1\\ansi %d\\par " % number + lines + b"}", "ledger.rtf"

    def hanging(self):
        data, name, sha256 = self.document()
        task = self.start(data, name)
        processes.send(processes.child_with(self.process, self.kind, sha256), "SIGSTOP")
        return self.end_of(task)

    def greedy(self):
        """A sheet of one row that is repeated to hundreds of millions of cells."""
        row = b'<table:table-row table:number-rows-repeated="1000000">' + b'<table:table-cell office:value-type="float" office:value="1"/>' * 900
        sheet = (b'<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.3" '
                 b'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                 b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table table:name="a">'
                 + row + b"</table:table-row></table:table></office:spreadsheet></office:body></office:document>")
        return sheet, "sheet.fods"


class Web(LosingEngine, unittest.TestCase):
    kind, route = "web", "/documents/create/pdf-from-html"
    small = (b"<p>A short page.", "page.html")

    def long_document(self, number):
        return b"<p>%d<script>const end = performance.now() + 3000; while (performance.now() < end);</script>" % number, "page.html"

    def victim(self, child):
        return processes.browser_of(child)

    def hanging(self):
        return self.end_of(self.start(b"<p>x<script>for (;;);</script>", "page.html"))

    def greedy(self):
        return b"<p>x<script>const all = []; for (;;) all.push(new Array(100000).fill(Math.random()))</script>", "page.html"

    def test_a_page_whose_process_crashes_fails_alone(self):
        data, name, sha256 = self.document()
        task = self.start(data, name)
        # Not SIGSEGV: V8 takes that for a mistake of WebAssembly, and goes on when it finds none.
        processes.send(processes.busiest_renderer(processes.child_with(self.process, self.kind, sha256)), "SIGKILL")
        state = self.end_of(task)
        self.assertEqual((state["status"], state["error"]["code"]), ("FAILED", "LIMIT_EXCEEDED"), state)


if __name__ == "__main__":
    unittest.main()
