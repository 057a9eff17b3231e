// What a document really is, by its bytes first and its name second: clients send RTF as .doc, HTML as .xls, XLSX as .docx.
// LibreOffice takes the extension of the file as a tie-breaker, so that it gets the true one; whether a password is wanted is
// found out before it is asked, because it then only says that it cannot tell the type.
// Sources: [MS-CFB], [MS-DOC] 2.5.1, [MS-XLS] 2.4.117, [MS-PPT] 2.3.2, [MS-OFFCRYPTO]; ECMA-376-2; OpenDocument 1.3 part 2.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::office {

struct DocumentKind {
    std::string extension;  // of the scratch file, without the dot
    bool encrypted = false;
};

// Error: Unsupported, saying what it is instead and where that is converted; InvalidInput (DAMAGED) for a file without bytes.
Result<DocumentKind> kind_of(std::string_view bytes, std::string_view file_name);

}  // namespace docwright::office
