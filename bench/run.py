#!/usr/bin/env python3
"""Speed and memory of Docwright beside baselines in the same run. See script/bench.

Speeds of extraction are taken on one core (taskset), over whole processes, start included: documents are read by
`docwright extract`, that is by confined engine children, as the server does it. Processor time is user + system of the
process and all its children. Ratios are what to look at: they hold on a busy machine too.
"""
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = ROOT.parent / "shared" / "samples"
sys.path[:0] = [str(ROOT / "tests" / "api"), str(ROOT / "tests" / "office")]
from hostile_pdfs import hostile  # noqa: E402
from pdf_text import text_pdf  # noqa: E402
from web import web  # noqa: E402

PROSE = ("The harbour office keeps a ledger of every crossing, and the ledger says that the winter of that year was mild. "
         "Passengers came early, stayed late, and paid in coins that the clerk counted twice before he wrote them down. ")


def book(pages):
    """A book of our own: `pages` pages of running text."""
    return text_pdf(["\n".join(f"{n}.{line} {PROSE}"[:95] for line in range(48)) for n in range(1, pages + 1)])


def page_count(path):
    out = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", out).group(1))


def timed(commands):
    """Wall and processor seconds of the commands, one after the other, on one core."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        subprocess.run(["taskset", "-c", "0", *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name, pages, wall, cpu, baseline=None):
    ratio = f"{baseline / wall:6.2f}" if baseline else "      "
    print(f"| {name:52s} | {pages / wall:8.0f} | {1000 * cpu / pages:8.2f} | {ratio} |")


def extraction(binaries, work):
    docwright = binaries / "docwright"
    sets = {}
    long_book = work / "book" / "book.pdf"
    long_book.parent.mkdir()
    play = SAMPLES / "pdf-services/inputs/a-midsummer-nights-dream.pdf"
    if play.exists():
        subprocess.run(["qpdf", "--empty", "--pages", *[play] * 4, "--", long_book], check=True)
        sets["long book (the play, four times)"] = [long_book]
        sets["table samples"] = sorted((SAMPLES / "tables").glob("*.pdf"))
    else:
        print(f"{SAMPLES} is not there: a book of our own instead")
        long_book.write_bytes(book(350))
        sets["long book (our own)"] = [long_book]
    print("\n| extraction, one core, start included | pages/s | cpu ms/page | of pdftotext's speed |\n|---|---|---|---|")
    for name, files in sets.items():
        pages = sum(map(page_count, files))
        folder = work / name.split()[0]
        folder.mkdir(exist_ok=True)
        for file in files:
            if file.parent != folder:
                (folder / file.name).write_bytes(file.read_bytes())
        base_wall, base_cpu = timed([["pdftotext", "-bbox-layout", f, work / "out.html"] for f in files])
        row(f"{name}: pdftotext -bbox-layout", pages, base_wall, base_cpu)
        for renditions in ("none", "all"):
            command = [docwright, "extract", folder, "-o", work / f"{folder.name}-{renditions}", "--jobs", "1", "--renditions", renditions]
            wall, cpu = timed([command])
            row(f"{name}: docwright, renditions {renditions}", pages, wall, cpu, base_wall)


class RunningServer:
    def __init__(self, binaries, data, *options):
        self.process = subprocess.Popen([binaries / "docwright", "serve", "--listen", "127.0.0.1:0", "--data", data, *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = next(line for line in self.process.stdout if line.startswith("ready ")).split()[1].removeprefix("http://")
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        pairs = dict(line.strip().split("=", 1) for line in (data / "credentials.env").read_text().splitlines() if "=" in line)
        self.pair = [pairs["CLIENT_ID"], pairs["CLIENT_SECRET"]]

    def peak_megabytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def api(binaries, work):
    document = work / "one-page.pdf"
    document.write_bytes(book(1))
    server = RunningServer(binaries, work / "data")
    print("\n| whole API: upload, extract, wait, download; one-page documents | result |\n|---|---|")
    for clients in (1, 8):
        out = subprocess.run([binaries / "load_client", server.address, *server.pair, document, str(clients), "10"], capture_output=True, text=True, check=True)
        print(f"| {clients} clients | {out.stdout.strip()} |")
    print(f"| server, peak resident | {server.peak_megabytes():.0f} MB |")
    server.stop()


def neighbours(binaries, work):
    """One client of one account, alone and while another account sends the hostile files over and over."""
    document = work / "one-page.pdf"
    document.write_bytes(book(1))
    server = RunningServer(binaries, work / "data-neighbours")
    made = json.loads(subprocess.run([binaries / "docwright", "keys", "create", "--data", work / "data-neighbours", "--new-account", "neighbour", "--json"],
                                     capture_output=True, text=True, check=True).stdout)
    files, stop = [data for data, _ in hostile().values()], threading.Event()

    def send_hostile_files():
        with requests.Session() as session:
            session.headers.update(client_id=server.pair[0], client_secret=server.pair[1])
            root = f"http://{server.address}/pdf-services/api"
            while not stop.is_set():
                waiting = []
                for data in files:
                    uploaded = session.post(f"{root}/documents/upload", files={"file": ("h.pdf", data, "application/pdf")}).json()
                    asked = {"documentId": uploaded["documentId"]}
                    waiting.append(session.post(f"{root}/documents/pdf-structural-extract", json=asked).json()["taskId"])
                    if stop.is_set():
                        return
                while waiting and not stop.is_set():
                    state = session.get(f"{root}/tasks/{waiting[0]}", headers={"Prefer": "wait=2"}).json()
                    if state["status"] in ("COMPLETED", "FAILED"):
                        waiting.pop(0)

    def load():
        command = [binaries / "load_client", server.address, made["clientId"], made["clientSecret"], document, "1", "15"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    print("\n| one client's documents, one page each | result |\n|---|---|")
    print(f"| alone | {load()} |")
    thread = threading.Thread(target=send_hostile_files)
    thread.start()
    time.sleep(1)
    print(f"| beside the {len(files)} hostile files of another account, over and over | {load()} |")
    stop.set()
    thread.join()
    server.stop()


def peak_of_tree(command):
    """Highest resident size, in MB, of any process below `command`, and of `command` itself; read every 10 ms."""
    process, peaks = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL), {}
    while process.poll() is None:
        for pid in [str(process.pid)] + subprocess.run(["pgrep", "-f", "docwright-engine"], capture_output=True, text=True).stdout.split():
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                name, size = re.search(r"Name:\s+(\S+)", status).group(1), re.search(r"VmHWM:\s+(\d+)", status)
                if size:
                    peaks[name] = max(peaks.get(name, 0), int(size.group(1)) / 1024)
            except (FileNotFoundError, ProcessLookupError):
                continue
        time.sleep(0.01)
    return peaks


def memory(binaries, work):
    print("\n| memory, renditions none | docwright, MB | docwright-engine, MB |\n|---|---|---|")
    for pages in (1, 100, 5000):
        document = work / f"book-{pages}.pdf"
        document.write_bytes(book(pages))
        peaks = peak_of_tree([binaries / "docwright", "extract", document, "-o", work / "out.zip", "--renditions", "none"])
        print(f"| {pages} pages | {peaks.get('docwright', 0):.0f} | {peaks.get('docwright-engin', 0):.0f} |")


def fetch(binaries, _):
    print(flush=True)
    subprocess.run([binaries / "fetch_overhead", binaries / "docwright"], check=True)


def office(binaries, work):
    import office as bench  # only this part needs LibreOffice driven from Python
    bench.office(binaries, work)


def latency(binaries, work):
    import latency as bench
    bench.latency(binaries, work, RunningServer)


def trees(binaries, work):
    import trees as bench
    bench.trees(binaries, work, RunningServer)


def docgen(binaries, work):
    import docgen as bench  # only this part needs python-docx
    bench.docgen(binaries, work, RunningServer)


def main():
    parts = {"extract": extraction, "api": api, "fetch": fetch, "memory": memory, "neighbours": neighbours, "office": office,
             "latency": latency, "trees": trees,
             "docgen": docgen,
             "web": lambda programs, work: web(programs, work, RunningServer)}
    binaries, wanted = pathlib.Path(sys.argv[1]).resolve(), set(sys.argv[2:]) or set(parts)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="docwright-bench-") as folder:
        for name, part in parts.items():
            if name in wanted:
                part(binaries, pathlib.Path(folder))


if __name__ == "__main__":
    main()
