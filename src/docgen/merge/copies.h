// What copied rows need anew, over all parts of a document: numbers that it holds once only, and a note for each copy of the
// reference to one (contract/docgen.md, 5). The parts with notes are rendered after those that refer to them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/merge/values.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

struct NoteCopy {
    std::string number;
    std::vector<Scope> scopes;  // its values: the last one, which needs the others
};

class Copies {
public:
    void know(const UsedNumbers& used);  // of every part, before the first is rendered

    // As it is written in the attribute. Names of bookmarks are made from the original one.
    std::string fresh(Numbered numbered, std::string_view original);

    void add_note(Numbered kind, std::string_view original, std::string number, const Scope& scope);
    // In the order of the references inside of loops; nullptr: there are none, and the note is as it was.
    const std::vector<NoteCopy>* notes(Numbered kind, std::string_view original) const;
    bool has_notes(Numbered kind) const { return kind == Numbered::Endnote ? !endnotes_.empty() : !footnotes_.empty(); }

private:
    using Notes = std::map<std::string, std::vector<NoteCopy>, std::less<>>;

    UsedNumbers used_;  // of the original, and grown by what was given out; `paragraphs` is sorted
    std::uint32_t paragraph_ = 0, name_ = 0;
    bool sorted_ = false;
    Notes footnotes_, endnotes_;
};

}  // namespace docwright::docgen
