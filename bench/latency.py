"""Latency of Office and HTML documents through the whole API, beside the programs' own command lines in one run. Part of script/bench.

Upload, order, wait (Prefer: wait), download: one client on a warm server, documents of our own.
"""
import pathlib
import re
import statistics
import subprocess
import time

import office
import web

SECONDS = "10"
BASELINE_REPEATS = 5
KINDS = [("one-page DOCX", "one.docx", office.one_page_word, "pdf-from-word"), ("one-sheet XLSX", "one.xlsx", office.one_sheet_excel, "pdf-from-excel"),
         ("ten-slide PPTX", "ten.pptx", office.ten_slides, "pdf-from-ppt"),
         ("one-page HTML", "page.html", lambda path: path.write_text(web.PAGE), "pdf-from-html")]
LINE = re.compile(r"([\d.]+) documents/s, p50 ([\d.]+) ms, p95 ([\d.]+) ms, longest ([\d.]+) ms, (\d+) errors")


def through_the_api(binaries, server, document, route):
    """p50, p95 and longest in ms, and errors, as the load client says."""
    out = subprocess.run([binaries / "load_client", server.address, *server.pair, document, "1", SECONDS, "", f"/documents/create/{route}"],
                         capture_output=True, text=True).stdout
    return LINE.search(out).groups()[1:]


def command_line(document, work):
    """Median milliseconds of a process for each document."""
    if document.suffix == ".html":
        return statistics.median(web.command_line(document, work, BASELINE_REPEATS))
    profile = work / "profile-office"
    if not profile.exists():
        office.command_line(document, profile)  # makes the profile
    return statistics.median(office.command_line(document, profile) for _ in range(BASELINE_REPEATS))


def latency(binaries, work, server_class):
    server = server_class(binaries, work / "data-latency", "--set", "engines=office,web")
    time.sleep(3)  # the spare processes
    print("\n| ms, upload to download, one client | p50 | p95 | longest | errors | command line, p50 | times faster |\n|---|---|---|---|---|---|---|")
    for name, file, make, route in KINDS:
        document = pathlib.Path(work) / file
        make(document)
        through_the_api(binaries, server, document, route)  # the first of a kind loads what later ones share
        p50, p95, longest, errors = through_the_api(binaries, server, document, route)
        beside = command_line(document, work)
        print(f"| {name} | {float(p50):.0f} | {float(p95):.0f} | {float(longest):.0f} | {errors} | {beside:.0f} | {beside / float(p50):.1f} |", flush=True)
    server.stop()
