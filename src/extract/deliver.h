// A finished extraction → the file that the client gets, on an open descriptor. Errors: those of scratch and output (Internal),
// LimitExceeded when the result is too large for its format.
#pragma once

#include "extract/pipeline.h"

namespace docwright::extract {

enum class ResultForm { Zip, Json, Markdown, Html, Text };

Status deliver(const Extraction& extraction, ResultForm form, int output);

}  // namespace docwright::extract
