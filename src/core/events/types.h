// The types of records (contract/events.md, section 4), from the one list in types.inc.
#pragma once

#include <optional>
#include <string_view>

namespace docwright {

enum class EventType {
#define EVENT_TYPE(name, word) name,
#include "core/events/types.inc"
#undef EVENT_TYPE
};

std::string_view word(EventType type);                       // "document.created"
std::optional<EventType> event_type(std::string_view word);  // nullopt: a type that this version does not know

}  // namespace docwright
