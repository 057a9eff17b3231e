"""Web pages to PDF through the whole API, by isolation, beside chromium-headless-shell --print-to-pdf. Part of script/bench."""
import os
import pathlib
import statistics
import subprocess
import time

PAGE = ("<!doctype html><html lang=en><title>Letter</title><style>body{font:11pt 'Liberation Serif';margin:2cm}table{border-collapse:collapse}"
        "td{border:1px solid #888;padding:3px}</style><h1>Report</h1>"
        + "<p>The harbour office keeps a ledger of every crossing, and the ledger says that the winter of that year was mild.</p>" * 8
        + "<table>" + "<tr><td>1<td>2<td>3</tr>" * 6 + "</table>")
CHROMIUM = "/usr/lib/chromium/chromium-headless-shell"
SECONDS = "15"


def command_line(document, work, rounds=10):
    """Milliseconds of one process for each document, as root's children may not do without options: as nobody else but the caller."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [CHROMIUM, "--headless", "--disable-gpu", *options, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={work / 'out.pdf'}",
               f"file://{document}"]
    times = []
    for _ in range(rounds):
        begin = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append((time.monotonic() - begin) * 1000)
    return times


def web(binaries, work, server_class):
    document = work / "page.html"
    document.write_text(PAGE)
    print("\n| one-page HTML, upload to download | result |\n|---|---|")
    for isolation in ("document", "account"):
        server = server_class(binaries, work / f"data-{isolation}", "--set", f"isolation={isolation}", "--set", "engines=web")
        time.sleep(3)  # the other lane's browser, and the spare one
        for clients in ("1", "4"):
            out = subprocess.run([binaries / "load_client", server.address, *server.pair, document, clients, SECONDS, "", "/documents/create/pdf-from-html"],
                                 capture_output=True, text=True, check=True)
            print(f"| isolation {isolation}, {clients} clients | {out.stdout.strip()} |", flush=True)
        server.stop()
    times = command_line(pathlib.Path(document), work)
    print(f"| chromium-headless-shell --print-to-pdf, a process each | {1000 / statistics.mean(times):.1f} documents/s, p50 {statistics.median(times):.0f} ms |")
