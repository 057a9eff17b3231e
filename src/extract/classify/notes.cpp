// Footnotes: small print with a marker at the foot of its column, and the calls in the text above.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "extract/classify/notes.h"
#include "extract/classify/roles.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr std::u32string_view kSymbols = U"*†‡§¶‖#∗⁎";
constexpr std::u32string_view kRaisedDigits = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
constexpr std::size_t kLongestMarker = 4;
// Notes are set smaller than the text they belong to.
constexpr double kSmaller = 0.94;
// They stand in the lower part of the page …
constexpr double kLowerPart = 0.45;
// … and a short ruling above them says so even where the size does not.
constexpr double kRuleReach = 2.5;  // em above the first note
constexpr double kRuleShare = 0.6;  // of the column at most
// Notes of a table stand right below it, or below one another.
constexpr double kBelowTable = 2.5;  // em
constexpr double kScore = 0.9;
constexpr double kWeakScore = 0.7;

struct Marker {
    std::u32string text;
    std::uint32_t length = 0;  // with the gap behind it
    bool raised = false;
};

std::optional<Marker> marker_of(const PageDrafts& drafts, const ElementDraft& draft) {
    const std::u32string& text = draft.element.text.text;
    const Line& line = drafts.page.lines[drafts.block_of(draft).lines.front()];
    std::size_t end = 0;
    while (end < text.size() && end < kLongestMarker && end < line.glyphs.size() && !line.raised.empty() &&
           line.raised[end] == Raised::Superscript)
        ++end;
    Marker marker{.raised = end > 0};
    if (end == 0) {
        while (end < text.size() && end < kLongestMarker && is_digit(text[end])) ++end;
        if (end == 0)
            while (end < text.size() && end < kLongestMarker &&
                   (kSymbols.find(text[end]) != std::u32string_view::npos || kRaisedDigits.find(text[end]) != std::u32string_view::npos))
                ++end;
    }
    if (end == 0 || end >= text.size()) return std::nullopt;
    for (std::size_t i = 0; i < end; ++i)
        if (text[i] == U' ') return std::nullopt;
    marker.text = text.substr(0, end);
    std::size_t gap = end;
    const bool digits = is_digit(text[0]) && !marker.raised;
    if (digits && gap < text.size() && (text[gap] == U'.' || text[gap] == U')')) ++gap;
    while (gap < text.size() && text[gap] == U' ') ++gap;
    if (digits && gap == end) return std::nullopt;  // "3rd quarter"
    marker.length = static_cast<std::uint32_t>(gap);
    return marker;
}

bool ruled_off(const PageDrafts& drafts, const Block& block, double size) {
    for (const Ruling& ruling : drafts.page.facts.rulings) {
        if (ruling.axis != Axis::Horizontal || ruling.position > block.box.top + size / 2) continue;
        if (block.box.top - ruling.position > kRuleReach * size) continue;
        if (std::abs(ruling.from - block.column_box.left) > 2 * size) continue;
        if (ruling.to - ruling.from <= kRuleShare * block.column_box.width()) return true;
    }
    return false;
}

bool is_candidate(const ElementDraft& draft) {
    return draft.block >= 0 && !draft.dropped && draft.element.type == ElementType::Paragraph && draft.part == PagePart::Body &&
           draft.element.role != ParagraphRole::Caption;
}

// Whether nothing but notes follows in the column.
bool ends_column(const PageDrafts& drafts, std::size_t i, const std::vector<bool>& is_note) {
    const Block& block = drafts.block_of(drafts.drafts[i]);
    for (std::size_t next = i + 1; next < drafts.drafts.size(); ++next) {
        const ElementDraft& other = drafts.drafts[next];
        if (other.block < 0 || other.part != PagePart::Body || other.dropped) continue;
        const Block& below = drafts.block_of(other);
        if (below.box.top < block.box.bottom - 1 || shared_width(below.box, block.column_box) <= 0) continue;
        if (!is_note[next]) return false;
    }
    return true;
}

void make_note(ElementDraft& draft, const Marker& marker, double score) {
    draft.element.type = ElementType::Footnote;
    draft.element.role = ParagraphRole::Body;
    draft.element.list = {};
    draft.element.marker = marker.text;
    draft.element.marker_length = marker.length;
    draft.element.score = score;
    draft.part = PagePart::Notes;
}

// A letter is a marker in tables only: there it is called by the same letter raised.
std::optional<Marker> table_marker_of(const PageDrafts& drafts, const ElementDraft& draft) {
    if (auto marker = marker_of(drafts, draft)) return marker;
    const std::u32string& text = draft.element.text.text;
    if (text.size() < 3 || text[0] < U'a' || text[0] > U'z' || (text[1] != U' ' && text[1] != U')' && text[1] != U'.')) return std::nullopt;
    return Marker{.text = text.substr(0, 1), .length = text[1] == U' ' || text[2] != U' ' ? 2U : 3U};
}

// Digits, letters or signs that stand raised in the lines inside `box`, run by run.
std::set<std::u32string> raised_in(const AnalysedPage& page, const Box& box) {
    std::set<std::u32string> found;
    for (const Line& line : page.lines) {
        if (line.raised.empty() || !box.holds({line.box.center_x(), line.box.center_y()})) continue;
        std::u32string run;
        for (std::size_t i = 0; i <= line.glyphs.size(); ++i) {
            if (i < line.glyphs.size() && line.raised[i] == Raised::Superscript) {
                run += page.facts.glyphs[line.glyphs[i]].code;
            } else if (!run.empty()) {
                found.insert(std::exchange(run, {}));
            }
        }
    }
    return found;
}

// The notes of a page by their markers: those of each table apart from those of the running text.
using NotesByMarker = std::map<std::u32string, int>;

