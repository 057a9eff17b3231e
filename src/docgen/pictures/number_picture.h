// Word's numeric pictures, `\# "$#,##0.00"` (contract/docgen.md, 6.1; ECMA-376 part 1, 17.16.4.2).
// Fails: never; a picture without a place for a digit gives its literal text.
#pragma once

#include <string>
#include <string_view>

#include "docgen/pictures/decimal.h"

namespace docwright::docgen {

// The number as the picture shows it: its section for positive, negative or zero, rounded half away from zero.
std::string show_number(const Decimal& number, std::string_view picture);

}  // namespace docwright::docgen
