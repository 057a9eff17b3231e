// Files inside the document.
#pragma once

#include <vector>

#include "engines/pdf/object_model.h"
#include "extract/page/document_facts.h"

namespace docwright::pdf {

std::vector<extract::Attachment> read_attachments(ObjectModel& model);
extract::Attachment attachment_of(QPDFObjectHandle specification);

}  // namespace docwright::pdf
