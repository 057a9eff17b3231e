"""The office engine beside `soffice --convert-to`, in one run: latency of a warm child, its start, and memory over many documents.

Documents are our own: a one-page DOCX, a one-sheet XLSX, a ten-slide PPTX, and for the long run one of every format that
tests/office/make_fixtures.py makes.
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "office"))

import docx  # noqa: E402
import openpyxl  # noqa: E402

import make_fixtures  # noqa: E402
from lane import Lane  # noqa: E402

PROSE = ("The harbour office keeps a ledger of every crossing, and the ledger says that the winter of that year was mild. "
         "Passengers came early, stayed late, and paid in coins that the clerk counted twice before he wrote them down. ")
REPEATS = 40
BASELINE_REPEATS = 5
LONG_RUN = 300
SLIDE = ('<draw:page draw:name="s{n}" draw:master-page-name="Default"><draw:frame svg:x="2cm" svg:y="1cm" svg:width="24cm" svg:height="3cm">'
         '<draw:text-box><text:p>Slide {n}</text:p></draw:text-box></draw:frame><draw:frame svg:x="2cm" svg:y="5cm" svg:width="24cm" '
         'svg:height="12cm"><draw:text-box><text:p>{prose}</text:p><text:p>{prose}</text:p></draw:text-box></draw:frame></draw:page>')


def one_page_word(path):
    document = docx.Document()
    document.add_heading("Ledger of crossings", 1)
    for _ in range(6):
        document.add_paragraph(PROSE)
    document.save(path)


def one_sheet_excel(path):
    book = openpyxl.Workbook()
    for row in range(40):
        book.active.append([f"entry {row}", row, row * 1.5, f"=B{row + 1}*2"])
    book.save(path)


def ten_slides(path):
    source = (make_fixtures.SOURCES / "slides.fodp").read_text()
    start, end = source.index("<draw:page "), source.index("</office:presentation>")
    slides = path.with_suffix(".fodp")
    slides.write_text(source[:start] + "".join(SLIDE.format(n=n, prose=PROSE) for n in range(1, 11)) + source[end:])
    with make_fixtures.LibreOffice() as office:
        document = office.open(slides)
        office.save(document, path, make_fixtures.IMPRESS["pptx"])
        document.close(True)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def command_line(file, profile):
    start = time.monotonic()
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", profile, file],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return 1000 * (time.monotonic() - start)


def latency(work):
    files = {"one-page DOCX": (work / "one.docx", one_page_word), "one-sheet XLSX": (work / "one.xlsx", one_sheet_excel),
             "ten-slide PPTX": (work / "ten.pptx", ten_slides)}
    for path, make in files.values():
        make(path)
    lane, profile = Lane(), work / "profile"
    command_line(work / "one.docx", profile)  # makes the profile
    print(f"\nstart of a child until it is warm: {lane.started['milliseconds']:.0f} ms, {lane.started['resident_mb']} MB resident")
    print("\n| ms, warm child, confined | first | p50 | p95 | least | soffice --convert-to, p50 |\n|---|---|---|---|---|---|")
    for name, (path, _) in files.items():
        times = []
        for _ in range(REPEATS):
            answer = lane.convert(path, operation="pdf-from-word")
            assert answer["ok"], answer
            times.append(answer["milliseconds"])
        beside = statistics.median(command_line(path, profile) for _ in range(BASELINE_REPEATS))
        print(f"| {name} | {times[0]:.0f} | {statistics.median(times):.0f} | {percentile(times, 0.95):.0f} | {min(times):.0f} | {beside:.0f} |")
    lane.close()


def long_run(work):
    fixtures = work / "fixtures"
    make_fixtures.make(fixtures)
    files = sorted(file for file in fixtures.iterdir() if "encrypted" not in file.name)
    lane, times, resident = Lane(), [], []
    start = time.monotonic()
    for number in range(LONG_RUN):
        answer = lane.convert(files[number % len(files)])
        assert answer["ok"], answer
        times.append(answer["milliseconds"])
        resident.append(answer["resident_mb"])
    seconds = time.monotonic() - start
    process = pathlib.Path(f"/proc/{lane.started['process']}")
    descriptors, threads = len(list((process / "fd").iterdir())), len(list((process / "task").iterdir()))
    left = lane.close()
    print(f"\n{LONG_RUN} documents of {len(files)} formats in one child: {LONG_RUN / seconds:.0f} a second, p50 {statistics.median(times):.0f} ms, "
          f"p95 {percentile(times, 0.95):.0f} ms")
    print(f"resident MB after 1, 50, 150, 300: {resident[0]}, {resident[49]}, {resident[149]}, {resident[-1]}; "
          f"{descriptors} descriptors, {threads} threads, {left} files left")


def office(binaries, work):
    with tempfile.TemporaryDirectory(dir=work) as folder:
        latency(pathlib.Path(folder))
        long_run(pathlib.Path(folder))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="office-bench-") as place:
        office(None, pathlib.Path(place))
