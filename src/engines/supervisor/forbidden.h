// Tries, in real children of a running pool, everything that confinement must prevent.
#pragma once

#include <string>
#include <vector>

#include "engines/protocol/forbidden_things.h"
#include "engines/supervisor/supervisor.h"

namespace docwright {

struct ForbiddenAttempt {
    ForbiddenThing thing;
    bool prevented = false;
    std::string how;  // "Operation not permitted", "the process was ended": for a person
};

// Of kForbiddenThings those of the kind, in their order; where a child does one job only, a child for each. What could not be tried counts
// as not prevented.
std::vector<ForbiddenAttempt> try_forbidden_things(Supervisor& supervisor);

}  // namespace docwright
