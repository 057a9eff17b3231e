// Records of the server itself and of logs: account `system`, stream `log/system`.
#pragma once

#include "core/events/append.h"

namespace docwright {

constexpr std::string_view kSystemAccount = "system";

// First record of an account's log.
Event log_opened(const Parts& parts, std::string_view account, const Actor& actor);
Event server_event(const Parts& parts, EventType type, json::object data);
Actor server_actor(const Parts& parts);

}  // namespace docwright
