#include "extract/output/chains.h"

#include <algorithm>

#include "extract/output/json_text.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

std::string_view word(Joiner joiner) {
    switch (joiner) {
        case Joiner::Space: return "space";
        case Joiner::None: return "none";
        case Joiner::Dehyphenate: return "dehyphenate";
        case Joiner::Newline: return "newline";
    }
    return "space";
}

}  // namespace

std::optional<std::uint32_t> Chains::part(int element_index, const Element& element, const std::string& id, Slots& slots) {
    const ContinuationFacts& facts = element.continuation;
    if (!facts.from_previous && !facts.to_next) return std::nullopt;
    Chain* chain = nullptr;
    if (facts.from_previous) {
        for (Chain& each : open_) {
            if (each.type == element.type && each.runs_on && each.last_element == facts.previous) chain = &each;
        }
    }
    if (!chain && !facts.to_next) return std::nullopt;
    if (!chain) chain = &open_.emplace_back(Chain{.type = element.type, .parts = {}});
    chain->parts.push_back({.slot = slots.make(), .id = id, .joiner = facts.joiner});
    chain->last_element = element_index;
    chain->runs_on = facts.to_next;
    return chain->parts.back().slot;
}

void Chains::end_page(Slots& slots) {
    // What ended, or did not go on on this page, is complete.
    std::erase_if(open_, [&slots](Chain& chain) {
        const bool goes_on = chain.runs_on && chain.last_element != kNoElement;
        if (!goes_on) close(chain, slots);
        chain.last_element = kNoElement;
        return !goes_on;
    });
}

void Chains::finish(Slots& slots) {
    for (const Chain& chain : open_) close(chain, slots);
    open_.clear();
}

void Chains::close(const Chain& chain, Slots& slots) {
    const std::size_t count = chain.parts.size();
    if (count < 2) return;
    for (std::size_t i = 0; i < count; ++i) {
        JsonText json;
        json.begin_object().member(key::kGroup, chain.parts[0].id).key(key::kPart).integer(static_cast<std::int64_t>(i) + 1);
        json.key(key::kParts).integer(static_cast<std::int64_t>(count));
        if (i > 0) json.member(key::kPrevious, chain.parts[i - 1].id);
        if (i + 1 < count) json.member(key::kNext, chain.parts[i + 1].id);
        if (i > 0) json.member(key::kJoiner, word(chain.parts[i].joiner));
        slots.set(chain.parts[i].slot, ",\"" + std::string(key::kContinuation) + "\":" + json.end_object().text());
    }
}

}  // namespace docwright::extract
