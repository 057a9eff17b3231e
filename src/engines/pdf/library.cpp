#include "engines/pdf/library.h"

#include "engines/pdf/handles.h"

namespace docwright::pdf {

Library::Library() {
    FPDF_LIBRARY_CONFIG settings{};
    settings.version = 2;
    FPDF_InitLibraryWithConfig(&settings);
}

Library::~Library() { FPDF_DestroyLibrary(); }

}  // namespace docwright::pdf
