// One page made ready for writing: what its elements say of each other, turned into what each of them writes.
// Links and footnote calls become spans of the texts they lie in, captions and contained elements lists of their owners.
// Holds (contract/structure-info.md, section 10, 4 and 5): spans are sorted and do not overlap; every anchor of a link is a span
// with that link and the other way round, the same for footnote calls; ranges lie inside their texts.
// What cannot hold is given up piece by piece: of two links over the same words the first one has them.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "extract/output/geometry_json.h"
#include "extract/output/numbering.h"
#include "extract/output/options.h"
#include "extract/output/style_json.h"
#include "extract/page/analysed_page.h"
#include "extract/page/element.h"

namespace docwright::extract {

// A page after pass 2's classification.
struct ReadyPage {
    AnalysedPage page;
    PageElements elements;
};

using TextPlace = PageNumbers::Place;

struct WrittenSpan {
    Span span;           // its footnote is an element of the page
    bool styled = true;  // false: only a link, in the style of the text
    int hyperlink = kNoElement;
};

// The first table of a page when it is the rest of a table of the page before: its head rows that are not written again,
// and for every cell how far its text is moved because it was put behind the text of the row before.
struct JoinedPiece {
    int element = kNoElement;
    int dropped_rows = 0;
    std::vector<std::uint32_t> shifts;  // by cell; empty: none
    bool drops(const Cell& cell) const { return cell.row < dropped_rows; }
};

struct PageDraft {
    ReadyPage ready;
    PageFrame frame;
    PageNumbers numbers;
    std::unique_ptr<StyleTexts> styles;  // looks into `ready`
    JoinedPiece joined;
    std::map<TextPlace, std::vector<WrittenSpan>> spans;                        // texts without an entry have none
    std::map<std::pair<TextPlace, int>, std::vector<WrittenSpan>> block_spans;  // of the blocks of cells
    std::vector<std::vector<Anchor>> anchors;                                   // by element: of links and of marking annotations
    std::vector<std::vector<Anchor>> calls;                                     // by element: of footnotes
    std::vector<std::vector<int>> captions;                                     // by element
    std::vector<std::vector<int>> notes;                                        // by element: of tables
    std::vector<std::vector<std::pair<int, int>>> contained;                    // by table: cell and element inside it

    const std::vector<Element>& elements() const { return ready.elements.elements; }
    const TextContent* text(TextPlace place) const;  // nullptr: no such text, or one that is not written
    std::span<const WrittenSpan> spans_at(TextPlace place) const;
};

PageDraft draft_page(ReadyPage ready, const DocumentFacts& document, const OutputOptions& options, JoinedPiece joined);

// The words at `anchors`, pieces joined by a space, white space collapsed.
std::u32string text_at(const PageDraft& draft, std::span<const Anchor> anchors);

}  // namespace docwright::extract
