#include "engines/protocol/probe_document.h"

#include <fmt/format.h>

#include <vector>

namespace docwright {
namespace {

std::string probe_pdf() {
    std::string content = fmt::format("BT /F1 24 Tf 72 700 Td ({}) Tj ET", kProbeText);
    const std::string objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    };
    std::string pdf = "%PDF-1.4\n";
    std::string table = "0000000000 65535 f \n";
    int number = 1;
    for (const std::string& object : objects) {
        table += fmt::format("{:010} 00000 n \n", pdf.size());
        pdf += fmt::format("{} 0 obj\n{}\nendobj\n", number++, object);
    }
    return pdf +
           fmt::format("xref\n0 {}\n{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", number, table, number, pdf.size());
}

}  // namespace

Probe probe_of(std::string_view kind) {
    constexpr std::string_view kPdfBegins = "%PDF-";
    if (kind == "pdf") return {"probe.pdf", probe_pdf(), kProbeText};
    if (kind == "office") return {"probe.rtf", fmt::format("{{\\rtf1\\ansi {}\\par}}", kProbeText), kPdfBegins};
    if (kind == "web") return {"probe.html", fmt::format("<!doctype html><title>Probe</title><p>{}</p>", kProbeText), kPdfBegins};
    return {"probe.txt", std::string(kProbeText), kProbeText};
}

}  // namespace docwright
