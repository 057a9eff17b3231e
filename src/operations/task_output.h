// Writing a result that is small enough to be made in memory.
#pragma once

#include <string_view>

#include "base/result.h"

namespace docwright {

// Error: Internal: the disk is full or the limit of the output is reached.
Status write_output(int descriptor, std::string_view bytes);

}  // namespace docwright
