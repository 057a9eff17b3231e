// For tests: a PDF from text, opened, with the library that it needs. One at a time: the library is started once.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "engines/pdf/document.h"
#include "engines/pdf/library.h"
#include "tests/pdf_text.h"

namespace docwright::pdf {

class OpenedPdf {
public:
    explicit OpenedPdf(std::string bytes, std::string_view password = "") : bytes_(std::move(bytes)) {
        auto opened = open_pdf(bytes_, password);
        if (opened.ok()) {
            source_ = std::move(opened).take();
        } else {
            ADD_FAILURE() << opened.error().message;
        }
    }
    const extract::DocumentFacts& facts() const { return source_->facts(); }
    extract::PageFacts page(int page_index = 0) { return source_->read_page(page_index).take(); }
    extract::PageSource& source() { return *source_; }

private:
    Library library_;
    std::string bytes_;
    std::unique_ptr<extract::PageSource> source_;
};

}  // namespace docwright::pdf
