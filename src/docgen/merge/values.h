// The values of a merge: looking a name up and showing what it finds (contract/docgen.md, 4.4, 4.5, 6, 7).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "docgen/pictures/date_picture.h"
#include "docgen/pictures/decimal.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

// What a tag shows whose name is not among the values.
constexpr std::string_view kToday = "today";  // the value that has one where none is given

enum class Missing {
    Empty,  // nothing
    Error,  // the merge fails
    Keep,   // itself, as it is written
};

struct MergeSettings {
    std::string culture = "en-US";  // has been checked
    DateTime today;                 // of {{today}}, unless the values have one of their own
    Missing missing = Missing::Empty;
    std::string modified = {};  // UTC, "2026-01-31T12:00:00Z": of the result's properties; empty: as the template has it
    std::map<std::string, std::string, std::less<>> documents = {};  // bytes of stored documents that values name by their ids
};

// Heard once for each value that could not be shown as the template's author may expect: "{{items}} is a list of objects".
using Warn = std::function<void(std::string)>;

// The documentValues, and inside loops the items, from the outermost to the innermost.
class Scope {
public:
    explicit Scope(const json::value& document_values) : value_(&document_values) {}

    // Row counts from 1. The item and this scope outlive the inner one.
    Scope inside(const json::value& item, int row) const { return Scope(item, row, this); }
    int row() const { return row_; }  // 0: outside of loops

    // First in the innermost item, then outwards. A key that is written with its dots wins over a path. nullptr: none.
    const json::value* find(std::string_view name) const;

    // The same without its outer scopes having to stay: the last one is this. Kept as a whole, they refer to each other.
    std::vector<Scope> kept() const;

private:
    Scope(const json::value& item, int row, const Scope* outer) : value_(&item), row_(row), outer_(outer) {}

    const json::value* value_;
    int row_ = 0;
    const Scope* outer_ = nullptr;
};

// What a value tag, or ROW_NUMBER, shows. May hold line breaks ('\n') and tabs; no other control characters.
std::string shown(const Tag& tag, const Scope& scope, const MergeSettings& settings, const Warn& warn);

// A number or a number in a text, as the switches want it: also for the results of formulas.
std::string shown_number(const Decimal& number, const Switches& switches, const MergeSettings& settings);

// Whether a condition holds: the value is there and is neither false, 0, "" nor an empty list; or it is shown as the text.
bool holds(const Tag& condition, const Scope& scope);

// Whether a tag that shows a value names nothing: neither a value nor a built-in.
bool is_missing(const Tag& tag, const Scope& scope);

// The items that a loop goes over: of a list its members, of any other value itself, of nothing none.
class Items {
public:
    explicit Items(const json::value* value) : value_(value) {}
    std::size_t size() const {
        if (!value_ || value_->is_null()) return 0;
        return value_->is_array() ? value_->get_array().size() : 1;
    }
    const json::value& operator[](std::size_t i) const { return value_->is_array() ? value_->get_array()[i] : *value_; }

private:
    const json::value* value_;
};

}  // namespace docwright::docgen
