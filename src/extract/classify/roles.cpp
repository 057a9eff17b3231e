#include "extract/classify/roles.h"
#include "extract/classify/headings.h"

#include <algorithm>
#include <cmath>

#include "extract/classify/headings.h"
#include "extract/classify/running.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr double kMonoShare = 0.85;
constexpr double kCodeScore = 0.8;
// A contents entry ends in a page number behind leaders; three of them, or two under each other, are a list of contents.
constexpr std::size_t kLeastEntries = 2;
constexpr double kEntryScore = 0.8;
constexpr double kTocScore = 0.9;
// A quotation is indented on both sides of its column.
constexpr double kQuoteIndentEm = 1.2;
constexpr std::uint32_t kQuoteWords = 12;
constexpr double kQuoteScore = 0.6;
constexpr double kKeyValueScore = 0.75;
constexpr std::uint32_t kKeyValueWords = 16;
constexpr double kSidebarScore = 0.75;
constexpr double kSidebarWidth = 0.92;  // of the page's text: wider frames hold the text itself
constexpr double kFramedShare = 0.5;
constexpr double kFilledEm = 1.5;
constexpr double kIndentEm = 0.7;

bool is_body(const ElementDraft& draft) {
    return draft.element.type == ElementType::Paragraph && draft.block >= 0 && !draft.dropped && draft.part == PagePart::Body &&
           draft.element.role == ParagraphRole::Body;
}

bool ends_in_number(const std::u32string& text) {
    return !text.empty() && (is_digit(text.back()) || roman_value(text.substr(text.rfind(U' ') + 1)) > 0);
}

}  // namespace

void find_code(PageDrafts& drafts) {
    const FontIndex body = drafts.context.body.font;
    if (body < drafts.document.fonts.size() && drafts.document.fonts[body].monospaced) return;
    for (ElementDraft& draft : drafts.drafts) {
        if (!is_body(draft)) continue;
        const BlockFacts& facts = drafts.facts_of(draft);
        if (facts.tag != "Code" && (facts.mono_share < kMonoShare || facts.glyphs < 4)) continue;
        draft.element.role = ParagraphRole::Code;
        draft.element.score = kCodeScore;
        draft.element.text = text_of_block(drafts, drafts.block_of(draft), true);
    }
}

void find_contents(PageDrafts& drafts) {
    std::vector<ElementDraft*> entries;
    for (ElementDraft& draft : drafts.drafts) {
        if (!is_body(draft)) continue;
        const BlockFacts& facts = drafts.facts_of(draft);
        if ((facts.leaders && ends_in_number(facts.text)) || facts.tag == "TOCI") entries.push_back(&draft);
    }
    if (entries.size() < kLeastEntries) return;
    for (ElementDraft* entry : entries) {
        entry->element.role = ParagraphRole::Toc;
        entry->element.score = kTocScore;
    }
}

void find_entries(PageDrafts& drafts) {
    EntrySection section = drafts.context.pages[static_cast<std::size_t>(drafts.page.facts.page_index)].section_at_top;
    for (ElementDraft& draft : drafts.drafts) {
        if (draft.element.type == ElementType::Head) {
            const std::u32string& text = draft.element.text.text;
            if (text.size() > 1 || section != EntrySection::Index) section = section_under(text);
        }
        if (!is_body(draft)) continue;
        const bool cited = section == EntrySection::References || drafts.facts_of(draft).tag == "BibEntry";
        if (!cited && section != EntrySection::Index) continue;
        draft.element.role = cited ? ParagraphRole::Reference : ParagraphRole::Index;
        draft.element.score = kEntryScore;
    }
}

void find_key_values(PageDrafts& drafts) {
    for (ElementDraft& draft : drafts.drafts) {
        if (!is_body(draft)) continue;
        const BlockFacts& facts = drafts.facts_of(draft);
        if (!facts.key_value || facts.words > kKeyValueWords || drafts.block_of(draft).lines.size() > 2) continue;
        draft.element.role = ParagraphRole::KeyValue;
        draft.element.score = kKeyValueScore;
    }
}

void find_quotes(PageDrafts& drafts) {
    for (ElementDraft& draft : drafts.drafts) {
        if (!is_body(draft)) continue;
        const Block& block = drafts.block_of(draft);
        const BlockFacts& facts = drafts.facts_of(draft);
        const double indent = kQuoteIndentEm * facts.size;
        const bool both_sides = block.box.left - block.column_box.left > indent && block.column_box.right - block.box.right > indent / 2;
        const bool in_wider_text = std::any_of(drafts.page.blocks.begin(), drafts.page.blocks.end(), [&](const Block& other) {
            return other.kind == BlockKind::Text && other.lines.size() > 1 && other.box.left < block.box.left - indent / 2 &&
                   other.box.right > block.box.right + indent / 4 && shared_width(other.box, block.box) > 0;
        });
        const bool quoted = both_sides && in_wider_text && block.lines.size() > 1 && facts.words >= kQuoteWords &&
                            block.align != Align::Center && std::abs(block.first_indent) < indent;
        if (!quoted && facts.tag != "BlockQuote") continue;
        draft.element.role = ParagraphRole::Quote;
        draft.element.score = kQuoteScore;
    }
}

