#include "engines/pdf/printed.h"

#include <fmt/format.h>
#include <time.h>

#include "engines/pdf/qpdf.h"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace docwright::pdf {
namespace {

std::string date_text(Microseconds time) {
    const time_t seconds = time / kMicrosecondsPerSecond;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return fmt::format("D:{:04}{:02}{:02}{:02}{:02}{:02}+00'00'", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                       parts.tm_min, parts.tm_sec);
}

void set_dates(QPDF& file, Microseconds time) {
    QPDFObjectHandle info = file.getTrailer().getKey("/Info");
    if (!info.isDictionary()) return;
    const QPDFObjectHandle date = QPDFObjectHandle::newString(date_text(time));
    for (const char* key : {"/CreationDate", "/ModDate"}) {
        if (info.hasKey(key)) info.replaceKey(key, date);
    }
}

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
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(repack ? qpdf_o_generate : qpdf_o_preserve);
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

Result<Printed> finish_printed(std::string_view bytes, const PrintedChanges& changes) {
    try {
        QPDF file;
        file.setSuppressWarnings(true);
        file.processMemoryFile("printed", bytes.data(), bytes.size());
        set_dates(file, changes.time);
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
