#include "engines/pdf/document.h"

#include <map>
#include <utility>

#include "base/limits.h"
#include "engines/pdf/backdrop.h"
#include "engines/pdf/drawings.h"
#include "engines/pdf/font_table.h"
#include "engines/pdf/page_images.h"
#include "engines/pdf/page_map.h"
#include "engines/pdf/page_objects.h"
#include "engines/pdf/page_paths.h"
#include "engines/pdf/page_text.h"
#include "engines/pdf/render.h"
#include "engines/pdf/rulings.h"
#include "engines/pdf/visibility.h"

namespace docwright::pdf {
namespace {

using extract::Bitmap;
using extract::DocumentFacts;
using extract::PageFacts;

Error refused(Fault fault, std::string reason, std::string message) { return Error{fault, std::move(message), {}, std::move(reason)}; }

class Document final : public extract::PageSource {
public:
    explicit Document(DocumentHandle handle) : handle_(std::move(handle)), fonts_(facts_.fonts) {
        facts_.page_count = FPDF_GetPageCount(handle_.get());
    }

    const DocumentFacts& facts() const override { return facts_; }

    Result<PageFacts> read_page(int page_index) override {
        TRY(open(page_index));
        PageFacts facts;
        facts.page_index = page_index;
        facts.width = map_.width;
        facts.height = map_.height;
        facts.rotation = map_.rotation;
        PageObjects objects = collect_objects(page_.get(), map_.to_page, map_.box());
        facts.limit_reached = objects.limit_reached;
        Painted painted;
        for (std::uint32_t order = 0; order < objects.all.size(); ++order) {
            const PageObject& object = objects.all[order];
            if (object.type == FPDF_PAGEOBJ_PATH) read_path(object, order, painted);
            if (object.type == FPDF_PAGEOBJ_IMAGE) read_image(object, order, page_.get(), facts, painted);
        }
        facts.limit_reached = facts.limit_reached || painted.limit_reached;
        Backdrop backdrop(painted.areas, map_.box());
        drop_unseen_paths(backdrop, painted);
        facts.rulings = merged_rulings(painted.rulings);
        TextPageHandle text(FPDFText_LoadPage(page_.get()));
        if (text) read_glyphs(text.get(), objects, map_.to_page, fonts_, facts);
        mark_hidden_glyphs(objects, backdrop, map_.box(), opacity_of_images(objects, facts), facts);
        facts.drawings = clustered_drawings(painted, map_.box(), facts.glyphs);
        facts.fills = std::move(painted.fills);
        return facts;
    }

    Result<Bitmap> render(int page_index, const extract::Box& region, double dpi) override {
        TRY(open(page_index));
        return render_region(page_.get(), map_, region, dpi);
    }

    Result<std::string> jpeg_bytes(int page_index, std::uint32_t object) override {
        TRY(open(page_index));
        PageObjects objects = collect_objects(page_.get(), map_.to_page, map_.box());
        if (object >= objects.all.size() || objects.all[object].type != FPDF_PAGEOBJ_IMAGE) {
            return Error{Fault::Internal,
                         "Page " + std::to_string(page_index + 1) + " has no image number " + std::to_string(object) + "."};
        }
        return raw_image_bytes(objects.all[object].handle);
    }

private:
    // Each image is decoded once at most, and only when text lies under it.
    ImageHides opacity_of_images(const PageObjects& objects, const PageFacts& facts) {
        return [this, &objects, &facts, known = std::map<int, bool>()](int image) mutable {
            auto found = known.find(image);
            if (found == known.end()) {
                FPDF_PAGEOBJECT object = objects.all[facts.images[static_cast<std::size_t>(image)].object].handle;
                found = known.emplace(image, is_opaque_image(handle_.get(), page_.get(), object)).first;
            }
            return found->second;
        };
    }

    Status open(int page_index) {
        if (page_ && page_index == page_index_) return success();
        page_.reset();
        fonts_.page_closed();
        if (page_index >= 0 && page_index < facts_.page_count) page_.reset(FPDF_LoadPage(handle_.get(), page_index));
        if (!page_) return Error{Fault::InvalidInput, "Page " + std::to_string(page_index + 1) + " cannot be read."};
        page_index_ = page_index;
        map_ = page_map(page_.get(), 1);
        return success();
    }

    DocumentHandle handle_;
    PageHandle page_;
    int page_index_ = -1;
    PageMap map_;
    DocumentFacts facts_;
    FontTable fonts_;
};

Error opening_error(unsigned long code, std::string_view bytes, bool with_password) {
    switch (code) {
        case FPDF_ERR_PASSWORD:
            if (with_password) return refused(Fault::InvalidInput, "PASSWORD_WRONG", "The password does not open this document");
            return refused(Fault::InvalidInput, "PASSWORD_REQUIRED", "Document is password-protected");
        case FPDF_ERR_SECURITY: return refused(Fault::InvalidInput, "UNSUPPORTED_SECURITY", "The document's encryption is not supported");
        default: break;
    }
    constexpr std::size_t kHeaderWithin = 1024;  // readers find "%PDF-" within the first kilobyte
    bool claims_pdf = bytes.substr(0, kHeaderWithin).find("%PDF-") != std::string_view::npos;
    if (!claims_pdf) return refused(Fault::InvalidInput, "NOT_PDF", "The file is not a PDF");
    return refused(Fault::InvalidInput, "DAMAGED", "The document is damaged and cannot be repaired");
}

}  // namespace

Result<std::unique_ptr<extract::PageSource>> open_pdf(std::string_view bytes, std::string_view password) {
    std::string word(password);
    DocumentHandle handle(FPDF_LoadMemDocument64(const_cast<char*>(bytes.data()), bytes.size(), word.empty() ? nullptr : word.data()));
    if (!handle) return opening_error(FPDF_GetLastError(), bytes, !word.empty());
    int page_count = FPDF_GetPageCount(handle.get());
    if (page_count <= 0) return refused(Fault::InvalidInput, "NO_PAGES", "The document has no pages");
    if (page_count > limits::kPages) {
        return refused(Fault::LimitExceeded, "TOO_MANY_PAGES",
                       "The document has " + std::to_string(page_count) + " pages; the limit is " + std::to_string(limits::kPages));
    }
    return std::unique_ptr<extract::PageSource>(std::make_unique<Document>(std::move(handle)));
}

}  // namespace docwright::pdf
