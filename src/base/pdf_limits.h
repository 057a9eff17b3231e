// Limits of what one PDF may hold that only its reader knows: the part of base/limits.h that the server has no use for.
#pragma once

#include <cstddef>

#include "base/limits.h"

namespace docwright::limits {

constexpr std::size_t kNamedObjects = 200'000;  // destinations or attachments of a name tree
constexpr std::size_t kFields = 50'000;         // form fields and their widgets, each
constexpr std::size_t kFieldOptions = 20'000;   // of one choice field
constexpr std::size_t kMetadataBytes = 4 * 1024 * 1024;
constexpr std::size_t kFieldValueBytes = 1024 * 1024;
constexpr std::size_t kMarkedCopyBytes = 128 * 1024 * 1024;  // a larger file with hidden layers is read as if all were shown
constexpr std::size_t kUnicodeMapBytes = 4 * 1024 * 1024;    // a character map of all 65,536 codes has two megabytes
constexpr std::size_t kUnicodeMapEntries = 65'536 * 3;       // operands and codes of one map
constexpr std::size_t kMarkedFormBytes = 16 * 1024 * 1024;   // content of one form in a hidden layer
constexpr std::size_t kTagsPerPage = 50'000;

}  // namespace docwright::limits
