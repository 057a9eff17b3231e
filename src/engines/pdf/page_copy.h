// Some pages of a document as a new document.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::pdf {

// The pages in this order, repeated as often as they are named; indexes are of the document. Fields keep their values and
// stay fields, links to pages that are taken along lead to them, other page links go. Title and author stay; bookmarks, tags
// and attachments of the whole document do not. Same input, same bytes.
// Errors: InvalidInput: the document cannot be read well enough to be taken apart.
Result<std::string> copy_pages(std::string_view bytes, const std::string& password, std::span<const int> pages);

}  // namespace docwright::pdf
