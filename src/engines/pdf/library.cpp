#include "engines/pdf/library.h"

#include <malloc.h>

#include "engines/pdf/handles.h"

namespace docwright::pdf {

constexpr int kKeptBytes = 32 * 1024 * 1024;  // a page of dense text needs a tenth of it

Library::Library() {
    // Pages are alike: what one gives back the next asks for. Kept, it costs no page faults, which took a tenth of the time.
    mallopt(M_MMAP_THRESHOLD, kKeptBytes);
    mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    FPDF_LIBRARY_CONFIG settings{};
    settings.version = 2;
    FPDF_InitLibraryWithConfig(&settings);
}

Library::~Library() { FPDF_DestroyLibrary(); }

}  // namespace docwright::pdf
