#include "extract/tables/drawn_page.h"

namespace docwright::extract::tables {
namespace {

constexpr double kGlyphEm = 0.5;
constexpr double kSpaceEm = 0.25;
constexpr double kAscentEm = 0.8;
constexpr double kDescentEm = 0.2;

double width_of(std::string_view words, double size) {
    double width = 0;
    for (char letter : words) width += (letter == ' ' ? kSpaceEm : kGlyphEm) * size;
    return width;
}

}  // namespace

DrawnPage::DrawnPage() {
    facts.width = 595;
    facts.height = 842;
    facts.styles = {{.font = 0, .size = 10}, {.font = 1, .size = 10}};
}

DrawnPage& DrawnPage::text(double x, double baseline, std::string_view words, FontIndex font) {
    Line line{.baseline = baseline, .size = size, .style = static_cast<StyleIndex>(font)};
    bool in_word = false;
    for (char letter : words) {
        const double advance = (letter == ' ' ? kSpaceEm : kGlyphEm) * size;
        if (letter == ' ') {
            in_word = false;
            x += advance;
            continue;
        }
        const Box box{x, baseline - kAscentEm * size, x + advance, baseline + kDescentEm * size};
        if (!in_word) line.words.push_back({.first = static_cast<std::uint32_t>(line.glyphs.size()), .box = box});
        in_word = true;
        ++line.words.back().count;
        line.words.back().box = joined(line.words.back().box, box);
        line.box = line.glyphs.empty() ? box : joined(line.box, box);
        line.glyphs.push_back(static_cast<std::uint32_t>(facts.glyphs.size()));
        facts.glyphs.push_back({.code = static_cast<char32_t>(static_cast<unsigned char>(letter)),
                                .style = static_cast<StyleIndex>(font),
                                .origin_x = static_cast<float>(x),
                                .origin_y = static_cast<float>(baseline),
                                .advance = box,
                                .ink = box});
        x += advance;
    }
    if (!line.words.empty()) lines.push_back(std::move(line));
    return *this;
}

DrawnPage& DrawnPage::text_right(double right, double baseline, std::string_view words, FontIndex font) {
    return text(right - width_of(words, size), baseline, words, font);
}

DrawnPage& DrawnPage::level(double y, double from, double to, RulingSource source) {
    facts.rulings.push_back({.axis = Axis::Horizontal, .position = y, .from = from, .to = to, .thickness = 0.5, .source = source});
    return *this;
}

DrawnPage& DrawnPage::upright(double x, double from, double to, RulingSource source) {
    facts.rulings.push_back({.axis = Axis::Vertical, .position = x, .from = from, .to = to, .thickness = 0.5, .source = source});
    return *this;
}

DrawnPage& DrawnPage::box(double left, double top, double right, double bottom) {
    return level(top, left, right).level(bottom, left, right).upright(left, top, bottom).upright(right, top, bottom);
}

DrawnPage& DrawnPage::fill(double left, double top, double right, double bottom, std::uint32_t color) {
    facts.fills.push_back({.box = {left, top, right, bottom}, .color = color});
    return *this;
}

DrawnPage& DrawnPage::row(double baseline, const std::vector<double>& places, const std::vector<std::string>& texts, FontIndex font) {
    for (std::size_t i = 0; i < texts.size(); ++i) text(places[i], baseline, texts[i], font);
    return *this;
}

DrawnPage& DrawnPage::prose(double x, double baseline, double width, int line_count) {
    // Words of uneven length, so that no gaps fall into line by chance.
    static constexpr std::string_view kWords[] = {"the", "committee", "has",     "considered", "many", "proposals",
                                                  "of",  "its",       "members", "before",     "it",   "decided"};
    std::size_t next = 0;
    for (int i = 0; i < line_count; ++i) {
        std::string line;
        while (width_of(line, size) < width - 6 * size)
            line += std::string(line.empty() ? "" : " ") + std::string(kWords[next++ * 5 % std::size(kWords)]);
        text(x, baseline + 12 * i, line);
        ++next;
    }
    return *this;
}

std::string text_of(const Cell& cell, const DrawnPage& page) {
    std::string text;
    for (const CellText& part : cell.text) {
        const Line& line = page.lines[part.line];
        for (std::uint32_t word = part.first_word; word < part.first_word + part.word_count; ++word) {
            if (!text.empty()) text += ' ';
            for (std::uint32_t i = 0; i < line.words[word].count; ++i)
                text += static_cast<char>(page.facts.glyphs[line.glyphs[line.words[word].first + i]].code);
        }
    }
    return text;
}

std::string spelled(const Table& table, const DrawnPage& page) {
    std::string all;
    int row = 0;
    for (const Cell& cell : table.cells) {
        if (!all.empty()) all += cell.row == row ? " | " : "\n";
        row = cell.row;
        const std::string text = text_of(cell, page);
        all += text.empty() ? "." : text;
        if (cell.row_span > 1 || cell.column_span > 1)
            all += " [" + std::to_string(cell.row_span) + "x" + std::to_string(cell.column_span) + "]";
    }
    return all;
}

}  // namespace docwright::extract::tables
