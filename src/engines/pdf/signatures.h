// What a signature field says about its signature. Nothing is verified here.
#pragma once

#include "engines/pdf/object_model.h"
#include "extract/page/document_facts.h"

namespace docwright::pdf {

extract::SignatureFacts read_signature(ObjectModel& model, QPDFObjectHandle value);

}  // namespace docwright::pdf
