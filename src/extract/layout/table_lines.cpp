#include "extract/layout/table_lines.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "extract/text/line_pieces.h"

namespace docwright::extract {

namespace {

constexpr int kNoTable = -1;

using WordOwners = std::vector<std::vector<int>>;  // per line and word: index of the table, or kNoTable

WordOwners owners_of(const std::vector<Line>& lines, const std::vector<Table>& tables) {
    WordOwners owners(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) owners[i].assign(lines[i].words.size(), kNoTable);
    for (std::size_t t = 0; t < tables.size(); ++t)
        for (const Cell& cell : tables[t].cells)
            for (const CellText& text : cell.text)
                for (std::uint32_t w = text.first_word; w < text.first_word + text.word_count; ++w)
                    if (text.line < owners.size() && w < owners[text.line].size()) owners[text.line][w] = static_cast<int>(t);
    return owners;
}

struct Piece {
    std::uint32_t first_word = 0, word_count = 0;
    std::uint32_t line = 0;  // where it stands now
};

}  // namespace

std::vector<int> part_lines_and_tables(const PageFacts& facts, std::vector<Line>& lines, std::vector<Table>& tables) {
    const WordOwners owners = owners_of(lines, tables);
    std::vector<int> table_of(lines.size(), kNoTable);
    std::map<std::uint32_t, std::vector<Piece>> pieces_of;
    const std::size_t line_count = lines.size();
    for (std::uint32_t i = 0; i < line_count; ++i) {
        const std::vector<int>& words = owners[i];
        if (words.empty()) continue;
        table_of[i] = words.front();
        if (std::all_of(words.begin(), words.end(), [&](int owner) { return owner == words.front(); })) continue;
        const Line line = lines[i];
        for (std::uint32_t first = 0; first < words.size();) {
            std::uint32_t last = first + 1;
            while (last < words.size() && words[last] == words[first]) ++last;
            const std::uint32_t place = first == 0 ? i : static_cast<std::uint32_t>(lines.size());
            Line piece = line_piece(facts, line, first, last - first);
            if (first == 0) {
                lines[i] = std::move(piece);
            } else {
                lines.push_back(std::move(piece));
                table_of.push_back(words[first]);
            }
            pieces_of[i].push_back({.first_word = first, .word_count = last - first, .line = place});
            first = last;
        }
    }
    if (pieces_of.empty()) return table_of;
    for (Table& table : tables) {
        for (Cell& cell : table.cells) {
            for (CellText& text : cell.text) {
                auto found = pieces_of.find(text.line);
                if (found == pieces_of.end()) continue;
                for (const Piece& piece : found->second) {
                    if (text.first_word < piece.first_word || text.first_word >= piece.first_word + piece.word_count) continue;
                    text.line = piece.line;
                    text.first_word -= piece.first_word;
                    break;
                }
            }
        }
    }
    return table_of;
}

}  // namespace docwright::extract
