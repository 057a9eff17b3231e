// The package of a Word template, as far as it is the same for every merge: its parts and where their text stands in the document,
// without macros, with relationships that lead nowhere they should not (package.h, outside.h say what is refused).
// Errors: InvalidInput: not a Word document, damaged, loads other documents; LimitExceeded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "docgen/package/content_types.h"
#include "docgen/package/outside.h"
#include "formats/zip.h"

namespace docwright::docgen {

struct WordPart {
    std::string name;
    std::string location;        // body, header, footer, footnote, endnote, chart, diagram, properties; empty: no text that is filled
    std::string bytes;           // of the parts with a location and some others; else empty
    formats::PackedFile packed;  // as the template has it
    bool rewritten = false;      // written from `bytes`, not from `packed`
};

struct WordPackage {
    std::vector<WordPart> parts;  // in the order of the archive
    ContentTypes types;
    AllRelationships relationships;
    std::string main, core, numbering;  // names of these parts; the latter two may be empty
    bool strict = false;                // the strict form of the standard
    std::vector<std::string> warnings;
};

// `docx` outlives the package.
Result<WordPackage> open_word_package(std::string_view docx);

}  // namespace docwright::docgen
