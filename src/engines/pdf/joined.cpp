#include "engines/pdf/joined.h"

#include "engines/pdf/qpdf.h"

#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include <memory>
#include <vector>

#include "engines/pdf/rewriting.h"

namespace docwright::pdf {
namespace {

std::unique_ptr<QPDF> opened(std::string_view bytes) {
    auto file = std::make_unique<QPDF>();
    file->setSuppressWarnings(true);
    file->processMemoryFile("document", bytes.data(), bytes.size());
    return file;
}

void add_pages(QPDF& target, QPDF& source) {
    QPDFPageDocumentHelper pages(target);
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(source).getAllPages()) {
        page.getAttribute("/Resources", true);
        page.getObjectHandle().removeKey("/StructParents");
        pages.addPage(page, false);
    }
}

}  // namespace

Result<std::string> join_documents(std::span<const std::string_view> documents) {
    try {
        QPDF joined;
        joined.emptyPDF();
        std::vector<std::unique_ptr<QPDF>> sources;  // their streams are read when the whole is written
        for (std::string_view bytes : documents) add_pages(joined, *sources.emplace_back(opened(bytes)));
        QPDFWriter writer(joined);
        writer.setDeterministicID(true);
        writer.setObjectStreamMode(qpdf_o_generate);
        return write_to_memory(writer);
    } catch (const std::exception& problem) {
        return Error{Fault::InvalidInput, "The documents cannot be joined.", problem.what()};
    }
}

}  // namespace docwright::pdf
