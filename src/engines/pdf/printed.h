// What a PDF that another program has printed still needs before it is a result: the same bytes for the same input, turned pages,
// small structure.
// Errors: Internal: it cannot be read after all.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace docwright::pdf {

struct PrintedChanges {
    int rotation = 0;         // clockwise, 0, 90, 180 or 270: added to what each page has
    Microseconds time = 0;    // written as its dates
    bool repack = true;       // objects in compressed streams: tags are most of a tagged file, and shrink to a tenth
    std::string origin = {};  // "https://site.invalid/": links below it were relative, and become so again; empty: none
};

struct Printed {
    std::string bytes;
    int pages = 0;
};

Result<Printed> finish_printed(std::string_view bytes, const PrintedChanges& changes);

}  // namespace docwright::pdf
