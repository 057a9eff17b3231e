// Several documents as one: all pages, one document after the other.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::pdf {

// Links inside of a document, and its tags, do not come along; its form fields stay drawn. Same inputs, same bytes.
// Error: InvalidInput: a document cannot be read.
Result<std::string> join_documents(std::span<const std::string_view> documents);

}  // namespace docwright::pdf
