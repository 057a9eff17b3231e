// What the parts of the outgoing client share: the error of a call that failed, and names in lower case.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright {

inline Error fetch_failed(Fault fault, std::string message, std::string detail = {}) {
    return Error{fault, std::move(message), std::move(detail), "FETCH_FAILED"};
}

inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

}  // namespace docwright
