#include "extract/output/targets.h"

#include <algorithm>

namespace docwright::extract {
namespace {

constexpr double kAboveTarget = 1;  // points: an element that ends so little below the spot was scrolled past

bool letter_or_digit(char32_t letter) {
    return (letter >= U'0' && letter <= U'9') || (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z') || letter > 0xBF;
}

// FNV-1a over letters and digits, case folded in ASCII: spacing and punctuation differ between a contents page and its heads.
std::uint64_t fingerprint(const std::u32string& text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    bool any = false;
    for (char32_t letter : text) {
        if (!letter_or_digit(letter)) continue;
        any = true;
        if (letter >= U'A' && letter <= U'Z') letter += U'a' - U'A';
        hash = (hash ^ letter) * 0x100000001b3;
    }
    return any ? hash : 0;
}

bool can_be_target(ElementType type) {
    return type != ElementType::HeaderFooter && type != ElementType::Hyperlink && type != ElementType::Annotation &&
           type != ElementType::Form;
}

}  // namespace

std::u32string contents_title(const std::u32string& line) {
    std::size_t end = line.size();
    const auto drop = [&](auto test) {
        while (end > 0 && test(line[end - 1])) --end;
    };
    const auto is_space = [](char32_t letter) { return letter == U' ' || letter == U'\n'; };
    const auto is_leader = [](char32_t letter) {
        return letter == U'.' || letter == U' ' || letter == U'·' || letter == U'…' || letter == U'_';
    };
    drop(is_space);
    drop([](char32_t letter) { return letter < 0x80 && letter_or_digit(letter) && !(letter >= U'A' && letter <= U'H'); });
    if (end == 0 || !is_leader(line[end - 1])) return line;
    drop(is_leader);
    return line.substr(0, end);
}

void Targets::note(int page_index, const Element& element, int number) {
    const std::uint64_t text = fingerprint(element.text.text);
    if (element.type == ElementType::Head && text != 0) heads_.try_emplace(text, number);
    const auto page = pages_.find(page_index);
    if (page != pages_.end() && can_be_target(element.type)) page->second.push_back({element.type, number, element.box, text});
}

std::uint32_t Targets::element_at(const Spot& spot, Slots& slots) {
    asked_.push_back({.slot = slots.make(), .spot = spot, .head = false, .text = 0});
    return asked_.back().slot;
}

std::uint32_t Targets::head_of_contents_line(const Spot& spot, const std::u32string& line, Slots& slots) {
    asked_.push_back({.slot = slots.make(), .spot = spot, .head = true, .text = fingerprint(contents_title(line))});
    return asked_.back().slot;
}

const Targets::Noted* Targets::find(const Spot& spot) const {
    const auto page = pages_.find(spot.page_index);
    if (page == pages_.end() || page->second.empty()) return nullptr;
    if (!spot.has_point) return &page->second.front();
    const auto below = std::ranges::find_if(
        page->second, [&](const Noted& noted) { return noted.box.bottom > spot.point.y + kAboveTarget && noted.box.right > spot.point.x; });
    return below == page->second.end() ? nullptr : &*below;
}

std::string Targets::id_at(const Spot& spot, const std::u32string& title) const {
    const std::uint64_t text = fingerprint(title);
    if (const auto page = pages_.find(spot.page_index); page != pages_.end() && text != 0) {
        const auto same = std::ranges::find_if(page->second, [text](const Noted& noted) {
            return noted.text == text && (noted.type == ElementType::Head || noted.type == ElementType::Title);
        });
        if (same != page->second.end()) return element_id(same->type, same->number);
    }
    const Noted* noted = find(spot);
    return noted ? element_id(noted->type, noted->number) : std::string();
}

void Targets::resolve(Slots& slots) const {
    for (const Asked& asked : asked_) {
        const Noted* noted = find(asked.spot);
        if (!asked.head) {
            if (noted) slots.set(asked.slot, ",\"elementId\":" + quoted_element_id(noted->type, noted->number));
            continue;
        }
        const auto named = heads_.find(asked.text);
        if (named != heads_.end() && asked.text != 0) {
            slots.set(asked.slot, ",\"headLink\":" + quoted_element_id(ElementType::Head, named->second));
        } else if (noted && noted->type == ElementType::Head) {
            slots.set(asked.slot, ",\"headLink\":" + quoted_element_id(ElementType::Head, noted->number));
        }
    }
}

}  // namespace docwright::extract
