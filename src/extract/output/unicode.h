// Text from outside in the form the contract wants (contract/structure-info.md, 2, rule 3, and 4.2): NFC, line ends as line feeds.
#pragma once

#include <string>
#include <string_view>

namespace docwright::extract {

std::u32string normal_form(std::u32string text);
std::string clean_text(std::string_view utf8);  // broken UTF-8 becomes U+FFFD

}  // namespace docwright::extract
