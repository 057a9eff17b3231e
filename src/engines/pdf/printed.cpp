#include "engines/pdf/printed.h"

#include "engines/pdf/qpdf.h"

#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>

#include "engines/pdf/rewriting.h"

namespace docwright::pdf {
namespace {

void make_links_relative(QPDFObjectHandle page, const std::string& origin) {
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) return;
    for (QPDFObjectHandle annotation : annotations.aitems()) {
        QPDFObjectHandle action = annotation.isDictionary() ? annotation.getKey("/A") : QPDFObjectHandle::newNull();
        QPDFObjectHandle uri = action.isDictionary() ? action.getKey("/URI") : QPDFObjectHandle::newNull();
        if (!uri.isString() || !uri.getStringValue().starts_with(origin)) continue;
        action.replaceKey("/URI", QPDFObjectHandle::newString(uri.getStringValue().substr(origin.size())));
    }
}

std::string written(QPDF& file, bool repack) {
    QPDFWriter writer(file);
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(repack ? qpdf_o_generate : qpdf_o_preserve);
    return write_to_memory(writer);
}

}  // namespace

Result<Printed> finish_printed(std::string_view bytes, const PrintedChanges& changes) {
    try {
        QPDF file;
        file.setSuppressWarnings(true);
        file.processMemoryFile("printed", bytes.data(), bytes.size());
        date_information(file, changes.time);
        int pages = 0;
        for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(file).getAllPages()) {
            ++pages;
            if (changes.rotation != 0) page.rotatePage(changes.rotation, true);
            if (!changes.origin.empty()) make_links_relative(page.getObjectHandle(), changes.origin);
        }
        return Printed{written(file, changes.repack), pages};
    } catch (const std::exception& problem) {
        return Error{Fault::Internal, "The printed PDF cannot be read.", problem.what()};
    }
}

}  // namespace docwright::pdf
