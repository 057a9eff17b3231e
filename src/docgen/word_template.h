// A Word template (.docx): opened and compiled once, merged with values as often as wanted (contract/docgen.md).
// Parts without tags are copied with the bytes they have; the same template and values give the same bytes.
// Errors: InvalidInput, with a message for the template's author: not a Word document, damaged, a loop outside of a table …;
// LimitExceeded: a part or all parts together are larger unpacked than limits.h allows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "docgen/merge/values.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

struct TemplatePart {
    std::string name;      // "word/document.xml"
    std::string location;  // body, header, footer, footnote, endnote, other
    std::string bytes;
    Program program;  // of the bytes; empty: the part is copied
};

class WordTemplate {
public:
    static Result<WordTemplate> open(std::string_view docx);

    const std::vector<TemplatePart>& parts() const { return parts_; }  // in the order of the file
    std::vector<std::string> warnings() const;                         // of the template itself

    // Writes the document to the descriptor, which is empty and seekable.
    Status merge(const json::value& values, const MergeSettings& settings, int descriptor, const Warn& warn) const;

private:
    std::vector<TemplatePart> parts_;
};

}  // namespace docwright::docgen
