// The declarations of all operations: those with a route of PDF Services in the order of list.inc, and those without
// (unrouted.inc), which the API of another contract or a command of its own offers.
#pragma once

#include <span>

#include "core/operation.h"

namespace docwright {

#define OPERATION(name) extern const Operation name;
#include "operations/list.inc"
#include "operations/unrouted.inc"
#undef OPERATION

std::span<const Operation* const> all_operations();     // with a route
std::span<const Operation* const> engine_operations();  // every one: what an engine can be asked for

}  // namespace docwright
