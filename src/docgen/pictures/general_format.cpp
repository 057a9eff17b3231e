#include "docgen/pictures/general_format.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/rbnf.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/roman_numeral.h"

namespace docwright::docgen {
namespace {

constexpr std::int64_t kMostInWords = 999'999'999'999;
constexpr std::int64_t kMostRoman = 32'767;        // as Word
constexpr std::int64_t kMostAlphabetic = 26 * 30;  // "z" thirty times

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}
std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

std::optional<std::int64_t> whole_number(const Decimal& number, std::int64_t most) {
    const Decimal whole = rounded(number, 0);
    if (whole.units > most || whole.units < -most) return std::nullopt;
    return static_cast<std::int64_t>(whole.units);
}

std::string with_first_capital(std::string_view text) {
    icu::UnicodeString all = unicode(text);
    const std::int32_t second = all.moveIndex32(0, 1);
    icu::UnicodeString first(all, 0, second);
    return utf8(first.toUpper(icu::Locale::getRoot()) + icu::UnicodeString(all, second));
}

// Each word's first letter; the others stay.
std::string with_capitals(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t word = std::min(text.find_first_not_of(" \t\n-", at), text.size());
        const std::size_t end = std::min(text.find_first_of(" \t\n-", word), text.size());
        out += text.substr(at, word - at);
        out += with_first_capital(text.substr(word, end - word));
        at = end;
    }
    return out;
}

std::string spelt(std::int64_t number, const char* rules) {
    UErrorCode status = U_ZERO_ERROR;
    icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT, icu::Locale::getUS(), status);
    icu::UnicodeString out;
    icu::FieldPosition position;
    if (U_FAILURE(status)) return std::to_string(number);
    format.format(number, icu::UnicodeString(rules), out, position, status);
    return U_FAILURE(status) ? std::to_string(number) : utf8(out);
}

std::string ordinal(std::int64_t number) {
    constexpr std::array<std::string_view, 4> kEndings = {"th", "st", "nd", "rd"};
    const std::int64_t last = number % 10, two = number % 100;
    const bool teen = two > 10 && two < 20;
    return fmt::format("{}{}", number,
                       last < static_cast<std::int64_t>(kEndings.size()) && !teen ? kEndings[static_cast<std::size_t>(last)] : "th");
}

// 1 → A, 27 → AA, 28 → BB: Word repeats the letter.
std::string alphabetic(std::int64_t number) {
    constexpr std::int64_t kLetters = 26;
    return std::string(static_cast<std::size_t>((number - 1) / kLetters + 1), static_cast<char>('A' + (number - 1) % kLetters));
}

std::string dollars(const Decimal& number) {
    const Decimal cents = rounded(number, 2);
    const Digits digits = digits_of(cents);
    const std::int64_t whole = digits.whole.empty() ? 0 : std::stoll(digits.whole);
    return fmt::format("{} and {}/100", spelt(whole, "%spellout-cardinal"), digits.fraction);
}

std::optional<std::string> formatted_number(const Decimal& number, std::string_view format) {
    const std::optional<std::int64_t> whole = whole_number(number, kMostInWords);
    const bool capital = format.front() >= 'A' && format.front() <= 'Z';
    if (same_word(format, "Arabic")) return plain_text(rounded(number, 0));
    if (!whole || *whole < 0) return std::nullopt;
    if (same_word(format, "Ordinal")) return ordinal(*whole);
    if (same_word(format, "CardText")) return spelt(*whole, "%spellout-cardinal");
    if (same_word(format, "OrdText")) return spelt(*whole, "%spellout-ordinal");
    if (same_word(format, "DollarText")) return dollars(number);
    if (same_word(format, "Hex")) return fmt::format("{:X}", *whole);
    if (*whole < 1) return std::nullopt;
    if (same_word(format, "Roman") && *whole <= kMostRoman) return capital ? roman_numeral(*whole) : ascii_lowered(roman_numeral(*whole));
    if (same_word(format, "Alphabetic") && *whole <= kMostAlphabetic)
        return capital ? alphabetic(*whole) : ascii_lowered(alphabetic(*whole));
    return std::nullopt;
}

}  // namespace

std::string formatted(std::string_view text, std::string_view format) {
    if (text.empty() || format.empty()) return std::string(text);
    if (same_word(format, "Upper")) return utf8(unicode(text).toUpper(icu::Locale::getRoot()));
    if (same_word(format, "Lower")) return utf8(unicode(text).toLower(icu::Locale::getRoot()));
    if (same_word(format, "FirstCap")) return with_first_capital(text);
    if (same_word(format, "Caps")) return with_capitals(text);
    const std::optional<Decimal> number = number_in(text);
    if (!number) return std::string(text);
    return formatted_number(*number, format).value_or(std::string(text));
}

Status check_culture(std::string_view culture) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale =
        icu::Locale::forLanguageTag(icu::StringPiece(culture.data(), static_cast<std::int32_t>(culture.size())), status);
    UChar code[4];
    UErrorCode none = U_ZERO_ERROR;
    const bool known = U_SUCCESS(status) && !locale.isBogus() && *locale.getCountry() &&
                       ucurr_forLocale(locale.getName(), code, 4, &none) > 0 && U_SUCCESS(none);
    if (known) return success();
    return Error{Fault::InvalidInput,
                 fmt::format("currencyCulture \"{}\" is unknown; it is a language and a country such as en-US.", culture)};
}

std::string currency_text(const Decimal& amount, std::string_view culture) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale =
        icu::Locale::forLanguageTag(icu::StringPiece(culture.data(), static_cast<std::int32_t>(culture.size())), status);
    UChar code[4] = {};
    ucurr_forLocale(locale.getName(), code, 4, &status);
    const std::string number = plain_text(amount);
    const icu::number::FormattedNumber shown = icu::number::NumberFormatter::withLocale(locale)
                                                   .unit(icu::CurrencyUnit(icu::ConstChar16Ptr(code), status))
                                                   .roundingMode(UNUM_ROUND_HALFUP)
                                                   .formatDecimal(number, status);
    const icu::UnicodeString text = shown.toString(status);
    return U_FAILURE(status) ? number : utf8(text);
}

}  // namespace docwright::docgen
