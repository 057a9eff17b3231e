#include "extract/classify/furniture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

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

struct Place {
    std::size_t page = 0;
    std::size_t edge = 0;
};

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

struct Finder {
    std::span<const PageSummary> pages;
    const StyleKey& body;
    std::vector<std::vector<FurnitureDecision>> decisions;
    std::vector<std::vector<bool>> decided;
    int groups = 0;

    void find_repeats();
    void find_sequences();
    void find_single();
    void decide(const Place& place, int group);
    bool looks_like_furniture(const PageSummary& page, const EdgeBlock& edge) const;
};

std::size_t repeats_needed(std::size_t pages) {
    if (pages < kLongDocument) return kLeastRepeats;
    return std::max(kLongRepeats, static_cast<std::size_t>(kRepeatShare * static_cast<double>(pages)));
}

void Finder::decide(const Place& place, int group) {
    if (decided[place.page][place.edge]) return;
    decided[place.page][place.edge] = true;
    const EdgeBlock& edge = pages[place.page].edges[place.edge];
    FurnitureDecision decision{
        .block = edge.block, .kind = edge.at_top ? FurnitureKind::Header : FurnitureKind::Footer, .repeat_group = group};
    if (const auto printed = printed_number(edge.text)) {
        if (printed->bare) decision.kind = FurnitureKind::PageNumber;
        for (char32_t c : printed->label) decision.page_label.push_back(static_cast<char>(c));
    }
    if (edge.box.height() > 2 * edge.box.width() && edge.lines == 1 && edge.words > 1) decision.kind = FurnitureKind::SideNote;
    decisions[place.page].push_back(decision);
}

// The same masked text at the same height; left and right pages may differ in side.
void Finder::find_repeats() {
    std::map<std::tuple<std::u32string, bool>, std::vector<Place>> by_text;
    for (std::size_t p = 0; p < pages.size(); ++p)
        for (std::size_t e = 0; e < pages[p].edges.size(); ++e)
            by_text[{pages[p].edges[e].masked, pages[p].edges[e].at_top}].push_back({p, e});
    const std::size_t needed = repeats_needed(pages.size());
    for (auto& [key, places] : by_text) {
        auto height = [&](const Place& place) { return pages[place.page].edges[place.edge].box.top; };
        std::stable_sort(places.begin(), places.end(), [&](const Place& a, const Place& b) { return height(a) < height(b); });
        for (std::size_t first = 0; first < places.size();) {
            std::size_t last = first + 1;
            while (last < places.size() && height(places[last]) - height(places[last - 1]) <= kSameHeight) ++last;
            std::vector<std::size_t> on_pages;
            for (std::size_t i = first; i < last; ++i) on_pages.push_back(places[i].page);
            std::sort(on_pages.begin(), on_pages.end());
            on_pages.erase(std::unique(on_pages.begin(), on_pages.end()), on_pages.end());
            if (on_pages.size() >= std::min(needed, pages.size()) && on_pages.size() >= kLeastRepeats) {
                ++groups;
                for (std::size_t i = first; i < last; ++i) decide(places[i], groups);
            }
            first = last;
        }
    }
}

// Numbers that count with the pages, wherever at the edge they stand and whatever text is with them.
void Finder::find_sequences() {
    std::map<std::tuple<bool, int>, std::vector<Place>> by_offset;
    for (std::size_t p = 0; p < pages.size(); ++p) {
        for (std::size_t e = 0; e < pages[p].edges.size(); ++e) {
            const auto printed = printed_number(pages[p].edges[e].text);
            if (printed) by_offset[{printed->roman, printed->number - static_cast<int>(p)}].push_back({p, e});
        }
    }
    for (const auto& [key, places] : by_offset) {
        std::size_t distinct = 1;
        for (std::size_t i = 1; i < places.size(); ++i)
            if (places[i].page != places[i - 1].page) ++distinct;
        if (distinct < std::min(repeats_needed(pages.size()), kLongRepeats)) continue;
        for (const Place& place : places) {
            const EdgeBlock& edge = pages[place.page].edges[place.edge];
            const auto printed = printed_number(edge.text);
            if (printed->bare || looks_like_furniture(pages[place.page], edge)) decide(place, 0);
        }
    }
}

bool Finder::looks_like_furniture(const PageSummary& page, const EdgeBlock& edge) const {
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
    if (!other_look && pages.size() > 1) return false;  // it would recur
    return parting >= (other_look ? kParting : kWideParting);
}

// Furniture goes with text: what is all that a page says is its text, if it is no bare number and the file does not say otherwise.
void Finder::find_single() {
    for (std::size_t p = 0; p < pages.size(); ++p) {
        const std::vector<EdgeBlock>& edges = pages[p].edges;
        std::vector<bool> found(edges.size());
        for (std::size_t e = 0; e < edges.size(); ++e) found[e] = decided[p][e] || looks_like_furniture(pages[p], edges[e]);
        const bool nothing_else = pages[p].only_edges && std::count(found.begin(), found.end(), false) == 0;
        for (std::size_t e = 0; e < edges.size(); ++e) {
            const auto printed = printed_number(edges[e].text);
            const bool sure = edges[e].artifact || (printed && printed->bare);
            if (found[e] && (sure || !nothing_else)) decide({p, e}, 0);
        }
    }
}

}  // namespace

std::vector<std::vector<FurnitureDecision>> find_furniture(std::span<const PageSummary> pages, const StyleKey& body) {
    Finder finder{.pages = pages, .body = body, .decisions = std::vector<std::vector<FurnitureDecision>>(pages.size())};
    for (const PageSummary& page : pages) finder.decided.emplace_back(page.edges.size(), false);
    finder.find_repeats();
    finder.find_sequences();
    finder.find_single();
    for (auto& page : finder.decisions)
        std::stable_sort(page.begin(), page.end(), [](const auto& a, const auto& b) { return a.block < b.block; });
    return std::move(finder.decisions);
}

}  // namespace docwright::extract
