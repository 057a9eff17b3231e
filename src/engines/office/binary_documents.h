// Which binary Office document a compound file holds, and whether it wants a password.
#pragma once

#include <string>

#include "engines/office/document_kind.h"
#include "formats/compound_file.h"

namespace docwright::office {

// `named`: the extension of its name, "" if that is not known; decides where the bytes leave a choice (an encrypted OOXML
// document does not say of which kind it is).
DocumentKind kind_of_binary(const formats::CompoundFile& file, const std::string& named);

}  // namespace docwright::office
