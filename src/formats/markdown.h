// Blocks → Markdown (contract/structure-info.md, section 9): CommonMark with tables, footnotes and strike-through; what
// Markdown cannot say is HTML inside it.
#pragma once

#include "formats/blocks.h"

namespace docwright::formats {

class MarkdownWriter {
public:
    explicit MarkdownWriter(TextSink out) : out_(std::move(out)) {}
    Status add(const Block& block);

private:
    TextSink out_;
    bool any_ = false;
};

}  // namespace docwright::formats
