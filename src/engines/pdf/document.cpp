#include "engines/pdf/document.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/limits.h"
#include "engines/pdf/attachments.h"
#include "engines/pdf/backdrop.h"
#include "engines/pdf/drawings.h"
#include "engines/pdf/duplicates.h"
#include "engines/pdf/fields.h"
#include "engines/pdf/font_table.h"
#include "engines/pdf/layers.h"
#include "engines/pdf/metadata.h"
#include "engines/pdf/outline.h"
#include "engines/pdf/page_images.h"
#include "engines/pdf/page_map.h"
#include "engines/pdf/page_notes.h"
#include "engines/pdf/page_objects.h"
#include "engines/pdf/page_paths.h"
#include "engines/pdf/page_resources.h"
#include "engines/pdf/page_tags.h"
#include "engines/pdf/page_text.h"
#include "engines/pdf/pdf_date.h"
#include "engines/pdf/render.h"
#include "engines/pdf/rulings.h"
#include "engines/pdf/utf16.h"
#include "engines/pdf/visibility.h"

namespace docwright::pdf {
namespace {

using extract::Bitmap;
using extract::DocumentFacts;
using extract::PageFacts;

// PDFium keeps every object that it has parsed, the packed bytes of streams too, until the document is closed. So it is opened
// anew from time to time: after so many pages, or after pages that hold so much of the file (scans), but after a few at least.
constexpr int kPagesKept = 256;  // opening takes as long as reading one to three pages
constexpr int kPagesKeptAtLeast = 16;
constexpr std::size_t kBytesKept = 8UL * 1024 * 1024;

// PDFium takes pointers to what it only reads.
DocumentHandle load(std::string_view bytes, std::string password) {
    return DocumentHandle(
        FPDF_LoadMemDocument64(const_cast<char*>(bytes.data()), bytes.size(), password.empty() ? nullptr : password.data()));
}

Error refused(Fault fault, std::string reason, std::string message) { return Error{fault, std::move(message), {}, std::move(reason)}; }

class Document final : public extract::PageSource {
public:
    Document(DocumentHandle handle, std::string_view bytes, const std::string& password)
        : handle_(std::move(handle)),
          bytes_(bytes),
          password_(password),
          fonts_(facts_.fonts, [this](const std::string& name) { return font_entry(name); }) {
        facts_.page_count = FPDF_GetPageCount(handle_.get());
        const std::size_t page_bytes = bytes.size() / static_cast<std::size_t>(std::max(facts_.page_count, 1)) + 1;
        pages_kept_ =
            std::clamp(static_cast<int>(std::min(kBytesKept / page_bytes, std::size_t{kPagesKept})), kPagesKeptAtLeast, kPagesKept);
        model_ = ObjectModel::open(bytes, password);
        if (!model_) {
            read_without_model();
            return;
        }
        // A page tree that only claims pages has none.
        if (model_->page_count() == 0) facts_.page_count = 0;
        contained([&] { read_marked_copy(); });
        destinations_.emplace(*model_);
        read_metadata(*model_, facts_);
        contained([&] { facts_.fields = read_fields(*model_); });
        contained([&] { facts_.attachments = read_attachments(*model_); });
        facts_.outline = read_outline(*model_, *destinations_);
        contained([&] { has_labels_ = value_at(model_->catalog(), "/PageLabels").isDictionary(); });
        model_->page_done();
    }

    const DocumentFacts& facts() const override { return facts_; }

    Result<PageFacts> read_page(int page_index) override {
        TRY(open(page_index));
        PageFacts facts;
        facts.page_index = page_index;
        facts.width = map_.width;
        facts.height = map_.height;
        facts.rotation = map_.rotation;
        if (has_labels_)
            facts.label =
                utf8_from([&](void* buffer, unsigned long bytes) { return FPDF_GetPageLabel(handle_.get(), page_index, buffer, bytes); });
        read_content(facts);
        if (FPDFCatalog_IsTagged(handle_.get())) read_tags(page_.get(), facts);
        if (model_) {
            contained([&] { read_notes(*model_, *destinations_, map_, facts); });
            model_->page_done();
        }
        return facts;
    }

