// Blocks → an HTML5 document (contract/structure-info.md, section 9): complete in itself but for the picture files.
#pragma once

#include <string>

#include "formats/blocks.h"

namespace docwright::formats {

std::string html_block(const Block& block);  // without an end of line

class HtmlWriter {
public:
    explicit HtmlWriter(TextSink out) : out_(std::move(out)) {}
    Status start(std::string_view language, std::string_view title);
    Status add(const Block& block);
    Status finish();

private:
    TextSink out_;
};

}  // namespace docwright::formats
