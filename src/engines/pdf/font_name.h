// What the name of a font says: PostScript names follow conventions of their makers, not a standard.
#pragma once

#include <string>
#include <string_view>

namespace docwright::pdf {

bool has_subset_prefix(std::string_view name);  // "ABCDEF+Arial"
std::string_view without_subset_prefix(std::string_view name);
std::string family_in_name(std::string_view name);  // "TimesNewRomanPS-BoldMT" → "TimesNewRoman"
int weight_in_name(std::string_view name);          // CSS number; 0: the name says nothing
bool italic_in_name(std::string_view name);
bool monospaced_in_name(std::string_view name);
bool serif_in_name(std::string_view name);
bool math_in_name(std::string_view name);

}  // namespace docwright::pdf
