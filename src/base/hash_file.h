// The bytes of an open file into a hash.
#pragma once

#include <cstdint>

#include "base/hashing.h"

namespace docwright {

struct HashedBytes {
    std::uint64_t count = 0;  // of bytes that were read and hashed
    int error = 0;            // errno where reading ended before the end of the file
};

// From the file's start, whatever the descriptor's own place is; that stays. One buffer in memory.
HashedBytes hash_file(Sha256Stream& hash, int descriptor);

}  // namespace docwright
