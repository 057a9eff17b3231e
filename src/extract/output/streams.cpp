#include "extract/output/streams.h"

namespace docwright::extract {

constexpr std::size_t kChunkBytes = 256 * 1024;  // large enough that the calls cost nothing, small against a page's glyphs

Status ScratchText::append(std::string_view text) {
    open_ += text;
    if (open_.size() < kChunkBytes) return success();
    chunks_.push_back(TRY(log_->append(kind_, chunks_.size(), open_)));
    open_.clear();
    return success();
}

Status ScratchText::read(const std::function<Status(std::string_view)>& out) const {
    for (const RecordPlace& chunk : chunks_) {
        const std::string bytes = TRY(log_->read(chunk));
        TRY(out(bytes));
    }
    return out(open_);
}

}  // namespace docwright::extract
