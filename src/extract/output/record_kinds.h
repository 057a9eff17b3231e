// What stands on the scratch of an extraction: the kinds of records of its log. New kinds go to the end; kVersion of
// pipeline.cpp rises when a kind changes its bytes.
#pragma once

#include <cstdint>

namespace docwright::extract {

enum class RecordKind : std::uint32_t {
    Start,         // key: version; bytes: what the task is. Scratch of another task is thrown away
    Fonts,         // key: number of fonts before; bytes: the fonts that a page added
    PageBegun,     // key: page index; pass 1 begins to read it
    Page,          // key: page index; bytes: the page after pass 1
    PageFailed,    // key: page index; bytes: the message
    WritingBegun,  // key: page index; pass 2 begins with it
    WritingEnded,  // key: page index
    Picture,       // key: 0; bytes: a picture file with its facts
    Pages,         // chunks of the JSON text, by the attempt that writes
    Elements,
    LeftOut,
    PageSummaries,  // by the attempt that reads them
};

}  // namespace docwright::extract
