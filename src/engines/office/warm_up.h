// Small documents of our own, one per application of LibreOffice: converting them loads what the first real document would
// otherwise wait for, and shows that the installation is whole. The text document has a comment, because documents with
// comments fail to load where the package libreoffice-uiconfig-writer is missing.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace docwright::office {

struct WarmUpDocument {
    std::string extension;
    std::string bytes;
};

// DOCX, XLSX, PPTX. Error: Internal: no memory file can be had.
Result<std::vector<WarmUpDocument>> warm_up_documents();

}  // namespace docwright::office
