// A Word template (.docx; also .docm, .dotx, .dotm, whose macros are dropped): opened and compiled once, merged with values as often
// as wanted (contract/docgen.md). Parts that nothing changes are copied as they stand in the archive, packed bytes and all; the same
// template, values and settings give the same bytes. Whatever the template or the values name, nothing is fetched.
// Errors: InvalidInput, with a message for the template's author: not a Word document, damaged, a loop outside of a table …;
// LimitExceeded: a part or all parts together are larger unpacked than limits.h allows.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "docgen/merge/values.h"
#include "docgen/package/address.h"
#include "docgen/package/word_package.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

struct TemplatePart {
    std::string name;      // "word/document.xml"
    std::string location;  // body, header, footer, footnote, endnote, chart, diagram, properties, hyperlink; empty: none is filled
    std::string bytes;     // those that the program refers to
    Program program;       // without tags: the part is copied
    formats::PackedFile packed;
    bool rewritten = false;  // copied from `bytes`, not from `packed`
};

class WordTemplate {
public:
    // `docx` outlives the template.
    static Result<WordTemplate> open(std::string_view docx);

    const std::vector<TemplatePart>& parts() const { return parts_; }  // in the order of the file
    std::vector<std::string> warnings() const;                         // of the template itself

    // Writes the document to the descriptor, which is empty and seekable.
    Status merge(const json::value& values, const MergeSettings& settings, int descriptor, const Warn& warn) const;

private:
    class Merge;
    // A hyperlink whose target has tags.
    struct Link {
        std::string owner;
        std::size_t relationship;  // of the owner's
        AddressTemplate address;
    };
    Status compile_parts();
    void find_links();
    void make_room();

    std::vector<TemplatePart> parts_;
    WordPackage package_;  // without its parts
    std::vector<Link> links_;
    std::set<std::string> names_;  // of the parts
    std::set<std::string> late_;   // parts that are written last: what the others show decides what is in them
    bool has_rich_ = false, has_markup_ = false;
    std::uint32_t first_drawing_ = 1;
};

}  // namespace docwright::docgen
