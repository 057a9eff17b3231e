// What a document says about itself: information dictionary, XMP claims, catalogue.
#pragma once

#include "engines/pdf/object_model.h"
#include "extract/page/document_facts.h"

namespace docwright::pdf {

void read_metadata(ObjectModel& model, extract::DocumentFacts& facts);

}  // namespace docwright::pdf
