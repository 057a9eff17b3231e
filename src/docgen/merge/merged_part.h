// For tests: parts of a document written down shortly, merged, and read again as text.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/merge/render.h"
#include "docgen/template/compile.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {

// A part with a body of this content, without the namespace's declaration in the way.
inline std::string part_of(std::string_view body) {
    return fmt::format(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}</w:body></w:document>", body);
}
inline std::string run(std::string_view text) { return fmt::format("<w:r><w:t>{}</w:t></w:r>", text); }
inline std::string paragraph(std::string_view text) { return fmt::format("<w:p>{}</w:p>", run(text)); }
inline std::string row(const std::vector<std::string>& cells) {
    std::string out = "<w:tr>";
    for (const std::string& cell : cells) out += fmt::format("<w:tc>{}</w:tc>", paragraph(cell));
    return out + "</w:tr>";
}

struct Merged {
    Status status = success();
    std::string xml;
    std::vector<std::string> warnings;
};

inline Merged merge(const std::string& body, std::string_view values) {
    const std::string part = part_of(body);
    Merged merged;
    Result<Program> program = compile(part);
    if (!program.ok()) {
        merged.status = program.error();
        return merged;
    }
    const json::value read = json::parse(values);
    merged.warnings = program.value().warnings;
    merged.status = render(
        program.value(), read, {},
        [&](std::string_view bytes) -> Status {
            merged.xml += bytes;
            return success();
        },
        [&](std::string warning) { merged.warnings.push_back(std::move(warning)); });
    if (merged.status.ok() && !scan_xml(merged.xml).ok()) merged.status = Error{Fault::Internal, "not well-formed: " + merged.xml};
    return merged;
}

// Text of the result: rows end with a line, cells with "|", paragraphs with ".". The codes of fields are left out.
inline std::string text_of(std::string_view xml) {
    std::string out;
    bool in_code = false;
    while (!xml.empty()) {
        if (xml.front() != '<') {
            const std::size_t end = std::min(xml.find('<'), xml.size());
            if (!in_code) out += xml.substr(0, end);
            xml.remove_prefix(end);
            continue;
        }
        const std::string_view tag = xml.substr(0, xml.find('>') + 1);
        if (tag.starts_with("<w:instrText") || tag.starts_with("</w:instrText")) in_code = !in_code;
        if (tag == "</w:tc>") out += '|';
        if (tag == "</w:tr>" || tag == "<w:br/>") out += '\n';
        if (tag == "</w:p>") out += '.';
        xml.remove_prefix(tag.size());
    }
    return out;
}
inline std::string shown(const std::string& body, std::string_view values) {
    const Merged merged = merge(body, values);
    return merged.status.ok() ? text_of(merged.xml) : "error: " + merged.status.error().message;
}

}  // namespace docwright::docgen
