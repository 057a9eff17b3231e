// PDFium as a whole: it is started once in a process, before any document is opened, and stopped after the last is closed.
// The parent of the engine holds one for its children; a test program holds its own.
#pragma once

namespace docwright::pdf {

class Library {
public:
    Library();
    ~Library();
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
};

}  // namespace docwright::pdf
