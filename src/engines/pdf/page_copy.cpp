#include "engines/pdf/page_copy.h"

#include "engines/pdf/qpdf.h"

#include <qpdf/QPDFAcroFormDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include <set>

#include "engines/pdf/destinations.h"
#include "engines/pdf/rewriting.h"

namespace docwright::pdf {
namespace {

class PageCopy {
public:
    explicit PageCopy(ObjectModel& source) : source_(source), destinations_(source), target_(new_pdf()), target_form_(*target_) {}

    void copy(std::span<const int> pages) {
        for (int page_index : pages) add(page_index);
        for (std::size_t i = 0; i < pages.size(); ++i) lead_links(copies_[i], pages[i]);
        QPDFObjectHandle info = value_at(source_.file().getTrailer(), "/Info");
        if (info.isDictionary() && info.isIndirect()) target_->getTrailer().replaceKey("/Info", target_->copyForeignObject(info));
    }

    std::string written() {
        QPDFWriter writer(*target_);
        writer.setDeterministicID(true);
        return write_to_memory(writer);
    }

private:
    static std::unique_ptr<QPDF> new_pdf() {
        auto pdf = std::make_unique<QPDF>();
        pdf->emptyPDF();
        return pdf;
    }

    void add(int page_index) {
        QPDFObjectHandle original = source_.page(page_index);
        bool repeated = !taken_.insert(page_index).second;
        QPDFPageObjectHelper page(original);
        if (repeated) page = page.shallowCopyPage();
        QPDFPageDocumentHelper(*target_).addPage(page, false);
        QPDFObjectHandle added = QPDFPageDocumentHelper(*target_).getAllPages().back().getObjectHandle();
        if (!repeated) first_copy_.emplace(page_index, added);
        copies_.push_back(added);
        QPDFPageObjectHelper(added).getAttribute("/Resources", true);
        // Tags stay behind, and with them what points into their tree.
        added.removeKey("/StructParents");
        added.removeKey("/B");
        QPDFAcroFormDocumentHelper from(source_.file());
        if (from.hasAcroForm()) target_form_.fixCopiedAnnotations(added, original, from);
    }

    // qpdf leaves out what leads to other pages: such links are written anew, or go where their page is not taken along.
    void lead_links(QPDFObjectHandle page, int page_index) {
        QPDFObjectHandle old_list = value_at(source_.page(page_index), "/Annots"), list = value_at(page, "/Annots");
        if (!old_list.isArray() || !list.isArray() || old_list.getArrayNItems() != list.getArrayNItems()) return;
        std::vector<QPDFObjectHandle> kept;
        for (int i = 0; i < list.getArrayNItems(); ++i) {
            QPDFObjectHandle annotation = list.getArrayItem(i);
            if (!annotation.isDictionary()) continue;
            annotation.removeKey("/StructParent");
            if (name_at(annotation, "/Subtype") == "Link" && !lead(annotation, old_list.getArrayItem(i))) continue;
            kept.push_back(annotation);
        }
        page.replaceKey("/Annots", QPDFObjectHandle::newArray(kept));
    }

    // False: it led to a page that is not here.
    bool lead(QPDFObjectHandle link, QPDFObjectHandle original) {
        extract::LinkTarget target = destinations_.target_of(original);
        if (target.kind == extract::TargetKind::None) return false;
        if (target.kind != extract::TargetKind::Page) return true;
        auto found = first_copy_.find(target.page_index);
        if (found == first_copy_.end()) return false;
        QPDFObjectHandle destination = QPDFObjectHandle::newArray({found->second});
        if (target.has_point) {
            Point point = inverse(source_.map_of(target.page_index).to_page, target.point);
            destination.appendItem(QPDFObjectHandle::newName("/XYZ"));
            destination.appendItem(QPDFObjectHandle::newReal(point.x, kDecimals));
            destination.appendItem(QPDFObjectHandle::newReal(point.y, kDecimals));
            destination.appendItem(QPDFObjectHandle::newNull());
        } else {
            destination.appendItem(QPDFObjectHandle::newName("/Fit"));
        }
        link.removeKey("/A");
        link.replaceKey("/Dest", destination);
        return true;
    }

    static constexpr int kDecimals = 3;
    ObjectModel& source_;
    Destinations destinations_;
    std::unique_ptr<QPDF> target_;
    QPDFAcroFormDocumentHelper target_form_;
    std::set<int> taken_;
    std::map<int, QPDFObjectHandle> first_copy_;
    std::vector<QPDFObjectHandle> copies_;  // in the order of the new document
};

}  // namespace

Result<std::string> copy_pages(std::string_view bytes, const std::string& password, std::span<const int> pages) {
    std::unique_ptr<ObjectModel> source = ObjectModel::open(bytes, password);
    if (!source) return Error{Fault::InvalidInput, "The document is damaged and its pages cannot be taken out.", {}, "DAMAGED"};
    for (int page_index : pages) {
        if (!source->page(page_index).isDictionary()) {
            return Error{Fault::InvalidInput, "Page " + std::to_string(page_index + 1) + " cannot be taken out of the document."};
        }
    }
    try {
        PageCopy copy(*source);
        copy.copy(pages);
        return copy.written();
    } catch (const std::exception& problem) {
        return Error{Fault::InvalidInput, "The document's pages cannot be taken out.", problem.what()};
    }
}

}  // namespace docwright::pdf