void find_sidebars(PageDrafts& drafts) {
    Box text;
    for (const ElementDraft& draft : drafts.drafts)
        if (draft.part == PagePart::Body && draft.block >= 0) text = text.empty() ? draft.element.box : joined(text, draft.element.box);
    double framed = 0, all = 0;
    for (const ElementDraft& draft : drafts.drafts) {
        if (draft.block < 0) continue;
        const auto size = static_cast<double>(draft.element.text.text.size());
        all += size;
        if (drafts.block_of(draft).frame >= 0) framed += size;
    }
    if (framed > kFramedShare * all) return;  // the page is made of boxes: none is aside
    for (std::size_t f = 0; f < drafts.page.frames.size(); ++f) {
        const Frame& frame = drafts.page.frames[f];
        ElementDraft* first = nullptr;
        std::vector<ElementDraft*> inside;
        bool only_text = true;
        for (ElementDraft& draft : drafts.drafts) {
            if (draft.block < 0 || draft.dropped || drafts.block_of(draft).frame != static_cast<int>(f)) continue;
            const bool prose = draft.element.type == ElementType::Paragraph || draft.element.type == ElementType::Head ||
                               draft.element.type == ElementType::Formula;
            only_text &= prose && draft.element.role != ParagraphRole::Code;
            inside.push_back(&draft);
            if (!first) first = &draft;
        }
        if (!first || !only_text || frame.box.width() > kSidebarWidth * text.width()) continue;
        Element sidebar{.type = ElementType::Sidebar, .box = frame.box, .score = kSidebarScore};
        sidebar.bordered = frame.bordered;
        sidebar.shaded = frame.shaded;
        sidebar.background = frame.background;
        for (ElementDraft* draft : inside) {
            draft->element.type = ElementType::Paragraph;
            draft->element.level = 0;
            sidebar.paragraphs.push_back(std::move(draft->element));
            draft->element = {};
            draft->dropped = draft != first;
        }
        first->element = std::move(sidebar);
    }
}

void find_run_ons(PageDrafts& drafts) {
    auto edge_of = [&](const ElementDraft& draft) {
        const Block& block = drafts.block_of(draft);
        const BlockFacts& facts = drafts.facts_of(draft);
        TextEdge edge{.exists = true, .block = static_cast<std::uint32_t>(draft.block), .style = facts.key};
        edge.ends_sentence = facts.ends_sentence;
        edge.ends_with_hyphen = facts.ends_hyphen;
        edge.starts_lower = facts.starts_lower;
        edge.fills_line = drafts.page.lines[block.lines.back()].box.right >= block.column_box.right - kFilledEm * facts.size;
        edge.list_item = facts.label.has_value();
        edge.indented = block.first_indent > kIndentEm * facts.size;
        return edge;
    };
    auto runs = [](const ElementDraft& draft) {
        const ParagraphRole role = draft.element.role;
        return draft.block >= 0 && !draft.dropped && draft.part == PagePart::Body && draft.element.angle == 0 &&
               draft.element.type == ElementType::Paragraph &&
               (role == ParagraphRole::Body || role == ParagraphRole::ListItem || role == ParagraphRole::Quote);
    };
    int before = kNoElement;
    for (std::size_t i = 0; i < drafts.drafts.size(); ++i) {
        ElementDraft& draft = drafts.drafts[i];
        if (draft.element.type == ElementType::Head || draft.element.type == ElementType::Title) before = kNoElement;
        if (!runs(draft)) continue;
        const Block& block = drafts.block_of(draft);
        if (before != kNoElement) {
            ElementDraft& other = drafts.drafts[static_cast<std::size_t>(before)];
            const Block& last = drafts.block_of(other);
            // Down a column text goes on only over a float between its parts.
            const bool next_column = block.box.top < last.box.bottom && shared_width(block.column_box, last.column_box) <= 0;
            const bool over_float = i > static_cast<std::size_t>(before) + 1 && block.box.top >= last.box.bottom;
            const RunOn run_on = next_column || over_float ? run_on_of(edge_of(other), edge_of(draft)) : RunOn{};
            const bool sure = !over_float || drafts.facts_of(draft).starts_lower;
            if (run_on.runs_on && sure) {
                other.element.continuation.to_next = true;
                draft.element.continuation = {.from_previous = true, .previous = before, .joiner = run_on.joiner};
            }
        }
        before = static_cast<int>(i);
    }
    for (ElementDraft& draft : drafts.drafts) {
        if (!runs(draft)) continue;
        if (drafts.own.first_text_continues) {
            // The first text of the page takes up the open part of the page before.
            if (draft.element.continuation.previous == kNoElement && !draft.element.continuation.from_previous) {
                draft.element.continuation.from_previous = true;
                draft.element.continuation.joiner = drafts.own.joiner;
            }
        }
        break;
    }
    if (!drafts.own.last_text_continues) return;
    for (std::size_t i = drafts.drafts.size(); i-- > 0;) {
        if (!runs(drafts.drafts[i])) continue;
        drafts.drafts[i].element.continuation.to_next = true;
        break;
    }
}

}  // namespace docwright::extract
