// What the parts of the outgoing client share: the error of a call that failed.
#pragma once

#include <string>

#include "base/result.h"

namespace docwright {

inline Error fetch_failed(Fault fault, std::string message, std::string detail = {}) {
    return Error{fault, std::move(message), std::move(detail), "FETCH_FAILED"};
}

}  // namespace docwright