// Whether the character is set as the call of a note.
class RaisedCharacters {
public:
    explicit RaisedCharacters(const AnalysedPage& page) : raised_(page.facts.glyphs.size(), Raised::No) {
        for (const Line& line : page.lines)
            for (std::size_t i = 0; i < line.raised.size(); ++i) raised_[line.glyphs[i]] = line.raised[i];
    }
    bool at(const TextContent& text, std::size_t i) const {
        return text.glyphs[i] >= 0 && (raised_[static_cast<std::size_t>(text.glyphs[i])] == Raised::Superscript ||
                                       kRaisedDigits.find(text.text[i]) != std::u32string_view::npos);
    }

private:
    std::vector<Raised> raised_;
};

void add_calls(TextContent& text, std::size_t from, int own_element, const NotesByMarker& notes, const RaisedCharacters& raised) {
    std::size_t at = from;
    while (at < text.text.size()) {
        const bool symbol = kSymbols.find(text.text[at]) != std::u32string_view::npos && at > 0;
        if (!raised.at(text, at) && !symbol) {
            ++at;
            continue;
        }
        std::size_t end = at + 1;
        while (end < text.text.size() && raised.at(text, end) && is_digit(text.text[end]) == is_digit(text.text[at])) ++end;
        const auto note = notes.find(text.text.substr(at, end - at));
        if (note != notes.end() && note->second != own_element)
            text.spans.push_back({.start = static_cast<std::uint32_t>(at),
                                  .length = static_cast<std::uint32_t>(end - at),
                                  .style = text.style,
                                  .raised = Raised::Superscript,
                                  .footnote = note->second});
        at = end;
    }
}

}  // namespace

void find_notes(PageDrafts& drafts) {
    std::vector<bool> is_note(drafts.drafts.size(), false);
    const double lower = drafts.page.facts.height * kLowerPart;
    for (std::size_t i = drafts.drafts.size(); i-- > 0;) {
        ElementDraft& draft = drafts.drafts[i];
        if (!is_candidate(draft) || draft.element.box.top < lower) continue;
        const BlockFacts& facts = drafts.facts_of(draft);
        const auto marker = marker_of(drafts, draft);
        const bool tagged = facts.tag == "Note" || facts.tag == "FENote";
        if (!marker || (!tagged && !ends_column(drafts, i, is_note))) continue;
        const bool smaller = facts.size < kSmaller * drafts.body_size();
        const bool ruled = ruled_off(drafts, drafts.block_of(draft), facts.size);
        const bool note_below = i + 1 < is_note.size() && is_note[i + 1];
        if (!tagged && !smaller && !marker->raised) continue;  // a numbered paragraph
        if (!tagged && !smaller && !ruled && !note_below) continue;
        is_note[i] = true;
        make_note(draft, *marker, tagged || marker->raised || ruled ? kScore : kWeakScore);
    }
    // Without a ruling of their own, notes above a ruled one were passed over: the ruling stands above the first.
    for (std::size_t i = 0; i + 1 < drafts.drafts.size(); ++i) {
        ElementDraft& next = drafts.drafts[i + 1];
        if (!is_note[i] || is_note[i + 1] || !is_candidate(next) || next.element.box.top < drafts.drafts[i].element.box.bottom - 1)
            continue;
        const auto marker = marker_of(drafts, next);
        if (!marker || std::abs(drafts.facts_of(next).size - drafts.facts_of(drafts.drafts[i]).size) > 1) continue;
        is_note[i + 1] = true;
        make_note(next, *marker, kWeakScore);
    }
}

void find_table_notes(PageDrafts& drafts) {
    for (std::size_t table = 0; table < drafts.drafts.size(); ++table) {
        if (drafts.drafts[table].dropped || drafts.drafts[table].element.type != ElementType::Table) continue;
        const std::set<std::u32string> called = raised_in(drafts.page, drafts.drafts[table].element.box);
        if (called.empty()) continue;
        double bottom = drafts.drafts[table].element.box.bottom;
        for (std::size_t i = table + 1; i < drafts.drafts.size(); ++i) {
            ElementDraft& draft = drafts.drafts[i];
            if (!is_candidate(draft) || shared_width(draft.element.box, drafts.drafts[table].element.box) <= 0) continue;
            const double size = std::max(drafts.facts_of(draft).size, 1.0);
            const auto marker = table_marker_of(drafts, draft);
            if (!marker || !called.contains(marker->text) || draft.element.box.top - bottom > kBelowTable * size) break;
            make_note(draft, *marker, kScore);
            draft.part = PagePart::Body;  // it is read with its table
            draft.element.note_of = static_cast<int>(table);
            bottom = draft.element.box.bottom;
        }
    }
}

void find_note_calls(std::span<Element> elements, const AnalysedPage& page) {
    std::map<int, NotesByMarker> notes;  // by table; kNoElement: of the running text
    for (std::size_t i = 0; i < elements.size(); ++i)
        if (elements[i].type == ElementType::Footnote) notes[elements[i].note_of].emplace(elements[i].marker, static_cast<int>(i));
    if (notes.empty()) return;
    const RaisedCharacters raised(page);
    const NotesByMarker& of_text = notes[kNoElement];
    for (std::size_t i = 0; i < elements.size(); ++i) {
        Element& element = elements[i];
        const std::size_t from = element.type == ElementType::Footnote ? element.marker_length : 0;
        add_calls(element.text, from, static_cast<int>(i), of_text, raised);
        const auto own = notes.find(static_cast<int>(i));
        for (CellContent& cell : element.table.cells)
            add_calls(cell.text, 0, kNoElement, own == notes.end() ? of_text : own->second, raised);
    }
}

}  // namespace docwright::extract
