// Fields as a viewer draws them: PDFium draws widgets in a step of its own, with an environment per document.
#pragma once

#include <memory>

#include "engines/pdf/handles.h"
#include "engines/pdf/page_map.h"

namespace docwright::pdf {

// Lives shorter than its document; every page that was drawn is closed here before it is closed itself.
class FormDrawing {
public:
    explicit FormDrawing(FPDF_DOCUMENT document);
    ~FormDrawing();
    FormDrawing(const FormDrawing&) = delete;
    FormDrawing& operator=(const FormDrawing&) = delete;

    // `left`, `top`: of the bitmap on the page, in pixels; the page is `width` by `height` pixels.
    void draw(FPDF_BITMAP bitmap, FPDF_PAGE page, int left, int top, int width, int height);
    void page_closing(FPDF_PAGE page);

private:
    std::unique_ptr<FPDF_FORMFILLINFO> callbacks_;  // all empty: nobody fills in anything
    FPDF_FORMHANDLE form_ = nullptr;
    FPDF_PAGE drawn_page_ = nullptr;
};

}  // namespace docwright::pdf
