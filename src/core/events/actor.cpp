#include "core/events/actor.h"

#include "core/accounts/caller.h"

namespace docwright {

Actor actor_of(const Caller& caller) { return {.kind = "credential", .id = caller.client_id, .auth = caller.auth}; }

}  // namespace docwright
