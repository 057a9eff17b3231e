// The text that an appearance stream draws, as far as its fonts use a simple encoding: to tell what a field shows from what
// it stores.
#pragma once

#include "engines/pdf/object_model.h"

namespace docwright::pdf {

// Lines joined by "\n". Empty: nothing is drawn, or it cannot be told (composite fonts, own encodings).
std::string appearance_text(QPDFObjectHandle form);

}  // namespace docwright::pdf
