// LibreOffice as a library, in its own confined process: documents of every Office format become PDF.
// One Office lives in one process and is never closed; the process ends. Before it is started the process is confined
// (kind.h) and has one thread; afterwards LibreOffice has four. One document at a time.
// There is no way to stop a conversion but ending the process. Memory grows to about 300 MB and stays there; a conversion leaves
// neither file nor lock behind.
// Errors, by reason: PASSWORD_REQUIRED, PASSWORD_WRONG, DAMAGED (InvalidInput); Unsupported for what is no Office document;
// Internal: the process is to be given up.
// Source: LibreOfficeKit of LibreOffice 24.2 and later.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engines/office/document_kind.h"
#include "engines/office/pdf_options.h"

namespace docwright::office {

// New, empty and absolute; nothing else is written to. Whoever ends the process removes them.
struct OfficeFolders {
    std::string profile;
    std::string scratch;    // a folder for each document, while it is open
    std::string temporary;  // LibreOffice's own temporary files
};

struct Document {
    std::string_view bytes;
    DocumentKind kind;
    std::string password = {};  // ignored where none is wanted
};

using LoadProgress = std::function<void(int percent)>;  // of reading; saving does not say how far it is

struct Part {
    bool shown = true;
};

// A loaded document. Destroyed before the next is opened.
class OpenDocument {
public:
    virtual ~OpenDocument() = default;
    virtual Result<std::string> to_pdf(const PdfOptions& options) = 0;
    // Families that the document uses, that are not here, and for which LibreOffice's table names no replacement.
    virtual const std::vector<std::string>& missing_fonts() const = 0;
    // Sheets of a spreadsheet, slides of a presentation, hidden ones too; a text has none.
    virtual std::vector<Part> parts() = 0;
    virtual bool is_presentation() = 0;
};

class Office {
public:
    // Loads the library and converts the warm-up documents. About half a second of processor time.
    // Error: Unavailable: it cannot be loaded, is too old, or cannot convert its own documents.
    static Result<std::unique_ptr<Office>> start(const OfficeFolders& folders);

    virtual ~Office() = default;
    virtual const std::string& version() const = 0;  // "25.2.3.2"
    virtual Result<std::unique_ptr<OpenDocument>> open(const Document& document, const LoadProgress& progress) = 0;
    virtual void trim() = 0;  // gives back memory while nothing is to be done
    // Between two documents: what LibreOffice has left in its folder for temporary files goes.
    // Error: Internal: a document is still open.
    virtual Status forget() = 0;
};

}  // namespace docwright::office
