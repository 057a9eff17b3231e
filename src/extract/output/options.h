// What a client may choose about the result (contract/structure-info.md, section 2); the first value of each is the default.
#pragma once

namespace docwright::extract {

enum class Detail { Elements, Lines, Words };
enum class Renditions { All, Images, None };

struct OutputOptions {
    Detail detail = Detail::Elements;
    Renditions renditions = Renditions::All;
    bool decimal = false;         // two decimals instead of whole points
    bool include_hidden = false;  // hidden text forms elements
};

}  // namespace docwright::extract
