// Text with spans → runs of equal marks (contract/structure-info.md, section 9, rule 7).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "formats/blocks.h"

namespace docwright::formats {

// Where a hyperlink leads: one of both, or neither.
struct LinkPlace {
    std::string address;
    std::string element;
};
using LinkTable = std::map<std::string, LinkPlace>;  // by id of the hyperlink

enum class MarkRule { All, NoBoldOrItalic };  // heads carry no bold and italic of their own

// `content`: an object with `text`, and `style` and `spans` if it has them; for a block of a cell, `style` is the cell's.
// `skip`: code points at the start that are left out (a label, a marker). `footnotes`: id → number.
// A mark that holds for the whole text is not given. A call of a footnote gives one run with its number.
Runs runs_of(const json::object& content, const json::object* style, std::uint32_t skip, MarkRule rule, const LinkTable& links,
             const std::map<std::string, int>& footnotes);

std::u32string plain(const Runs& runs);

// Members with a default: what the contract calls optional, or what a foreign file leaves out.
std::string_view text_member(const json::object& object, std::string_view name);
std::int64_t number_member(const json::object& object, std::string_view name, std::int64_t otherwise);
bool flag_member(const json::object& object, std::string_view name, bool otherwise);
const json::object& object_member(const json::object& object, std::string_view name);  // an empty one if it is not there
const json::array& array_member(const json::object& object, std::string_view name);

}  // namespace docwright::formats
