#include "extract/text/characters.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

#include "base/utf8.h"

namespace docwright::extract {

namespace {

constexpr std::array<std::pair<char32_t, char32_t>, 17> kAccents = {{{U'´', 0x301},
                                                                     {U'`', 0x300},
                                                                     {U'¨', 0x308},
                                                                     {U'^', 0x302},
                                                                     {U'ˆ', 0x302},
                                                                     {U'˜', 0x303},
                                                                     {U'ˇ', 0x30C},
                                                                     {U'˚', 0x30A},
                                                                     {U'¸', 0x327},
                                                                     {U'˙', 0x307},
                                                                     {U'¯', 0x304},
                                                                     {U'˘', 0x306},
                                                                     {U'˝', 0x30B},
                                                                     {U'˛', 0x328},
                                                                     {U'ˋ', 0x300},
                                                                     {U'ˊ', 0x301},
                                                                     {U'ˉ', 0x304}}};

UChar32 point(char32_t code) { return static_cast<UChar32>(code); }
bool is_ascii(char32_t code) { return code < 0x80; }
bool in(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

bool is_presentation_form(char32_t code) {
    return in(code, 0xFB00, 0xFB4F) || in(code, 0xFB50, 0xFDFF) || in(code, 0xFE70, 0xFEFE) || in(code, 0x132, 0x133) ||
           in(code, 0x1C4, 0x1CC);
}

}  // namespace

bool is_digit(char32_t code) { return in(code, U'0', U'9'); }
bool is_letter(char32_t code) {
    if (is_ascii(code)) return in(code | 0x20, U'a', U'z');
    return u_isalpha(point(code)) != 0;
}
bool is_upper(char32_t code) { return is_ascii(code) ? in(code, U'A', U'Z') : u_isupper(point(code)) != 0; }
bool is_lower(char32_t code) { return is_ascii(code) ? in(code, U'a', U'z') : u_islower(point(code)) != 0; }
char32_t lower(char32_t code) {
    if (is_ascii(code)) return in(code, U'A', U'Z') ? code | 0x20 : code;
    return static_cast<char32_t>(u_tolower(point(code)));
}

bool is_hyphen(char32_t code) { return code == U'-' || code == 0xAD || code == 0x2010; }
bool is_sentence_end(char32_t code) {
    return code == U'.' || code == U'!' || code == U'?' || code == U':' || code == U'…' || code == U'。' || code == U'！' ||
           code == U'？' || code == U'؟' || code == U'۔' || code == U'।';
}
bool is_closing(char32_t code) {
    return code == U')' || code == U']' || code == U'"' || code == U'\'' || code == U'”' || code == U'’' || code == U'»' || code == U'“' ||
           code == U'」' || code == U'』' || code == U'）';
}
bool is_space_like(char32_t code) {
    return code == U' ' || code == U'\t' || code == 0xA0 || in(code, 0x2000, 0x200B) || code == 0x202F || code == 0x3000;
}
bool is_leader(char32_t code) { return code == U'.' || code == U'·' || code == U'…' || code == U'‥' || code == U'․'; }
bool is_right_to_left(char32_t code) {
    return in(code, 0x590, 0x8FF) || in(code, 0xFB1D, 0xFDFF) || in(code, 0xFE70, 0xFEFE) || in(code, 0x10800, 0x10FFF);
}
bool is_ideograph(char32_t code) {
    return in(code, 0x2E80, 0x9FFF) || in(code, 0xF900, 0xFAFF) || in(code, 0xFF00, 0xFF60) || in(code, 0x20000, 0x3FFFF);
}

char32_t combining_of(char32_t code) {
    if (in(code, U'a', U'z') || in(code, U'A', U'Z')) return 0;  // asked of every glyph, and most are these
    for (const auto& [spacing, combining] : kAccents)
        if (spacing == code) return combining;
    return in(code, 0x300, 0x36F) ? code : 0;
}

char32_t composed(char32_t base, char32_t mark) {
    if (base == 0x131) base = U'i';  // accents stand on the dotless letters
    if (base == 0x237) base = U'j';
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return 0;
    const UChar32 pair = nfc->composePair(point(base), point(mark));
    return pair < 0 ? 0 : static_cast<char32_t>(pair);
}

std::u32string plain_letters(char32_t code) {
    if (code < 0x20 || in(code, 0x7F, 0x9F)) return {};
    if (!is_character(code)) return std::u32string(1, kReplacementCharacter);
    if (!is_presentation_form(code)) return std::u32string(1, is_space_like(code) ? U' ' : code);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status)) return std::u32string(1, code);
    const icu::UnicodeString plain = nfkc->normalize(icu::UnicodeString(point(code)), status);
    std::u32string out;
    for (std::int32_t i = 0; i < plain.length(); i = plain.moveIndex32(i, 1)) out.push_back(static_cast<char32_t>(plain.char32At(i)));
    return out;
}

}  // namespace docwright::extract
