// Writing all bytes to an open descriptor.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace docwright {

// Error: Internal: the disk is full or a limit of the file is reached.
Status write_bytes(int descriptor, std::string_view bytes);
Status write_bytes_at(int descriptor, std::string_view bytes, std::uint64_t offset);  // the descriptor's own place stays

}  // namespace docwright
