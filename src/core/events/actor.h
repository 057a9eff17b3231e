// Who did it (contract/events.md, section 3).
#pragma once

#include <string>

namespace docwright {

struct Caller;

struct Actor {
    std::string kind;  // credential, user, signer, run, worker, schedule, server, cli
    std::string id;
    std::string via = {};
    std::string first = {};  // "for": the authority at the beginning, kept through workers and pipelines
    std::string auth = {};
};

Actor actor_of(const Caller& caller);

}  // namespace docwright
