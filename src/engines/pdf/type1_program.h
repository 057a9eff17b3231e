// The number that writers put into a Type 1 font program to tell it from others (UniqueID): it counts up within a process, so the
// same document would give other bytes the next time.
#pragma once

#include <string>

namespace docwright::pdf {

// `program`: clear text of `clear_bytes`, then the encrypted portion in binary form (Adobe Type 1 Font Format, 7.1).
// Every UniqueID in both gets the same value, with as many digits as it had. What is not of this form stays as it is.
std::string without_unique_id(std::string program, std::size_t clear_bytes, std::size_t encrypted_bytes);

}  // namespace docwright::pdf
