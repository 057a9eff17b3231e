#include "core/events/types.h"

#include <algorithm>
#include <array>

namespace docwright {
namespace {

constexpr std::string_view kWords[] = {
#define EVENT_TYPE(name, word) word,
#include "core/events/types.inc"
#undef EVENT_TYPE
};

}  // namespace

std::string_view word(EventType type) { return kWords[static_cast<std::size_t>(type)]; }

std::optional<EventType> event_type(std::string_view word) {
    const auto* found = std::ranges::find(kWords, word);
    if (found == std::end(kWords)) return std::nullopt;
    return static_cast<EventType>(found - std::begin(kWords));
}

}  // namespace docwright
