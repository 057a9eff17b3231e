// Elements → one text form of a result, by way of the block stream.
// Errors: those of the source and of the sink; InvalidInput: an element is not what the contract says.
#pragma once

#include <functional>
#include <string_view>

#include "base/json.h"
#include "formats/blocks.h"

namespace docwright::formats {

enum class TextForm { Markdown, Html, Plain };

// Gives every element of a result in order, each time it is asked.
using ElementVisit = std::function<Status(const json::object&)>;
using ElementSource = std::function<Status(const ElementVisit&)>;

struct TextFormFacts {
    std::string_view language = "und";
    std::string_view title;  // of the HTML page
};

Status write_text_form(TextForm form, const ElementSource& elements, const TextFormFacts& facts, TextFormOptions options,
                       const TextSink& out);

}  // namespace docwright::formats
