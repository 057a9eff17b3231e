// What the codes of a composite font mean, as its /ToUnicode says (ISO 32000-2, 9.10.3).
// Codes of two bytes alone: those of Identity-H and of nearly every composite font. Limits: limits::kUnicodeMapBytes and
// kUnicodeMapEntries; what is beyond is unknown. Throws what qpdf throws on a broken stream (contained() catches it).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engines/pdf/object_model.h"

namespace docwright::pdf {

class UnicodeMap {
public:
    explicit UnicodeMap(QPDFObjectHandle to_unicode);  // no stream: an empty map

    // UTF-8 of a string of the font; nothing if a code is not in the map.
    std::optional<std::string> text_of(std::string_view codes) const;

private:
    std::map<std::uint16_t, std::string> letters_;
};

}  // namespace docwright::pdf
