#include "docgen/pictures/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/utf8.h"

namespace docwright::docgen {
namespace {

using Integer = boost::multiprecision::cpp_int;

Integer power_of_ten(int exponent) { return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent)); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void trim_zeros(Decimal& number) {
    while (number.scale > 0 && number.units % 10 == 0) {
        number.units /= 10;
        --number.scale;
    }
}

void widen(Decimal& number, int scale) {
    if (scale <= number.scale) return;
    number.units *= power_of_ten(scale - number.scale);
    number.scale = scale;
}

// a / b, half away from zero; b > 0.
Integer divided(const Integer& a, const Integer& b) {
    const Integer twice = 2 * abs(a) + b;
    const Integer half_up = twice / (2 * b);
    return a < 0 ? Integer(-half_up) : half_up;
}

bool is_currency(char32_t code) {
    constexpr std::array<char32_t, 3> kOthers = {U'$', U'¤', U'￥'};
    return (code >= 0xA2 && code <= 0xA5) || (code >= 0x20A0 && code <= 0x20CF) || std::ranges::find(kOthers, code) != kOthers.end();
}

bool is_space(char32_t code) { return code == U' ' || code == 0xA0 || code == 0x202F || code == 0x2009; }

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal number;
    bool negative = false, digits = false, point = false;
    std::string read;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
    for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
        if (text[at] == '.') {
            point = true;
            continue;
        }
        digits = true;
        read += text[at];
        if (point) ++number.scale;
    }
    if (!digits || read.size() > static_cast<std::size_t>(kLongestNumber)) return std::nullopt;
    int exponent = 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && text[at] == '+') ++at;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (error != std::errc{}) return std::nullopt;
        at = static_cast<std::size_t>(end - text.data());
    }
    if (at != text.size() || exponent > kLongestNumber || exponent < -kLongestNumber) return std::nullopt;
    const std::size_t first = std::min(read.find_first_not_of('0'), read.size() - 1);  // a leading zero would mean octal
    number.units = Integer(read.substr(first));
    if (negative) number.units = -number.units;
    number.scale -= exponent;
    if (number.scale < 0) {
        number.units *= power_of_ten(-number.scale);
        number.scale = 0;
    }
    trim_zeros(number);
    return number;
}

std::optional<Decimal> number_in(std::string_view text) {
    std::string kept;
    bool negative = false, opened = false, closed = false, percent = false;
    for (char32_t code : code_points_of(text)) {
        if (is_space(code) || is_currency(code)) continue;
        if (closed || percent) {  // nothing stands behind them but each other
            if (code == U')' && opened && !closed) {
                closed = true;
                continue;
            }
            return std::nullopt;
        }
        if (code == U'(' && kept.empty() && !opened) {
            opened = true;
        } else if (code == U')' && opened) {
            closed = true;
        } else if (code == U'%' && !kept.empty()) {
            percent = true;
        } else if ((code == U'-' || code == U'\u2212') && kept.empty() && !negative) {
            negative = true;
        } else if (code == U'+' && kept.empty()) {
            continue;
        } else if (code == U',' && !kept.empty() && !kept.contains('.')) {
            continue;
        } else if (code < 0x80 && (is_digit(static_cast<char>(code)) || code == U'.')) {
            kept += static_cast<char>(code);
        } else {
            return std::nullopt;
        }
    }
    if (opened != closed) return std::nullopt;
    std::optional<Decimal> number = parse_decimal(kept);
    if (number && (negative != opened)) number->units = -number->units;
    return number;
}

Decimal sum(const Decimal& a, const Decimal& b) {
    Decimal left = a, right = b;
    widen(left, right.scale);
    widen(right, left.scale);
    return {left.units + right.units, left.scale};
}

Decimal product(const Decimal& a, const Decimal& b) { return {a.units * b.units, a.scale + b.scale}; }

Decimal quotient(const Decimal& a, const Decimal& b) {
    // (a.units / 10^a.scale) / (b.units / 10^b.scale), in units of 10^-kQuotientPlaces
    Integer above = a.units * power_of_ten(kQuotientPlaces + b.scale), below = b.units * power_of_ten(a.scale);
    if (below < 0) {
        above = -above;
        below = -below;
    }
    Decimal result{divided(above, below), kQuotientPlaces};
    trim_zeros(result);
    return result;
}

bool less(const Decimal& a, const Decimal& b) {
    Decimal left = a, right = b;
    widen(left, right.scale);
    widen(right, left.scale);
    return left.units < right.units;
}

Decimal rounded(const Decimal& number, int places) {
    Decimal result = number;
    widen(result, places);
    if (result.scale > places) {
        result.units = divided(result.units, power_of_ten(result.scale - places));
        result.scale = places;
    }
    return result;
}

Digits digits_of(const Decimal& number) {
    std::string all = Integer(abs(number.units)).str();
    const std::size_t scale = static_cast<std::size_t>(number.scale);
    if (all.size() < scale) all.insert(0, scale - all.size(), '0');
    Digits digits{all.substr(0, all.size() - scale), all.substr(all.size() - scale)};
    digits.whole.erase(0, std::min(digits.whole.find_first_not_of('0'), digits.whole.size()));
    return digits;
}

std::string plain_text(const Decimal& number) {
    Decimal shortest = number;
    trim_zeros(shortest);
    const Digits digits = digits_of(shortest);
    std::string text = shortest.negative() ? "-" : "";
    text += digits.whole.empty() ? "0" : digits.whole;
    if (!digits.fraction.empty()) text += "." + digits.fraction;
    return text;
}

}  // namespace docwright::docgen
