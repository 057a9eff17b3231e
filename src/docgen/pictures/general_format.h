// Word's general formats, `\* Upper`, and the keyword Currency (contract/docgen.md, 6.2 and 8; ECMA-376 part 1, 17.16.4.3).
// Texts are UTF-8. Fails: never but where said; a format that does not fit the text leaves it as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "docgen/pictures/decimal.h"

namespace docwright::docgen {

// `text` is what is shown so far; formats of numbers (Roman, CardText …) apply where it is a number. An unknown word changes nothing.
std::string formatted(std::string_view text, std::string_view format);

// A culture such as "en-US" or "de-DE". Error: InvalidInput for one that is unknown.
Status check_culture(std::string_view culture);
// Symbol, grouping, decimals and places of the culture's own currency: "$1,234.50", "1.234,50 €". The culture has been checked.
std::string currency_text(const Decimal& amount, std::string_view culture);

}  // namespace docwright::docgen
