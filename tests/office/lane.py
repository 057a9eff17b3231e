"""A confined office child by itself (bench/office_lines.cpp), LibreOffice's own command line, and what PDFs say, for the tests here."""
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BINARIES = pathlib.Path(os.environ.get("DOCWRIGHT_BIN", ROOT / "build" / "bin"))
OPERATIONS = {"letter": "pdf-from-word", "accounts": "pdf-from-excel", "slides": "pdf-from-ppt"}


class Lane:
    def __init__(self, *options):
        self.folder = tempfile.TemporaryDirectory(prefix="office-lane-")
        self.process = subprocess.Popen([BINARIES / "office_lines", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.started = json.loads(self.process.stdout.readline())
        self.count = 0

    def convert(self, file, *, name=None, password="", operation=None, **values):
        """The answer; answer["pdf"] is the path of the PDF, if one was made."""
        file = pathlib.Path(file)
        self.count += 1
        output = pathlib.Path(self.folder.name) / f"{self.count}.pdf"
        order = {"operation": operation or OPERATIONS.get(file.stem.split("-")[0], "pdf-from-word"), "file": str(file), "name": name or file.name,
                 "password": password, "values": values, "output": str(output)}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        answer["pdf"] = output if output.exists() else None
        return answer

    def close(self):
        """What the child left in its scratch folder, as office_lines tells it."""
        _, said = self.process.communicate(timeout=60)
        self.folder.cleanup()
        return int(re.search(r"left in scratch: (\d+)", said).group(1))


def command_line(files, folder):
    """{file: PDF} by `soffice --convert-to pdf`, all in one start. Files of one stem would overwrite each other, so they are renamed."""
    folder = pathlib.Path(folder)
    copies = {}
    for number, file in enumerate(files):
        copies[file] = folder / f"in-{number}{file.suffix}"
        copies[file].write_bytes(file.read_bytes())
    with tempfile.TemporaryDirectory(prefix="soffice-") as profile:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf", "--outdir", folder,
                        *copies.values()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=600)
    return {file: copy.with_suffix(".pdf") for file, copy in copies.items()}


def facts(pdf):
    out = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^([^:\n]+):\s*(.*)$", out, re.M))


def pages(pdf):
    return int(facts(pdf)["Pages"])


def text(pdf, first_page=1):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", "-f", str(first_page), pdf, "-"], capture_output=True, text=True, check=True).stdout


def words(text):
    """A word with a hyphen counts as one without: pdftotext leaves the hyphen out where a line ends with it."""
    return re.findall(r"\w+", re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", "", text))


def f1(found, wanted):
    """Of two bags of words."""
    if not found and not wanted:
        return 1
    a, b = collections.Counter(found), collections.Counter(wanted)
    common = sum((a & b).values())
    return 2 * common / max(1, sum(a.values()) + sum(b.values()))
