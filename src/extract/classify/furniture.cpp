#include "extract/classify/furniture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "extract/text/characters.h"
#include "extract/text/labels.h"

namespace docwright::extract {

namespace {

// Recurring furniture keeps its height to a few points.
constexpr double kSameHeight = 6.0;  // points
// Two pages may share a line by chance; in longer documents more must agree, here a share of the pages.
constexpr std::size_t kLeastRepeats = 2;
constexpr double kRepeatShare = 0.08;
constexpr std::size_t kLongDocument = 6;
constexpr std::size_t kLongRepeats = 3;
// On a page by itself: white to the body in lines of the furniture, and what makes it look different.
constexpr double kParting = 1.3;
constexpr double kWideParting = 2.2;
constexpr double kSmaller = 0.93;
constexpr std::uint32_t kMostWords = 14;
constexpr double kLargestNumber = 1.4;  // page numbers are sometimes set larger than the text
// Outermost share of the page where furniture of a single page stands.
constexpr double kMargin = 0.105;
constexpr double kTenths = 10;
constexpr int kMostPageNumber = 9999;

struct Printed {
    int number = 0;
    bool roman = false;
    std::u32string label;
    bool bare = false;  // nothing but the number and its ornaments
};

constexpr std::array<std::u32string_view, 12> kPageWords = {U"page",   U"p",      U"pg",   U"seite", U"s",     U"pagina",
                                                            U"página", U"strana", U"sida", U"side",  U"blatt", U"folio"};

bool is_page_word(const std::u32string& word) {
    std::u32string small = word;
    for (char32_t& c : small) c = lower(c);
    return std::find(kPageWords.begin(), kPageWords.end(), small) != kPageWords.end();
}

// "12", "- 12 -", "Page 3 of 10", "xiv", "12 | Annual report"
std::optional<Printed> printed_number(std::u32string_view text) {
    std::vector<std::u32string> words;
    std::u32string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && (is_letter(text[i]) || is_digit(text[i]))) {
            word.push_back(text[i]);
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    auto digits_of = [](const std::u32string& w) {
        if (w.size() > 4) return -1;
        int value = 0;
        for (char32_t c : w) {
            if (!is_digit(c)) return -1;
            value = value * static_cast<int>(kTenths) + static_cast<int>(c - U'0');
        }
        return value <= kMostPageNumber ? value : -1;
    };
    if (words.empty()) return std::nullopt;
    const std::size_t count = words.size();
    if (count == 1) {
        if (const int value = digits_of(words[0]); value >= 0) return Printed{value, false, words[0], true};
        if (const int value = roman_value(words[0]); value > 0) return Printed{value, true, words[0], true};
        return std::nullopt;
    }
    // "Page 3 of 10", "3 / 10", "Seite 3"
    const int first = digits_of(words[0]), second = digits_of(words[1]), last = digits_of(words[count - 1]);
    if (count <= 4 && is_page_word(words[0]) && second >= 0 && (count == 2 || last >= 0)) return Printed{second, false, words[1], true};
    if (count <= 3 && first >= 0 && last >= first) return Printed{first, false, words[0], true};
    if (first >= 0) return Printed{first, false, words[0], false};
    if (last >= 0) return Printed{last, false, words[count - 1], false};
    return std::nullopt;
}

std::size_t repeats_needed(std::size_t pages) {
    if (pages < kLongDocument) return kLeastRepeats;
    return std::max(kLongRepeats, static_cast<std::size_t>(kRepeatShare * static_cast<double>(pages)));
}

bool looks_like_furniture(const PageSummary& page, const EdgeBlock& edge, const StyleKey& body, bool stands_alone) {
    if (edge.artifact) return true;
    if (edge.lines > 2 || edge.words > kMostWords || !edge.alone) return false;
    const bool in_margin = edge.at_top ? edge.box.bottom <= kMargin * page.height : edge.box.top >= (1 - kMargin) * page.height;
    if (!in_margin || edge.size <= 0) return false;
    const double parting = edge.white / edge.size;
    if (edge.ruled_off && parting >= kParting / 2) return true;
    const double body_size = body.size_tenths / kTenths;
    const auto printed = printed_number(edge.text);
    if (printed && printed->bare && edge.size <= kLargestNumber * body_size) return parting >= kParting;
    if (edge.size > body_size / kSmaller) return false;  // larger than the body: a title
    const bool smaller = edge.size < kSmaller * body_size;
    if (edge.caption_like || (edge.bold && !smaller)) return false;  // a caption, a heading
    const bool other_look = smaller || edge.italic || edge.style.color != body.color;
    if (!other_look && !stands_alone) return false;  // it would recur
    return parting >= (other_look ? kParting : kWideParting);
}

FurnitureDecision decision_on(const EdgeBlock& edge, int group) {
    FurnitureDecision decision{
        .block = edge.block, .kind = edge.at_top ? FurnitureKind::Header : FurnitureKind::Footer, .repeat_group = group};
    if (const auto printed = printed_number(edge.text)) {
        if (printed->bare) decision.kind = FurnitureKind::PageNumber;
        for (char32_t c : printed->label) decision.page_label.push_back(static_cast<char>(c));
    }
    if (edge.box.height() > 2 * edge.box.width() && edge.lines == 1 && edge.words > 1) decision.kind = FurnitureKind::SideNote;
    return decision;
}

// FNV-1a: texts are only compared, so a number stands for each.
std::uint64_t fingerprint(const std::u32string& text, bool at_top) {
    std::uint64_t hash = at_top ? 0xcbf29ce484222325 : 0x84222325cbf29ce4;
    for (char32_t letter : text) hash = (hash ^ letter) * 0x100000001b3;
    return hash;
}

}  // namespace

void FurnitureFinder::add(const PageSummary& page) {
    const auto index = static_cast<std::uint32_t>(page.page_index);
    for (std::uint32_t e = 0; e < page.edges.size(); ++e) {
        const EdgeBlock& edge = page.edges[e];
        texts_.push_back({.text = fingerprint(edge.masked, edge.at_top), .top = static_cast<float>(edge.box.top), .place = {index, e}});
        const auto printed = printed_number(edge.text);
        if (printed) numbers_.push_back({.roman = printed->roman, .offset = printed->number - page.page_index, .place = {index, e}});
    }
}

// The same masked text at the same height; left and right pages may differ in side.
void FurnitureFinder::find_repeats() {
    const std::size_t needed = std::min(repeats_needed(page_count_), page_count_);
    std::ranges::sort(texts_, {}, [](const SeenText& seen) { return std::tuple(seen.text, seen.top, seen.place); });
    std::vector<std::vector<Place>> found;
    for (std::size_t first = 0; first < texts_.size();) {
        std::size_t last = first + 1;
        while (last < texts_.size() && texts_[last].text == texts_[first].text && texts_[last].top - texts_[last - 1].top <= kSameHeight)
            ++last;
        std::vector<Place> places;
        for (std::size_t i = first; i < last; ++i) places.push_back(texts_[i].place);
        first = last;
        if (places.size() < std::max(needed, kLeastRepeats)) continue;
        std::ranges::sort(places);
        std::size_t on_pages = 1;
        for (std::size_t i = 1; i < places.size(); ++i) on_pages += places[i].page != places[i - 1].page ? 1 : 0;
        if (on_pages >= std::max(needed, kLeastRepeats)) found.push_back(std::move(places));
    }
    std::ranges::sort(found);  // groups are numbered in the order of their first pages
    for (const std::vector<Place>& places : found) {
        ++groups_;
        for (const Place& place : places) repeats_.emplace_back(place, groups_);
    }
    std::ranges::sort(repeats_);
    texts_ = {};
}

// Numbers that count with the pages, wherever at the edge they stand and whatever text is with them.
void FurnitureFinder::find_sequences() {
    std::ranges::sort(numbers_, {}, [](const SeenNumber& seen) { return std::tuple(seen.roman, seen.offset, seen.place); });
    for (std::size_t first = 0; first < numbers_.size();) {
        std::size_t last = first + 1, distinct = 1;
        for (; last < numbers_.size() && numbers_[last].roman == numbers_[first].roman && numbers_[last].offset == numbers_[first].offset;
             ++last)
            distinct += numbers_[last].place.page != numbers_[last - 1].place.page ? 1 : 0;
        for (std::size_t i = first; distinct >= std::min(repeats_needed(page_count_), kLongRepeats) && i < last; ++i)
            sequences_.push_back(numbers_[i].place);
        first = last;
    }
    std::ranges::sort(sequences_);
    numbers_ = {};
}

void FurnitureFinder::settle(std::size_t page_count, const StyleKey& body) {
    page_count_ = page_count;
    body_ = body;
    find_repeats();
    find_sequences();
}

std::vector<FurnitureDecision> FurnitureFinder::decide(const PageSummary& page) const {
    const std::vector<EdgeBlock>& edges = page.edges;
    std::vector<std::optional<int>> group(edges.size());  // of the edges that are furniture
    std::vector<bool> looks(edges.size());
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
        const Place place{static_cast<std::uint32_t>(page.page_index), e};
        const auto repeat = std::ranges::lower_bound(repeats_, place, {}, &std::pair<Place, int>::first);
        if (repeat != repeats_.end() && repeat->first == place) group[e] = repeat->second;
        looks[e] = looks_like_furniture(page, edges[e], body_, page_count_ == 1);
        if (group[e] || !std::ranges::binary_search(sequences_, place)) continue;
        if (printed_number(edges[e].text)->bare || looks[e]) group[e] = 0;
    }
    // Furniture goes with text: what is all that a page says is its text, if it is no bare number and the file does not say
    // otherwise.
    bool nothing_else = page.only_edges;
    for (std::size_t e = 0; e < edges.size(); ++e) nothing_else = nothing_else && (group[e] || looks[e]);
    std::vector<FurnitureDecision> decisions;
    for (std::size_t e = 0; e < edges.size(); ++e) {
        const auto printed = printed_number(edges[e].text);
        const bool sure = edges[e].artifact || (printed && printed->bare);
        if (!group[e] && looks[e] && (sure || !nothing_else)) group[e] = 0;
        if (group[e]) decisions.push_back(decision_on(edges[e], *group[e]));
    }
    std::ranges::stable_sort(decisions, {}, &FurnitureDecision::block);
    return decisions;
}

}  // namespace docwright::extract
