// Writes every table candidate of the given PDFs with its features, one JSON object a line, for script/train_tables.py.
// usage: table_candidates [--without nothing|lines|verticals] FILE.pdf…
// Leaving out drawn lines makes half-ruled and unruled tables of ruled ones, with the same truth.
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/json.h"
#include "engines/pdf/document.h"
#include "engines/pdf/library.h"
#include "extract/tables/candidates.h"
#include "extract/text/lines.h"

namespace {

using namespace docwright;
using namespace docwright::extract;

void put(std::string& out, char32_t code) {
    if (code < 0x80)
        out += static_cast<char>(code);
    else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += '?';
    }
}

std::string text_of(const tables::DraftCell& cell, const tables::PageWords& words, const PageFacts& facts, const std::vector<Line>& lines) {
    std::string text;
    for (std::uint32_t index : cell.words) {
        const Line& line = lines[words.words[index].line];
        const Word& word = line.words[words.words[index].word];
        for (std::uint32_t i = word.first; i < word.first + word.count; ++i) {
            const Glyph& glyph = facts.glyphs[line.glyphs[i]];
            put(text, glyph.code);
            for (std::uint32_t k = 0; k < glyph.further_count; ++k) put(text, facts.further[glyph.first_further + k]);
        }
        text += ' ';
    }
    return text;
}

void leave_out(PageFacts& facts, std::string_view without) {
    if (without == "lines") facts.rulings.clear();
    if (without == "verticals")
        std::erase_if(facts.rulings,
                      [](const Ruling& ruling) { return ruling.axis == Axis::Vertical || ruling.source == RulingSource::FillEdge; });
    if (!without.empty() && without != "nothing") facts.fills.clear();
}

void write_page(std::string_view name, const PageFacts& facts) {
    const std::vector<Line> lines = build_lines(facts, false);
    const tables::PageWords words = tables::flatten_words(facts, lines);
    for (const tables::Candidate& candidate : tables::candidates_of(facts, words)) {
        boost::json::object out{
            {"document", name}, {"page", facts.page_index + 1}, {"proposer", static_cast<int>(candidate.draft.proposer)}};
        out["features"] = boost::json::array(candidate.features.begin(), candidate.features.end());
        boost::json::array cells;
        for (const tables::DraftCell& cell : candidate.draft.cells)
            if (!cell.words.empty())
                cells.push_back(boost::json::array{cell.row, cell.row + cell.row_span - 1, cell.column, cell.column + cell.column_span - 1,
                                                   text_of(cell, words, facts, lines)});
        out["cells"] = std::move(cells);
        std::cout << boost::json::serialize(out) << '\n';
    }
}

}  // namespace

int main(int count, char** arguments) {
    const pdf::Library library;
    std::string_view without;
    for (int i = 1; i < count; ++i) {
        const std::string path = arguments[i];
        if (path == "--without" && i + 1 < count) {
            without = arguments[++i];
            continue;
        }
        std::ifstream in(path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        auto opened = pdf::open_pdf(bytes, "");
        if (!opened.ok()) {
            std::cerr << path << ": " << opened.error().message << '\n';
            continue;
        }
        const auto document = std::move(opened).take();
        const std::string name = path.substr(path.rfind('/') + 1);
        for (int page = 0; page < document->facts().page_count; ++page) {
            auto facts = document->read_page(page);
            if (!facts.ok()) continue;
            PageFacts read = std::move(facts).take();
            leave_out(read, without);
            write_page(name.substr(0, name.rfind('.')), read);
        }
    }
    return 0;
}
