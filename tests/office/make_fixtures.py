"""Makes a document of every format from the small sources in sources/, with LibreOffice driven from Python.

    make_fixtures.py FOLDER

Needs Debian's python3-uno, python3-docx and python3-openpyxl; runs LibreOffice in a profile of its own.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

from hand_made import binary_workbook, retyped, word_perfect

SOURCES = pathlib.Path(__file__).resolve().parent / "sources"
PASSWORD = "open sesame"

# extension → LibreOffice's export filter
WRITER = {"odt": "writer8", "ott": "writer8_template", "docx": "MS Word 2007 XML", "dotx": "MS Word 2007 XML Template", "doc": "MS Word 97",
          "dot": "MS Word 97 Vorlage", "rtf": "Rich Text Format", "fodt": "OpenDocument Text Flat XML"}
CALC = {"ods": "calc8", "ots": "calc8_template", "xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97", "xlt": "MS Excel 97 Vorlage/Template",
        "csv": "Text - txt - csv (StarCalc)"}
IMPRESS = {"odp": "impress8", "otp": "impress8_template", "pptx": "Impress MS PowerPoint 2007 XML", "ppt": "MS PowerPoint 97",
           "ppsx": "Impress MS PowerPoint 2007 XML AutoPlay", "pps": "MS PowerPoint 97 AutoPlay"}
ENCRYPTED = {"letter": ["docx", "doc", "odt"], "accounts": ["xlsx", "xls", "ods"], "slides": ["pptx", "odp"]}
# LibreOffice writes these under the plain type, or not at all
RETYPED = [("letter.docx", "letter.docm", "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main"),
           ("letter.docx", "letter.dotm", "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            "vnd.ms-word.template.macroEnabledTemplate.main"),
           ("accounts.xlsx", "accounts.xlsm", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", "vnd.ms-excel.sheet.macroEnabled.main"),
           ("slides.pptx", "slides.pptm", "vnd.openxmlformats-officedocument.presentationml.presentation.main",
            "vnd.ms-powerpoint.presentation.macroEnabled.main"),
           ("slides.pptx", "slides.ppsm", "vnd.openxmlformats-officedocument.presentationml.presentation.main",
            "vnd.ms-powerpoint.slideshow.macroEnabled.main")]


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class LibreOffice:
    """One LibreOffice that is told what to do over a pipe."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="office-fixtures-")
        name = pathlib.Path(self.profile.name).name
        self.process = subprocess.Popen(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{self.profile.name}/profile",
                                         f"--accept=pipe,name={name};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                time.sleep(0.1)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except Exception:  # it goes away while it answers
            pass
        self.process.wait(30)
        self.profile.cleanup()

    def open(self, path):
        """LibreOffice answers before it is up, and then opens nothing."""
        for _ in range(100):
            document = self.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (option("Hidden", True),))
            if document:
                return document
            time.sleep(0.1)
        raise RuntimeError(f"LibreOffice does not open {path}")

    @staticmethod
    def save(document, path, kind, password=""):
        options = [option("FilterName", kind)]
        if password:
            options.append(option("Password", password))
        document.storeToURL(path.resolve().as_uri(), tuple(options))


def make(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with LibreOffice() as office:
        for source, kinds in (("letter.fodt", WRITER), ("accounts.fods", CALC), ("slides.fodp", IMPRESS)):
            document = office.open(SOURCES / source)
            stem = pathlib.Path(source).stem
            if kinds is CALC:  # what LibreOffice reads from a flat sheet and writes as ODS prints as empty pages; from XLSX it does not
                office.save(document, folder / "accounts.xlsx", kinds["xlsx"])
                document.close(True)
                document = office.open(folder / "accounts.xlsx")
            for extension, kind in kinds.items():
                office.save(document, folder / f"{stem}.{extension}", kind)
            for extension in ENCRYPTED[stem]:
                office.save(document, folder / f"{stem}-encrypted.{extension}", kinds[extension], PASSWORD)
            document.close(True)
    for source, target, old, new in RETYPED:
        retyped(folder / source, folder / target, old, new)
    binary_workbook(folder / "accounts.xlsb", [["Silver", 412.0], ["Copper", 1906.0]])
    (folder / "letter.wpd").write_bytes(word_perfect("Ledger of crossings\nThe winter of that year was mild\n"))


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]))