    Result<Bitmap> render(int page_index, const extract::Box& region, double dpi) override {
        TRY(open(page_index));
        if (!form_ && !facts_.fields.empty()) form_ = std::make_unique<FormDrawing>(handle_.get());
        return render_region(page_.get(), map_, region, dpi, form_.get());
    }

    Result<std::string> jpeg_bytes(int page_index, std::uint32_t object) override {
        return raw_image_bytes(TRY(image(page_index, object)));
    }

    Result<extract::EmbeddedImage> embedded_image(int page_index, std::uint32_t object) override {
        return pdf::embedded_image(TRY(image(page_index, object)));
    }

private:
    Result<FPDF_PAGEOBJECT> image(int page_index, std::uint32_t object) {
        TRY(open(page_index));
        if (!objects_) objects_ = collect_objects(page_.get(), map_.to_page, map_.box());
        if (object >= objects_->all.size() || objects_->all[object].type != FPDF_PAGEOBJ_IMAGE) {
            return Error{Fault::Internal,
                         "Page " + std::to_string(page_index + 1) + " has no image number " + std::to_string(object) + "."};
        }
        return objects_->all[object].handle;
    }

    void read_content(PageFacts& facts) {
        PageObjects objects = collect_objects(page_.get(), map_.to_page, map_.box());
        facts.limit_reached = objects.limit_reached;
        Painted painted;
        PatternFills patterns(handle_.get(), [this] { return resources().shading_patterns; });
        for (std::uint32_t order = 0; order < objects.all.size(); ++order) {
            const PageObject& object = objects.all[order];
            if (object.layer_off) continue;
            if (object.type == FPDF_PAGEOBJ_PATH) read_path(patterns, object, order, painted);
            if (object.type == FPDF_PAGEOBJ_SHADING) read_shading(object, order, painted);
            if (object.type == FPDF_PAGEOBJ_IMAGE) read_image(object, order, page_.get(), resources(), facts, painted);
        }
        facts.limit_reached = facts.limit_reached || painted.limit_reached;
        Backdrop backdrop(painted.areas, map_.box());
        drop_unseen_paths(backdrop, painted);
        facts.rulings = merged_rulings(painted.rulings);
        TextPageHandle text(FPDFText_LoadPage(page_.get()));
        if (text) read_glyphs(patterns, text.get(), objects, map_.to_page, fonts_, facts);
        mark_hidden_glyphs(objects, backdrop, map_.box(), facts);
        mark_duplicate_glyphs(facts);
        facts.drawings = clustered_drawings(painted, map_.box(), facts.glyphs);
        facts.fills = std::move(painted.fills);
        facts.artifact_contents = artifact_contents(objects);
    }

    static std::vector<std::int32_t> artifact_contents(const PageObjects& objects) {
        std::set<std::int32_t> contents;
        for (const PageObject& object : objects.all) {
            if (object.artifact && object.marked_content >= 0) contents.insert(object.marked_content);
        }
        return {contents.begin(), contents.end()};
    }

    void read_marked_copy() {
        auto copy = copy_with_hidden_layers_marked(*model_);
        if (!copy) return;
        model_->read_anew();  // without the marks
        marked_copy_ = std::move(*copy);
        DocumentHandle marked = load(marked_copy_, "");
        if (!marked || FPDF_GetPageCount(marked.get()) != facts_.page_count) return;
        handle_ = std::move(marked);
        bytes_ = marked_copy_;
        password_.clear();
    }

    // No page is open.
    void open_anew() {
        pages_opened_ = 0;
        DocumentHandle anew = load(bytes_, password_);
        if (!anew || FPDF_GetPageCount(anew.get()) != facts_.page_count) return;  // no memory: go on with the old one
        form_.reset();
        handle_ = std::move(anew);
    }

