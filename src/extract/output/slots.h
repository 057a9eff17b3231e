// Values that a text names before they are known (the id of an element further on, the number of rows of a table that runs
// on): the text holds the slot's number, and the value is put in when the text is copied out.
// Cost: one short string a slot in memory; slots are made for forward references only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace docwright::extract {

class Slots {
public:
    std::uint32_t make();
    void set(std::uint32_t slot, std::string json);
    const std::string& value(std::uint32_t slot) const { return values_[slot]; }

    // Gives `text` piece by piece with the values in place. A slot is never cut: `text` holds whole ones (streams.h sees to that).
    Status expand(std::string_view text, const std::function<Status(std::string_view)>& out) const;

private:
    std::vector<std::string> values_;
};

}  // namespace docwright::extract
