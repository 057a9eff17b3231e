// A page out of any bytes, for property tests and fuzzing: texts, rulings and fills on a coarse raster, so that grids come about,
// and numbers that are none. And what find_tables promises (find_tables.h), as a check. Units: points.
// The same bytes give the same page.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "extract/page/line.h"
#include "extract/page/page_facts.h"
#include "extract/page/table.h"

namespace docwright::extract::tables {

struct AnyPage {
    PageFacts facts;
    std::vector<Line> lines;
};

inline void add_any_line(AnyPage& page, double x, double baseline, int words, int letters, char32_t code) {
    constexpr double kSize = 10;
    Line line{.baseline = baseline, .size = kSize};
    for (int word = 0; word < words; ++word) {
        const Box box{x, baseline - kSize, x + letters * kSize / 2, baseline};
        line.words.push_back(
            {.first = static_cast<std::uint32_t>(line.glyphs.size()), .count = static_cast<std::uint32_t>(letters), .box = box});
        for (int letter = 0; letter < letters; ++letter) {
            line.glyphs.push_back(static_cast<std::uint32_t>(page.facts.glyphs.size()));
            page.facts.glyphs.push_back({.code = code, .advance = box, .ink = box});
        }
        line.box = word == 0 ? box : joined(line.box, box);
        x = box.right + kSize / 4;
    }
    page.lines.push_back(std::move(line));
}

inline AnyPage page_from(std::span<const std::uint8_t> bytes) {
    constexpr std::size_t kRecord = 6;
    constexpr double kRaster = 15;
    AnyPage page;
    page.facts.width = 595;
    page.facts.height = 842;
    page.facts.styles = {{.size = 10}};
    for (std::size_t at = 0; at + kRecord <= bytes.size(); at += kRecord) {
        const auto byte = [&](std::size_t i) { return static_cast<int>(bytes[at + i]); };
        const double x = byte(1) % 40 * kRaster;
        const double y = byte(2) % 56 * kRaster;
        const double far = byte(3) % 40 * kRaster;
        switch (byte(0) % 8) {
            case 0: page.facts.rulings.push_back({.axis = Axis::Horizontal, .position = y, .from = x, .to = far}); break;
            case 1: page.facts.rulings.push_back({.axis = Axis::Vertical, .position = x, .from = y, .to = far}); break;
            case 2: page.facts.fills.push_back({.box = {x, y, far, y + byte(4)}, .color = static_cast<std::uint32_t>(byte(5))}); break;
            case 3: {
                const double odd = byte(4) % 2 ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
                if (byte(5) % 2)
                    page.facts.rulings.push_back({.axis = Axis::Vertical, .position = x, .from = odd, .to = far});
                else
                    add_any_line(page, x, odd, 2, 3, U'a');
                break;
            }
            default:
                add_any_line(page, x + byte(4) % 4, y + byte(4) % 3 * 4, byte(3) % 7 + 1, byte(5) % 8 + 1, byte(4) % 3 ? U'7' : U'n');
                break;
        }
    }
    return page;
}

// In words of the promise that is broken; empty if all hold.
inline std::string broken_promise(std::span<const Table> tables, const AnyPage& page) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> uses;
    for (const Table& table : tables) {
        if (table.row_count < 1 || table.column_count < 1) return "a table has rows and columns";
        if (table.column_edges.size() != static_cast<std::size_t>(table.column_count) + 1) return "as many column edges as columns and one";
        if (table.row_edges.size() != static_cast<std::size_t>(table.row_count) + 1) return "as many row edges as rows and one";
        for (std::size_t i = 1; i < table.column_edges.size(); ++i)
            if (!(table.column_edges[i - 1] <= table.column_edges[i])) return "column edges ascend";
        for (std::size_t i = 1; i < table.row_edges.size(); ++i)
            if (!(table.row_edges[i - 1] <= table.row_edges[i])) return "row edges ascend";
        if (table.header_row_count < 0 || table.header_row_count >= table.row_count) return "some row is no head";
        if (table.header_column_count < 0 || table.header_column_count >= table.column_count) return "some column is no head";
        if (!(table.score >= 0 && table.score <= 1 && table.structure_score >= 0 && table.structure_score <= 1))
            return "scores are probabilities";
        std::vector<int> covered(static_cast<std::size_t>(table.row_count) * static_cast<std::size_t>(table.column_count), 0);
        for (const Cell& cell : table.cells) {
            if (cell.row < 0 || cell.column < 0 || cell.row_span < 1 || cell.column_span < 1) return "cells lie in the grid";
            if (cell.row + cell.row_span > table.row_count || cell.column + cell.column_span > table.column_count)
                return "cells lie in the grid";
            for (int row = cell.row; row < cell.row + cell.row_span; ++row)
                for (int column = cell.column; column < cell.column + cell.column_span; ++column)
                    ++covered[static_cast<std::size_t>(row * table.column_count + column)];
            for (const CellText& part : cell.text)
                for (std::uint32_t word = part.first_word; word < part.first_word + part.word_count; ++word) ++uses[{part.line, word}];
        }
        for (int times : covered)
            if (times != 1) return "every grid position is covered exactly once";
    }
    for (const auto& [word, times] : uses)
        if (times > 1) return "a word is in one cell at most";
    for (std::uint32_t line = 0; line < page.lines.size(); ++line)
        for (std::uint32_t word = 0; word < page.lines[line].words.size(); ++word) {
            const Box& box = page.lines[line].words[word].box;
            for (const Table& table : tables)
                if (table.box.holds({box.center_x(), box.center_y()}) && !uses.contains({line, word}))
                    return "a word inside a table is in a cell";
        }
    return {};
}

}  // namespace docwright::extract::tables
