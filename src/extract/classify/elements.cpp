#include "extract/classify/elements.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "extract/classify/anchors.h"
#include "extract/classify/draft.h"
#include "extract/classify/languages.h"
#include "extract/classify/left_out.h"
#include "extract/classify/notes.h"
#include "extract/classify/objects.h"
#include "extract/classify/pictures.h"
#include "extract/classify/roles.h"
#include "extract/classify/spans.h"

namespace docwright::extract {

namespace {

int renumbered(int old, const std::vector<int>& numbers) {
    return old < 0 || static_cast<std::size_t>(old) >= numbers.size() ? kNoElement : numbers[static_cast<std::size_t>(old)];
}

// Points an element's references to where their targets stand now.
void renumber(Element& element, const std::vector<int>& numbers) {
    element.parent = renumbered(element.parent, numbers);
    element.caption_of = renumbered(element.caption_of, numbers);
    element.note_of = renumbered(element.note_of, numbers);
    element.label_element = renumbered(element.label_element, numbers);
    element.continuation.previous = renumbered(element.continuation.previous, numbers);
    for (Anchor& anchor : element.anchors) anchor.element = renumbered(anchor.element, numbers);
    for (Span& span : element.text.spans) span.footnote = renumbered(span.footnote, numbers);
    for (CellContent& cell : element.table.cells)
        for (Span& span : cell.text.spans) span.footnote = renumbered(span.footnote, numbers);
    for (Element& paragraph : element.paragraphs) renumber(paragraph, numbers);
}

// Drafts that stay, part by part (contract 5.1): heads, body, notes, foot.
std::vector<Element> ordered(PageDrafts& drafts) {
    std::vector<std::size_t> order;
    for (PagePart part : {PagePart::Head, PagePart::Body, PagePart::Notes, PagePart::Foot})
        for (std::size_t i = 0; i < drafts.drafts.size(); ++i)
            if (!drafts.drafts[i].dropped && drafts.drafts[i].part == part) order.push_back(i);
    std::vector<int> numbers(drafts.drafts.size(), kNoElement);
    for (std::size_t i = 0; i < order.size(); ++i) numbers[order[i]] = static_cast<int>(i);
    std::vector<Element> elements;
    for (std::size_t i : order) {
        elements.push_back(std::move(drafts.drafts[i].element));
        renumber(elements.back(), numbers);
    }
    return elements;
}

// Puts objects of the file behind the elements that they follow.
std::vector<Element> woven(std::vector<Element> elements, std::vector<ElementDraft> objects) {
    std::vector<std::vector<std::size_t>> after(elements.size() + 1);
    for (std::size_t i = 0; i < objects.size(); ++i) {
        const int owner = objects[i].after;
        after[owner < 0 || static_cast<std::size_t>(owner) >= elements.size() ? 0 : static_cast<std::size_t>(owner) + 1].push_back(i);
    }
    std::vector<int> numbers(elements.size(), kNoElement);
    std::vector<Element> out;
    auto add_objects = [&](std::size_t slot) {
        for (std::size_t i : after[slot]) out.push_back(std::move(objects[i].element));
    };
    add_objects(0);
    for (std::size_t i = 0; i < elements.size(); ++i) {
        numbers[i] = static_cast<int>(out.size());
        out.push_back(std::move(elements[i]));
        add_objects(i + 1);
    }
    for (Element& element : out) renumber(element, numbers);
    return out;
}

std::vector<bool> owned_lines(const AnalysedPage& page) {
    std::vector<bool> owned(page.lines.size(), false);
    for (const Block& block : page.blocks) {
        for (std::uint32_t line : block.lines) owned[line] = true;
        if (block.kind == BlockKind::Figure)
            for (std::uint32_t line : page.figures[block.item].lines) owned[line] = true;
        if (block.kind != BlockKind::Table) continue;
        for (const Cell& cell : page.tables[block.item].cells)
            for (const CellText& text : cell.text) owned[text.line] = true;
    }
    return owned;
}

std::string language_of_page(const PageDrafts& drafts) {
    std::u32string all;
    for (const BlockFacts& facts : drafts.facts) {
        all += facts.text;
        all += U' ';
    }
    std::string language = language_of(all);
    return language == "und" ? drafts.context.language : language;
}

}  // namespace

PageElements classify_page(const AnalysedPage& page, const DocumentFacts& document, const DocumentContext& context) {
    PageDrafts drafts = start_drafts(page, document, context);
    continue_tables(drafts);
    find_captions(drafts);
    find_contents(drafts);
    find_code(drafts);
    find_formulas(drafts);
    find_table_notes(drafts);
    find_notes(drafts);
    find_entries(drafts);
    find_lists(drafts);
    find_key_values(drafts);
    find_quotes(drafts);
    find_run_ons(drafts);
    find_sidebars(drafts);
    describe_pictures(drafts);

    PageElements out;
    out.language = language_of_page(drafts);
    std::vector<Element> elements = ordered(drafts);
    find_note_calls(elements, page);
    const AnchorIndex index(page.facts, elements);
    std::vector<ElementDraft> objects = form_elements(page, document, elements);
    for (auto& found : {link_elements(page, elements, index), annotation_elements(page, elements, index)})
        objects.insert(objects.end(), found.begin(), found.end());
    out.elements = woven(std::move(elements), std::move(objects));
    add_spans(out.elements, page);
    list_left_out(drafts, owned_lines(page), out);
    return out;
}

}  // namespace docwright::extract
