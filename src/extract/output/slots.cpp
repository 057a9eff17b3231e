#include "extract/output/slots.h"

#include <charconv>

#include "extract/output/json_text.h"

namespace docwright::extract {

std::uint32_t Slots::make() {
    values_.emplace_back();
    return static_cast<std::uint32_t>(values_.size() - 1);
}

void Slots::set(std::uint32_t slot, std::string json) { values_[slot] = std::move(json); }

Status Slots::expand(std::string_view text, const std::function<Status(std::string_view)>& out) const {
    while (!text.empty()) {
        const std::size_t open = text.find(kSlotOpen);
        if (open != 0) TRY(out(text.substr(0, open)));
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find(kSlotClose, open);
        if (close == std::string_view::npos) return Error{Fault::Internal, "The result cannot be written.", "a slot is cut"};
        std::uint32_t slot = 0;
        const char* first = text.data() + open + 1;
        if (std::from_chars(first, text.data() + close, slot).ec != std::errc() || slot >= values_.size()) {
            return Error{Fault::Internal, "The result cannot be written.", "a slot has no value"};
        }
        if (!values_[slot].empty()) TRY(out(values_[slot]));
        text.remove_prefix(close + 1);
    }
    return success();
}

}  // namespace docwright::extract
