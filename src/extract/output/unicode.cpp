#include "extract/output/unicode.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/utf8.h"

namespace docwright::extract {
namespace {

constexpr char32_t kFirstCombining = 0x300;  // text below it is always composed

}  // namespace

std::u32string normal_form(std::u32string text) {
    if (std::ranges::all_of(text, [](char32_t letter) { return letter < kFirstCombining; })) return text;
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(error);
    if (U_FAILURE(error)) return text;
    const icu::UnicodeString wide =
        icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<int32_t>(text.size()));
    const icu::UnicodeString normal = normalizer->normalize(wide, error);
    if (U_FAILURE(error)) return text;
    std::u32string out(static_cast<std::size_t>(normal.countChar32()), U'\0');
    normal.toUTF32(reinterpret_cast<UChar32*>(out.data()), static_cast<int32_t>(out.size()), error);
    return U_FAILURE(error) ? text : out;
}

std::string clean_text(std::string_view utf8) {
    std::string text;
    text.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const bool pair = utf8[i] == '\r' && i + 1 < utf8.size() && utf8[i + 1] == '\n';
        if (pair) continue;
        text += utf8[i] == '\r' ? '\n' : utf8[i];
    }
    const bool ascii = std::ranges::all_of(text, [](char letter) { return letter > 0; });
    return ascii ? text : utf8_of(normal_form(code_points_of(text)));
}

}  // namespace docwright::extract
