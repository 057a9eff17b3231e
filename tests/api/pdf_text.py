"""Small PDFs written as text, so that a fixture can be read and reviewed."""
import zlib


def escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(objects, trailer=""):
    """A PDF file of numbered objects: {number: text or bytes}; object 1 is the catalogue."""
    out, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
    size, start = max(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offsets[n]:010d} 00000 n \n".encode() if n in offsets else b"0000000000 00000 f \n" for n in range(1, size))
    return out + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data, extra=""):
    data = data if isinstance(data, bytes) else data.encode("latin-1")
    return f"<< /Length {len(data)} {extra} >>\nstream\n".encode() + data + b"\nendstream"


def content_pdf(contents, resources="", width=612, height=792, extra_objects=None):
    """One page per content stream; fonts /F1 Helvetica, /F2 Helvetica-Bold. Further objects are numbered from 10 000."""
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>",
               3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"}
    pages = []
    for number, content in enumerate(contents):
        page, body = 10 + 2 * number, 11 + 2 * number
        objects[page] = (f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {body} 0 R "
                         f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> {resources} >> >>")
        objects[body] = stream(zlib.compress(content.encode("latin-1")), "/Filter /FlateDecode")
        pages.append(f"{page} 0 R")
    objects[2] = f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(pages)}] >>"
    return pdf_of({**objects, **(extra_objects or {})})


def text_pdf(pages, size=11):
    """A page for each text; line ends are kept, from the top margin down."""
    def content(text):
        lines = "".join(f"({escaped(line)}) Tj T*\n" for line in text.split("\n"))
        return f"BT /F1 {size} Tf {size * 1.27:.2f} TL 72 720 Td\n{lines}ET\n"
    return content_pdf([content(text) for text in pages])
