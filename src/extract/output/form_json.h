// Form fields as JSON (contract/structure-info.md, 4.3, form).
#pragma once

#include "extract/output/writing.h"

namespace docwright::extract {

// Members of an open content object: text and field.
void write_form(JsonText& json, Writing& writing, PageDraft& draft, int index);

}  // namespace docwright::extract
