#include "engines/pdf/form_drawing.h"

namespace docwright::pdf {

FormDrawing::FormDrawing(FPDF_DOCUMENT document) : callbacks_(std::make_unique<FPDF_FORMFILLINFO>()) {
    callbacks_->version = 1;
    form_ = FPDFDOC_InitFormFillEnvironment(document, callbacks_.get());
}

FormDrawing::~FormDrawing() {
    if (drawn_page_) page_closing(drawn_page_);
    if (form_) FPDFDOC_ExitFormFillEnvironment(form_);
}

void FormDrawing::draw(FPDF_BITMAP bitmap, FPDF_PAGE page, int left, int top, int width, int height) {
    if (!form_) return;
    if (drawn_page_ != page) {
        FORM_OnAfterLoadPage(page, form_);
        drawn_page_ = page;
    }
    FPDF_FFLDraw(form_, bitmap, page, -left, -top, width, height, 0, FPDF_ANNOT);
}

void FormDrawing::page_closing(FPDF_PAGE page) {
    if (form_ && page == drawn_page_) FORM_OnBeforeClosePage(page, form_);
    drawn_page_ = nullptr;
}

}  // namespace docwright::pdf
