"""What the engines' trees of processes hold over many documents through the whole API. Part of script/bench.

300 Office documents of every format that tests/office makes, then 500 pages, by two clients; memory (proportional size) at the
start, after each hundred and at the end, when nobody asks for anything any more; and what is left then.
"""
import concurrent.futures
import threading
import time

import requests

import engine_processes as processes
import make_fixtures
import web

OFFICE_DOCUMENTS, PAGES, EACH, CLIENTS = 300, 500, 100, 2
ROUTES = {"letter": "pdf-from-word", "accounts": "pdf-from-excel", "slides": "pdf-from-ppt"}
REST_SECONDS = 10  # until nobody is being replaced any more
KINDS = ("office", "web")


def pages():
    """Seven kinds of page: text, styles, scripts that build, a drawing, a long table, a canvas, a page that is one tall sheet."""
    script = "<script>for (let i = 0; i < 400; ++i) { const p = document.createElement('p'); p.textContent = 'Line ' + i; document.body.append(p); }</script>"
    canvas = ("<canvas id=c width=600 height=400></canvas><script>const x = c.getContext('2d');"
              "for (let i = 0; i < 500; ++i) { x.fillStyle = `hsl(${i}, 60%, 50%)`; x.fillRect(i, i % 400, 40, 20); }</script>")
    drawing = "<svg width=500 height=500>" + "".join(f"<circle cx={n % 25 * 20} cy={n // 25 * 20} r=9 fill=teal />" for n in range(625)) + "</svg>"
    table = "<table>" + "".join(f"<tr><td>{n}<td>{n * n}<td>entry" for n in range(1500)) + "</table>"
    return [web.PAGE, "<p>" + "Running text without end. " * 4000, "<h1>Built</h1>" + script, drawing, table, canvas, "<h1>Grid</h1>" +
            "<div style='display:grid;grid-template-columns:repeat(8,1fr)'>" + "<div>cell</div>" * 2000 + "</div>"]


class Clients:
    """Calls on connections of their own, one for each thread."""

    def __init__(self, server):
        self.server, self.local = server, threading.local()

    def session(self):
        if not hasattr(self.local, "session"):
            self.local.session = requests.Session()
            self.local.session.trust_env = False
            self.local.session.headers.update(client_id=self.server.pair[0], client_secret=self.server.pair[1])
        return self.local.session

    def convert(self, order):
        name, data, route = order
        root, session = f"http://{self.server.address}/pdf-services/api", self.session()
        document = session.post(f"{root}/documents/upload", files={"file": (name, data)}).json()["documentId"]
        task = session.post(f"{root}/documents/create/{route}", json={"documentId": document}).json()["taskId"]
        while True:
            state = session.get(f"{root}/tasks/{task}", headers={"Prefer": "wait=30"}).json()
            if state["status"] in ("COMPLETED", "FAILED"):
                break
        for id_of in (document, state.get("resultDocumentId")):
            if id_of:
                session.delete(f"{root}/documents/{id_of}")
        return state["status"] == "COMPLETED"


def held(server):
    """Per engine: memory, processes, descriptors, scratch folders; and the server's own."""
    seen = {}
    for kind in KINDS:
        tree = processes.engine_tree(server.process.pid, kind)
        counts = []
        for process in tree:
            try:
                counts.append(processes.descriptors(process).total())
            except (FileNotFoundError, ProcessLookupError):
                continue
        seen[kind] = {"MB": processes.megabytes(tree), "processes": len(tree), "descriptors": sum(counts),
                      "folders": len(processes.scratch_folders(server.process.pid, kind)),
                      "children": len(processes.children_of_engine(server.process.pid, kind))}
    own = [server.process.pid, processes.fetcher_of(server.process.pid)]
    seen["server and fetcher"] = {"MB": processes.megabytes(own), "processes": 2, "descriptors": sum(processes.descriptors(process).total() for process in own), "folders": 0,
                                  "children": 0}
    return seen


def show(when, seen):
    cells = [f"{each['MB']:.0f} MB, {each['processes']} processes, {each['descriptors']} descriptors, {each['folders']} folders" for each in seen.values()]
    print(f"| {when} | " + " | ".join(cells) + " |", flush=True)


def trees(binaries, work, server_class):
    fixtures = work / "fixtures-of-trees"
    make_fixtures.make(fixtures)
    files = sorted(file for file in fixtures.iterdir() if "encrypted" not in file.name)
    office_orders = [(file.name, file.read_bytes(), ROUTES.get(file.stem.split("-")[0], "pdf-from-word")) for file in files]
    web_orders = [(f"page-{n}.html", page.encode(), "pdf-from-html") for n, page in enumerate(pages())]
    server = server_class(binaries, work / "data-trees", "--set", "engines=office,web")
    time.sleep(REST_SECONDS)
    print(f"\n| after | {' | '.join((*KINDS, 'server and fetcher'))} |\n|---|---|---|---|")
    begin, failed = held(server), 0
    show("the start", begin)
    clients = Clients(server)
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        for what, orders, count in (("Office documents", office_orders, OFFICE_DOCUMENTS), ("pages", web_orders, PAGES)):
            for done in range(0, count, EACH):
                failed += list(pool.map(clients.convert, [orders[n % len(orders)] for n in range(done, done + EACH)])).count(False)
                show(f"{done + EACH} {what}", held(server))
    time.sleep(REST_SECONDS)
    end = held(server)
    show("a rest", end)
    ended = processes.below(server.process.pid)
    server.stop()
    left = [process for process in ended if processes.stat_of(process)]
    print(f"| failed: {failed}; left when the server has ended: {len(left)} processes | | | |")
