"""Files that attack a reader of PDFs, each with what may come of it: "fails" (a FAILED task with a clear error), "completes",
or "either". usage: hostile_pdfs.py FOLDER writes them there."""
import pathlib
import sys
import zlib

from pdf_text import content_pdf, pdf_of, stream, text_pdf


def endless(data, times):
    """Flate data that unpacks to `data` repeated `times` times, made without holding it."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(data) for _ in range(times)) + packer.flush()


def one_page(contents, resources="", more=None):
    objects = {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
               3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {resources} >> >>",
               4: contents, 5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
    return pdf_of({**objects, **(more or {})})


def hostile():
    good = text_pdf(["A page that is as good as any."])
    letters = b"BT /F1 1 Tf 1 0 0 1 10 10 Tm " + b"(" + b"a" * 1000 + b") Tj ET\n"
    return {
        "not_a_pdf": (b"This is a letter, not a PDF.", "fails"),
        "only_a_header": (b"%PDF-1.7\n", "fails"),
        "truncated": (good[:len(good) // 2], "either"),
        "no_cross_reference": (good[:good.index(b"xref")], "either"),
        "zeros": (bytes(100_000), "fails"),
        "cyclic_page_tree": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 9 /Kids [3 0 R] >>",
                                     3: "<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [2 0 R] >>"}), "fails"),
        "no_pages": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 0 /Kids [] >>"}), "fails"),
        "a_billion_pages": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 1000000000 /Kids [] >>"}), "fails"),
        "flate_bomb": (one_page(stream(endless(b" " * 1_000_000, 1000), "/Filter /FlateDecode")), "either"),
        "flate_bomb_in_three_filters": (one_page(stream(zlib.compress(zlib.compress(endless(b" " * 1_000_000, 500))),
                                                        "/Filter [/FlateDecode /FlateDecode /FlateDecode]")), "either"),
        "image_of_2_to_the_31": (one_page(stream(b"q 612 0 0 792 0 0 cm /I Do Q"), "/XObject << /I 6 0 R >>",
                                          {6: stream(zlib.compress(b"x"), "/Type /XObject /Subtype /Image /Width 65536 /Height 32768 "
                                                     "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode")}), "either"),
        "image_of_negative_size": (one_page(stream(b"q 612 0 0 792 0 0 cm /I Do Q"), "/XObject << /I 6 0 R >>",
                                            {6: stream(b"x", "/Type /XObject /Subtype /Image /Width -1 /Height 2147483647 "
                                                       "/ColorSpace /DeviceGray /BitsPerComponent 8")}), "either"),
        "million_glyphs": (one_page(stream(endless(letters, 1200), "/Filter /FlateDecode")), "either"),
        "endless_content": (one_page(stream(endless(b"0 0 m 1 1 l S\n" * 1000, 20_000), "/Filter /FlateDecode")), "either"),
        "form_that_draws_itself": (one_page(stream(b"/X Do"), "/XObject << /X 6 0 R >>",
                                            {6: stream(b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                                                       "/Resources << /XObject << /X 6 0 R >> >>")}), "either"),
        "deep_arrays": (one_page(stream(b"[" * 100_000 + b"]" * 100_000 + b" TJ")), "either"),
        "deep_dictionaries": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R /X " + "<< /A " * 5000 + "1" + " >>" * 5000 + " >>",
                                      2: "<< /Type /Pages /Count 0 /Kids [] >>"}), "fails"),
        "object_that_is_itself": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "2 0 R"}), "fails"),
        "outline_in_a_circle": (pdf_of({1: "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", 2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                                        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
                                        6: "<< /First 7 0 R /Last 7 0 R >>", 7: "<< /Title (round) /Parent 6 0 R /Next 7 0 R /First 7 0 R >>"}), "completes"),
        "huge_page": (content_pdf(["BT /F1 9 Tf 10 10 Td (far) Tj ET"], width=10 ** 9, height=10 ** 9), "either"),
        "page_without_size": (content_pdf(["BT /F1 9 Tf 10 10 Td (flat) Tj ET"], width=0, height=0), "either"),
        "numbers_beyond_all_bounds": (content_pdf(["BT /F1 1e38 Tf 1e300 -1e300 1e38 9 99999999999999999999 1 Tm (big) Tj ET"]), "either"),
    }


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (data, _) in hostile().items():
        (folder / f"{name}.pdf").write_bytes(data)
        print(f"{name}.pdf {len(data)} bytes")
