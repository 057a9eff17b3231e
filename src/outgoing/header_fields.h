// The header fields of a request or an answer.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace docwright {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;  // name, value; in order; names may repeat

}  // namespace docwright
