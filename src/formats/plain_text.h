// Blocks → plain text (contract/structure-info.md, section 9): UTF-8 without a mark at its start, blocks apart by a blank line.
#pragma once

#include "formats/blocks.h"

namespace docwright::formats {

class PlainTextWriter {
public:
    explicit PlainTextWriter(TextSink out) : out_(std::move(out)) {}
    Status add(const Block& block);

private:
    TextSink out_;
    bool any_ = false;
};

}  // namespace docwright::formats
