#include "operations/all.h"

namespace docwright {

std::span<const Operation* const> all_operations() {
#define OPERATION(name) &name,
    static const Operation* const kOperations[] = {
#include "operations/list.inc"
    };
#undef OPERATION
    return kOperations;
}

std::span<const Operation* const> engine_operations() {
#define OPERATION(name) &name,
    static const Operation* const kOperations[] = {
#include "operations/list.inc"
#include "operations/unrouted.inc"
    };
#undef OPERATION
    return kOperations;
}

}  // namespace docwright
