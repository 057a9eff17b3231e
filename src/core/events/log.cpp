#include "core/events/log.h"

namespace docwright {

Event log_opened(const Parts& parts, std::string_view account, const Actor& actor) {
    return {.type = EventType::LogOpened,
            .account = std::string(account),
            .stream = "log/" + std::string(account),
            .actor = actor,
            .data = {{"origin", parts.options.log_name + "/" + std::string(account)}}};
}

Event server_event(const Parts& parts, EventType type, json::object data) {
    return {.type = type,
            .account = std::string(kSystemAccount),
            .stream = "log/" + std::string(kSystemAccount),
            .actor = server_actor(parts),
            .data = std::move(data)};
}

Actor server_actor(const Parts& parts) { return {.kind = "server", .id = parts.options.instance}; }

}  // namespace docwright
