// The declarations of all operations, in the order of list.inc.
#pragma once

#include <span>

#include "core/operation.h"

namespace docwright {

#define OPERATION(name) extern const Operation name;
#include "operations/list.inc"
#undef OPERATION

std::span<const Operation* const> all_operations();

}  // namespace docwright
