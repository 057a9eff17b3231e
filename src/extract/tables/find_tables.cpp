#include "extract/tables/find_tables.h"

namespace docwright::extract {

std::vector<Table> find_tables(const PageFacts& facts, std::span<const Line> lines) {
    if (facts.glyphs.empty() || lines.empty()) return {};
    return {};
}

}  // namespace docwright::extract
