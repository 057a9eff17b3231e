#include "extract/tables/row_kind.h"

#include <algorithm>

namespace docwright::extract::tables {
namespace {

constexpr int kProseWords = 5;      // a text of that many words …
constexpr double kProseEm = 15;     // … and this width reads as running text; cells of several words are narrower
constexpr double kTextShare = 0.6;  // of its words are letters

}  // namespace

bool is_prose(const PageWords& page, const Segment& segment, double size) {
    int letters = 0;
    for (std::uint32_t index : segment.words) letters += page.words[index].kind == WordKind::Text;
    const auto count = static_cast<int>(segment.words.size());
    return count >= kProseWords && letters >= kTextShare * count && segment.right - segment.left >= kProseEm * size;
}

// "Table 3: …" or "Source: …"
bool is_caption(const PageWords& page, const TextRow& row) {
    const Segment& segment = row.segments.front();
    const PageWord& first = page.words[segment.words.front()];
    if (!first.names_caption) return false;
    if (first.ends_colon) return true;
    if (segment.words.size() < 2) return false;
    const WordKind kind = page.words[segment.words[1]].kind;
    return kind == WordKind::Number || kind == WordKind::Marker;
}

RowKind row_kind(const PageWords& page, const TextRow& row) {
    if (is_caption(page, row)) return RowKind::Break;
    const bool all_prose =
        std::all_of(row.segments.begin(), row.segments.end(), [&](const Segment& segment) { return is_prose(page, segment, row.size); });
    if (all_prose) return RowKind::Break;
    return row.segments.size() > 1 ? RowKind::Multi : RowKind::Single;
}

}  // namespace docwright::extract::tables
