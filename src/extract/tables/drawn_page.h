// A page drawn by a test: texts and lines at given places, without PDF and without the text stage.
// Units: points, origin top left. Every glyph is half the size wide, a space between words a quarter; the baseline is given.
// Read a table back with `spelled`: a row a line, cells apart by " | ", a span as "[rows x columns]" behind the text, "." for an
// empty cell; positions that a cell above or to the left covers are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract::tables {

struct DrawnPage {
    DrawnPage();

    // Words between blanks; each call is one line. `font` tells bold (1) from regular (0).
    DrawnPage& text(double x, double baseline, std::string_view words, FontIndex font = 0);
    DrawnPage& text_right(double right, double baseline, std::string_view words, FontIndex font = 0);
    DrawnPage& level(double y, double from, double to, RulingSource source = RulingSource::Stroke);
    DrawnPage& upright(double x, double from, double to, RulingSource source = RulingSource::Stroke);
    DrawnPage& box(double left, double top, double right, double bottom);
    DrawnPage& fill(double left, double top, double right, double bottom, std::uint32_t color);
    // A row of texts, one at each place; "" leaves the place empty.
    DrawnPage& row(double baseline, const std::vector<double>& places, const std::vector<std::string>& texts, FontIndex font = 0);
    // Lines of running text from `x`, one leading apart, about `width` wide.
    DrawnPage& prose(double x, double baseline, double width, int lines);

    PageFacts facts;
    std::vector<Line> lines;
    double size = 10;
};

std::string spelled(const Table& table, const DrawnPage& page);
std::string text_of(const Cell& cell, const DrawnPage& page);

}  // namespace docwright::extract::tables