    // qpdf cannot read the file: the little that PDFium says about the document.
    void read_without_model() {
        auto text = [&](const char* key) {
            return utf8_from(
                [&](void* buffer, unsigned long bytes) { return FPDF_GetMetaText(handle_.get(), key_of(key), buffer, bytes); });
        };
        facts_.title = text("Title");
        facts_.author = text("Author");
        facts_.subject = text("Subject");
        facts_.keywords = text("Keywords");
        facts_.creator = text("Creator");
        facts_.producer = text("Producer");
        facts_.creation_date = utc_date(text("CreationDate"));
        facts_.modification_date = utc_date(text("ModDate"));
        int version = 0;
        if (FPDF_GetFileVersion(handle_.get(), &version))
            facts_.pdf_version = std::to_string(version / 10) + "." + std::to_string(version % 10);
        facts_.tagged = FPDFCatalog_IsTagged(handle_.get());
        facts_.has_acroform = FPDF_GetFormType(handle_.get()) != FORMTYPE_NONE;
        facts_.encrypted = FPDF_GetSecurityHandlerRevision(handle_.get()) >= 0;
        facts_.repaired = true;
    }

    // Of the open page; read when first asked for: most pages have no image and no new font.
    const PageResources& resources() {
        if (!resources_) {
            resources_.emplace();
            if (model_) *resources_ = read_resources(*model_, page_index_);
        }
        return *resources_;
    }

    FontEntry font_entry(const std::string& name) {
        auto found = resources().fonts.find(name);
        return found == resources().fonts.end() ? FontEntry{} : found->second;
    }

    Status open(int page_index) {
        if (page_ && page_index == page_index_) return success();
        if (form_ && page_) form_->page_closing(page_.get());
        page_.reset();
        resources_.reset();
        objects_.reset();
        fonts_.page_closed();
        if (pages_opened_++ == pages_kept_) open_anew();
        if (page_index >= 0 && page_index < facts_.page_count) page_.reset(FPDF_LoadPage(handle_.get(), page_index));
        if (!page_) return Error{Fault::InvalidInput, "Page " + std::to_string(page_index + 1) + " cannot be read."};
        page_index_ = page_index;
        double unit = 1;
        if (model_) contained([&] { unit = model_->user_unit(page_index); });
        map_ = page_map(page_.get(), unit);
        return success();
    }

    std::string marked_copy_;  // what handle_ reads, if the document hides layers
    DocumentHandle handle_;
    std::string_view bytes_;  // what it was opened with
    std::string password_;
    int pages_kept_ = kPagesKept;
    int pages_opened_ = 0;  // since then
    PageHandle page_;
    std::unique_ptr<FormDrawing> form_;  // from the first drawing on, if the document has fields
    int page_index_ = -1;
    PageMap map_;
    DocumentFacts facts_;
    FontTable fonts_;
    std::unique_ptr<ObjectModel> model_;  // none: qpdf cannot read the file
    std::optional<Destinations> destinations_;
    std::optional<PageResources> resources_;
    std::optional<PageObjects> objects_;  // of the open page, once an image of it was asked for
    bool has_labels_ = false;
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
    DocumentHandle handle = load(bytes, word);
    if (!handle) return opening_error(FPDF_GetLastError(), bytes, !word.empty());
    int page_count = FPDF_GetPageCount(handle.get());
    if (page_count <= 0) return refused(Fault::InvalidInput, "NO_PAGES", "The document has no pages");
    if (page_count > limits::kPages) {
        return refused(Fault::LimitExceeded, "TOO_MANY_PAGES",
                       "The document has " + std::to_string(page_count) + " pages; the limit is " + std::to_string(limits::kPages));
    }
    auto document = std::make_unique<Document>(std::move(handle), bytes, word);
    if (document->facts().page_count == 0) return refused(Fault::InvalidInput, "NO_PAGES", "The document has no pages");
    return std::unique_ptr<extract::PageSource>(std::move(document));
}

}  // namespace docwright::pdf
