// A PDF that another program has just written for us, made fit to be handed out: the same input gives the same bytes, whatever
// the clock said; and what is told about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace docwright::pdf {

struct ProducedPdf {
    std::string bytes;
    int page_count = 0;
    std::vector<std::string> fonts;  // names without subset prefix ("Carlito-Bold"), sorted, each once
};

// `time` becomes the date of creation and of change, in the information dictionary and in XMP; identifiers follow from the
// content. Structure, tags and object streams stay as they are, so a file that keeps a standard goes on keeping it.
// Error: Internal: the other program wrote something that is no PDF.
Result<ProducedPdf> settle(std::string_view bytes, Microseconds time);

}  // namespace docwright::pdf
