#include "engines/pdf/attachments.h"

#include "engines/pdf/destinations.h"

namespace docwright::pdf {

extract::Attachment attachment_of(QPDFObjectHandle specification) {
    extract::Attachment file;
    file.name = file_name_of(specification);
    QPDFObjectHandle embedded = value_at(specification, "/EF");
    QPDFObjectHandle stream = value_at(embedded, "/UF");
    if (!stream.isStream()) stream = value_at(embedded, "/F");
    if (!stream.isStream()) return file;
    file.media_type = name_at(stream, "/Subtype");
    file.bytes = integer_at(value_at(stream, "/Params"), "/Size", -1);
    // Without the entry the size is that of the stream, if it is stored as it is.
    if (file.bytes < 0 && value_at(stream, "/Filter").isNull()) file.bytes = integer_at(stream, "/Length", -1);
    return file;
}

std::vector<extract::Attachment> read_attachments(ObjectModel& model) {
    std::vector<extract::Attachment> files;
    for (const auto& [name, specification] : name_tree_entries(value_at(value_at(model.catalog(), "/Names"), "/EmbeddedFiles"))) {
        contained([&] {
            extract::Attachment file = attachment_of(specification);
            if (file.name.empty()) file.name = valid_utf8(name);
            files.push_back(std::move(file));
        });
    }
    return files;
}

}  // namespace docwright::pdf
