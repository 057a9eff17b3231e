#include "engines/pdf/rewriting.h"

#include <qpdf/Buffer.hh>

#include "base/time_text.h"
#include "engines/pdf/object_model.h"

namespace docwright::pdf {
namespace {

std::string utc_date_text(Microseconds time) {
    std::string text = "D:";
    for (char c : utc_text_seconds(time)) {
        if (c >= '0' && c <= '9') text += c;
    }
    return text + "Z";
}

}  // namespace

std::string write_to_memory(QPDFWriter& writer) {
    writer.setOutputMemory();
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};  // qpdf's bytes are unsigned
}

void date_information(QPDF& file, Microseconds time) {
    QPDFObjectHandle information = value_at(file.getTrailer(), "/Info");
    if (!information.isDictionary()) return;
    for (const char* key : {"/CreationDate", "/ModDate"}) {
        if (information.hasKey(key)) information.replaceKey(key, QPDFObjectHandle::newString(utc_date_text(time)));
    }
}

}  // namespace docwright::pdf
