"""Documents of formats that LibreOffice cannot write, byte by byte, and variants of those that it can."""
import struct
import zipfile


def word_perfect(text):
    """A WordPerfect 5.1 document of plain lines (file header and text, no formatting packets)."""
    body = b"".join(line.encode("ascii") + b"\x0a" for line in text.splitlines())
    index = struct.pack("<HHHI", 0xFFFB, 0, 10, 0)
    start = 16 + len(index)
    return b"\xffWPC" + struct.pack("<IBBBBHH", start, 1, 10, 0, 1, 0, 0) + index + body


def _record(kind, body=b""):
    """One record of [MS-XLSB] 2.1.4: type and length in seven bits a byte."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    return head + size + body


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def binary_workbook(path, rows):
    """An XLSB workbook with one sheet; `rows` are lists of strings and numbers."""
    workbook = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide("Coins")) + _record(144) + _record(132)
    sheet = _record(129) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, value in enumerate(row):
            cell = struct.pack("<II", column, 0)
            sheet += _record(6, cell + _wide(value)) if isinstance(value, str) else _record(5, cell + struct.pack("<d", value))
    sheet += _record(146) + _record(130)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
                         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                         '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
                         '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                         f'Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>')
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
                         f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>')
        archive.writestr("xl/worksheets/sheet1.bin", sheet)


def retyped(source, target, old, new):
    """The same OOXML package under another main media type: a template, a slide show, a document that may hold macros."""
    with zipfile.ZipFile(source) as old_archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in old_archive.infolist():
            data = old_archive.read(item)
            if item.filename == "[Content_Types].xml":
                assert old.encode() in data, (source, old)
                data = data.replace(old.encode(), new.encode())
            archive.writestr(item.filename, data)


def altered(source, target, changes):
    """A package with some parts replaced or added: {name: bytes or function of the old bytes}."""
    with zipfile.ZipFile(source) as old_archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        left = dict(changes)
        for item in old_archive.infolist():
            data = old_archive.read(item)
            change = left.pop(item.filename, None)
            archive.writestr(item, change(data) if callable(change) else data if change is None else change)
        for name, data in left.items():
            archive.writestr(name, data)
