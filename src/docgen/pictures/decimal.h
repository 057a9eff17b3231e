// Exact decimal numbers: sums of money come out as on paper (contract/docgen.md, 5.1 and 6.1).
// Texts are ASCII or UTF-8; the point is ".", groups are parted by ",".
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace docwright::docgen {

struct Decimal {
    boost::multiprecision::cpp_int units = 0;
    int scale = 0;  // the number is units / 10^scale; never negative

    bool negative() const { return units < 0; }
    bool zero() const { return units == 0; }
};

// "12", "-0.5", "1.5e3": a number as JSON writes it. Nothing where the text is none, or longer than kLongestNumber digits with
// its exponent written out.
inline constexpr int kLongestNumber = 400;  // a double has at most 309 digits before its point and 17 of worth
std::optional<Decimal> parse_decimal(std::string_view text);

// What a reader takes for a number: "$1,234.50", "(12)", "- 5 %", "1 234 €". Signs of currency, grouping, spaces and a trailing
// percent sign fall away; parentheses mean negative. Nothing where anything else is in the text or no digit.
std::optional<Decimal> number_in(std::string_view text);

Decimal sum(const Decimal& a, const Decimal& b);
Decimal product(const Decimal& a, const Decimal& b);
// To kQuotientPlaces decimals, half away from zero. `b` is not zero.
inline constexpr int kQuotientPlaces = 30;
Decimal quotient(const Decimal& a, const Decimal& b);
bool less(const Decimal& a, const Decimal& b);

// With exactly `places` decimals, half away from zero.
Decimal rounded(const Decimal& number, int places);

// Digits before and after the point, without sign; no leading zeros: "" and "05" for 0.05 with two decimals.
struct Digits {
    std::string whole, fraction;
};
Digits digits_of(const Decimal& number);

// Shortest: no exponent, no grouping, no trailing zeros: "0.08", "195", "-3.5".
std::string plain_text(const Decimal& number);

}  // namespace docwright::docgen
