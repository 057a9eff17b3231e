// The account of what is in no element (contract/structure-info.md, 6.5): items with their reasons, and totals that add up.
#pragma once

#include <array>
#include <vector>

#include "extract/output/streams.h"
#include "extract/output/writing.h"

namespace docwright::extract {

class LeftOutAccount {
public:
    explicit LeftOutAccount(RecordLog& log);

    // A page whose elements have their numbers, or get them on their later pages.
    Status add_page(Writing& writing, PageDraft& draft);
    Status add_failed_page(const Writing& writing, int page_index);
    // Widgets of fields that no page told of: their fields belong to no page.
    Status finish(const Writing& writing);

    void write_counts(JsonText& json) const;             // the object
    const ScratchText& items() const { return items_; }  // the items, with commas between them

private:
    struct Count {
        std::int64_t total = 0;
        std::int64_t left_out = 0;
    };
    Count& of(LeftOutKind kind) { return counts_[static_cast<std::size_t>(kind)]; }
    Status add_item(const std::string& json);
    Status add_widgets(std::string_view reason, int page_number, std::int64_t count);
    ScratchText items_;
    bool any_ = false;
    std::array<Count, 6> counts_{};
    std::vector<bool> written_fields_;
};

}  // namespace docwright::extract
