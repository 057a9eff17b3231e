// The values of a merge: looking a name up and showing what it finds (contract/docgen.md, 4.4, 4.5, 6, 7).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "docgen/pictures/date_picture.h"
#include "docgen/pictures/decimal.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

struct MergeSettings {
    std::string culture = "en-US";  // has been checked
    DateTime today;                 // of {{today}}, unless the values have one of their own
};

// Heard once for each value that could not be shown as the template's author may expect: "{{items}} is a list of objects".
using Warn = std::function<void(std::string)>;

// The documentValues, and inside loops the items, from the outermost to the innermost.
class Scope {
public:
    explicit Scope(const json::value& document_values) : levels_{{&document_values, 0}} {}

    Scope inside(const json::value& item, int row) const;  // row counts from 1; `item` outlives it
    int row() const { return levels_.back().row; }         // 0: outside of loops

    // First in the innermost item, then outwards. A key that is written with its dots wins over a path. nullptr: none.
    const json::value* find(std::string_view name) const;

private:
    struct Level {
        const json::value* value;
        int row;
    };
    std::vector<Level> levels_;
};

// What a value tag, or ROW_NUMBER, shows. May hold line breaks ('\n') and tabs; no other control characters.
std::string shown(const Tag& tag, const Scope& scope, const MergeSettings& settings, const Warn& warn);

// A number or a number in a text, as the switches want it: also for the results of formulas.
std::string shown_number(const Decimal& number, const Switches& switches, const MergeSettings& settings);

// Whether a condition holds: the value is there and is neither false, 0, "" nor an empty list; or it is shown as the text.
bool holds(const Tag& condition, const Scope& scope);

// The items that a loop goes over: of a list its members, of any other value itself, of nothing none.
std::vector<const json::value*> items_of(const json::value* value);

}  // namespace docwright::docgen
