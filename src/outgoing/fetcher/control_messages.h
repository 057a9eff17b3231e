// What docwright and its fetcher say to each other, one packet a message.
//
//   docwright → fetcher   Setup   once, before anything else
//                         Open    a session begins; descriptor: the fetcher's end of its socket
//   fetcher → docwright   Ready   once: confined and waiting; or Broken, and it ends
//
// The fetcher reads what strangers send, so its words are bounded and checked. When docwright's end closes, the fetcher takes no
// more sessions and ends with the last one. Errors of the readers: Internal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "outgoing/fetcher/session_budget.h"

namespace docwright {

struct SetupMessage {
    std::vector<std::string> allow_list;  // address_policy.h
    std::string extra_issuers;            // path of a PEM file; empty: none
    std::string user;                     // whom it becomes when it runs as root
    bool allow_weak_sandbox = false;
    bool log_failures = false;  // a line on standard error for each fetch that failed
    SessionCaps caps = {};
};

struct FetcherFact {
    std::string name;
    std::string value;
    bool in_force = true;
};

struct ReadyMessage {
    std::string version;  // DOCWRIGHT_VERSION
    std::vector<FetcherFact> facts;
};

std::string packet_of(const SetupMessage& message);
std::string packet_of(const ReadyMessage& message);
std::string broken_packet(const Error& error);
std::string open_packet();

Result<SetupMessage> read_setup(std::string_view packet);
bool is_open_packet(std::string_view packet);
// Error: what the fetcher gave as its reason, Unavailable; or Internal for nonsense.
Result<ReadyMessage> read_ready(std::string_view packet);

}  // namespace docwright
