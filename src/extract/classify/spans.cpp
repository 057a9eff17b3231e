#include "extract/classify/spans.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace docwright::extract {

namespace {

// Sizes that differ by less are rounding of the producer.
constexpr float kSameSize = 0.03F;
// An underline lies below the baseline, a strike-through at half the height of small letters; em.
constexpr double kUnderTop = -0.02;
constexpr double kUnderBottom = 0.3;
constexpr double kStrikeTop = 0.18;
constexpr double kStrikeBottom = 0.42;
constexpr double kThickestEm = 0.14;
// A ruling wider than its words by more than this is no underline of theirs.
constexpr double kOverhangEm = 0.6;

struct Marks {
    std::vector<Raised> raised;
    std::vector<bool> underlined, struck;
};

bool same_look(const TextStyle& a, const TextStyle& b) {
    return a.font == b.font && a.color == b.color && std::abs(a.size - b.size) <= kSameSize * std::max(a.size, b.size);
}

void mark_line(const AnalysedPage& page, const Line& line, std::span<const Ruling* const> rulings, Marks& marks) {
    for (const Ruling* ruling : rulings) {
        const double drop = (ruling->position - line.baseline) / std::max(line.size, 1.0);
        const bool under = drop >= kUnderTop && drop <= kUnderBottom;
        const bool strike = -drop >= kStrikeTop && -drop <= kStrikeBottom;
        if (!under && !strike) continue;
        if (ruling->thickness > kThickestEm * line.size || ruling->to <= line.box.left || ruling->from >= line.box.right) continue;
        if (ruling->from < line.box.left - kOverhangEm * line.size || ruling->to > line.box.right + kOverhangEm * line.size) continue;
        for (std::uint32_t g : line.glyphs) {
            const double middle = page.facts.glyphs[g].advance.center_x();
            if (middle < ruling->from || middle > ruling->to) continue;
            (under ? marks.underlined : marks.struck)[g] = true;
        }
    }
}

Marks marks_of(const AnalysedPage& page) {
    Marks marks{.raised = std::vector<Raised>(page.facts.glyphs.size(), Raised::No)};
    marks.underlined.assign(page.facts.glyphs.size(), false);
    marks.struck.assign(page.facts.glyphs.size(), false);
    std::vector<const Ruling*> rulings;
    for (const Ruling& ruling : page.facts.rulings)
        if (ruling.axis == Axis::Horizontal) rulings.push_back(&ruling);
    std::stable_sort(rulings.begin(), rulings.end(), [](const Ruling* a, const Ruling* b) { return a->position < b->position; });
    for (const Line& line : page.lines) {
        for (std::size_t i = 0; i < line.raised.size(); ++i) marks.raised[line.glyphs[i]] = line.raised[i];
        if (line.angle != 0 || rulings.empty()) continue;
        auto place = [&](double y) {
            return std::lower_bound(rulings.begin(), rulings.end(), y,
                                    [](const Ruling* ruling, double at) { return ruling->position < at; });
        };
        const auto first = place(line.baseline - line.size), last = place(line.baseline + line.size);
        mark_line(page, line, std::span(first, last), marks);
    }
    return marks;
}

// Joins a look into the spans that are there: those of notes carry it, the rest becomes spans of its own.
void add_to(const AnalysedPage& page, const Marks& marks, TextContent& text) {
    // Texts of the file's objects come without glyphs and have no look.
    if (text.style >= page.facts.styles.size() || text.glyphs.size() != text.text.size()) return;
    const TextStyle& own = page.facts.styles[text.style];
    std::vector<Span> calls = std::move(text.spans);
    std::stable_sort(calls.begin(), calls.end(), [](const Span& a, const Span& b) { return a.start < b.start; });
    text.spans.clear();
    std::size_t next_call = 0;
    Span open;
    bool is_open = false;
    auto close = [&](std::size_t end) {
        if (!is_open) return;
        while (end > open.start && text.glyphs[end - 1] < 0) --end;  // no trailing space
        open.length = static_cast<std::uint32_t>(end - open.start);
        if (open.length > 0) text.spans.push_back(open);
        is_open = false;
    };
    for (std::size_t i = 0; i < text.text.size(); ++i) {
        if (next_call < calls.size() && i == calls[next_call].start) {
            close(i);
            Span call = calls[next_call++];
            if (text.glyphs[i] >= 0) call.style = page.facts.glyphs[static_cast<std::size_t>(text.glyphs[i])].style;
            text.spans.push_back(call);
            i += call.length - 1;
            continue;
        }
        if (text.glyphs[i] < 0) continue;  // spaces go on with what is open
        const auto glyph = static_cast<std::size_t>(text.glyphs[i]);
        Span look{.start = static_cast<std::uint32_t>(i), .style = text.style, .raised = marks.raised[glyph]};
        look.underline = marks.underlined[glyph];
        look.strikethrough = marks.struck[glyph];
        const TextStyle& style = page.facts.styles[page.facts.glyphs[glyph].style];
        if (!same_look(style, own)) look.style = page.facts.glyphs[glyph].style;
        const bool plain = look.style == text.style && look.raised == Raised::No && !look.underline && !look.strikethrough;
        const bool same = is_open && open.raised == look.raised && open.underline == look.underline &&
                          open.strikethrough == look.strikethrough &&
                          same_look(page.facts.styles[open.style], page.facts.styles[look.style]);
        if (same) continue;
        close(i);
        if (!plain) {
            open = look;
            is_open = true;
        }
    }
    close(text.text.size());
}

void add_to_element(const AnalysedPage& page, const Marks& marks, Element& element) {
    add_to(page, marks, element.text);
    for (CellContent& cell : element.table.cells) {
        add_to(page, marks, cell.text);
        for (CellBlock& block : cell.blocks) add_to(page, marks, block.text);
    }
    for (Element& paragraph : element.paragraphs) add_to_element(page, marks, paragraph);
}

}  // namespace

void add_spans(std::span<Element> elements, const AnalysedPage& page) {
    const Marks marks = marks_of(page);
    for (Element& element : elements) add_to_element(page, marks, element);
}

}  // namespace docwright::extract
