// The one door into the event log (contract/events.md, sections 1, 2 and 6).
// Called as the last step of the transaction that changes the state: no record, no commit. Makes the canonical record, the
// commitment to its personal part, and an id that is higher than any before it in a store with one writer.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "core/events/actor.h"
#include "core/events/types.h"
#include "core/parts.h"

namespace docwright {

struct Event {
    EventType type;
    std::string account;  // whose log; "system" for the server's own
    std::string stream;   // kind/id
    Actor actor;
    std::string document = {};
    std::string sha256 = {};
    std::string stage = {};
    std::vector<std::string> about = {};  // any order, written sorted and each once
    std::string trace = {};
    std::string cause = {};
    json::object data = {};      // keys fixed per type; nothing personal, no secret, no content
    json::object personal = {};  // empty texts in it are left out
};

// Error: Internal when a record breaks a rule of the canonical form or is over 8 KiB.
Status append(Transaction& transaction, const Parts& parts, const std::vector<Event>& events);

// ---- the pieces, for the verifier and the tests
constexpr std::size_t kRecordBytes = 8 * 1024;
constexpr std::size_t kSaltBytes = 16;
std::string personal_commitment(std::string_view salt, std::string_view part);  // hex
std::string next_event_id(std::string_view last, Microseconds now, Random& random);

}  // namespace docwright
