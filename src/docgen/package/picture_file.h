// What a picture's file is and how large it is shown (contract/docgen.md, 10): PNG, JPEG, GIF and SVG by their first bytes,
// whatever anybody calls them. Only heads are read; nothing is decoded.
// Size in points: what the file says of its resolution, else 96 pixels an inch. Any bytes; the error says what is wrong with them.
// Errors: InvalidInput: another kind, cut off, without size, more pixels than limits.h allows, an SVG that has scripts or loads
// something from outside.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace docwright::docgen {

enum class PictureKind { Png, Jpeg, Gif, Svg };

struct PictureFile {
    PictureKind kind = PictureKind::Png;
    double width = 0, height = 0;  // points
};

Result<PictureFile> read_picture(std::string_view bytes);

std::string_view extension_of(PictureKind kind);  // "png"
std::string_view media_type_of(PictureKind kind);

}  // namespace docwright::docgen
