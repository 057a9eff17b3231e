#include "engines/pdf/rewriting.h"

#include <qpdf/Buffer.hh>

#include "base/time_text.h"
#include "engines/pdf/object_model.h"

namespace docwright::pdf {

std::string write_to_memory(QPDFWriter& writer) {
    writer.setOutputMemory();
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};  // qpdf's bytes are unsigned
}

std::string date_without_zone(Microseconds time) {
    std::string digits = "D:";
    for (char c : utc_text_seconds(time)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

void date_information(QPDF& file, const std::string& date) {
    QPDFObjectHandle information = value_at(file.getTrailer(), "/Info");
    if (!information.isDictionary()) return;
    for (const char* key : {"/CreationDate", "/ModDate"}) {
        if (information.hasKey(key)) information.replaceKey(key, QPDFObjectHandle::newString(date));
    }
}

}  // namespace docwright::pdf
