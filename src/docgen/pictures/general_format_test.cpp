#include "docgen/pictures/general_format.h"

#include <gtest/gtest.h>

namespace docwright::docgen {
namespace {

TEST(GeneralFormats, change_the_case_of_letters) {
    EXPECT_EQ(formatted("straße élan", "Upper"), "STRASSE ÉLAN");
    EXPECT_EQ(formatted("ÉLAN", "Lower"), "élan");
    EXPECT_EQ(formatted("été à Paris", "FirstCap"), "Été à Paris");
    EXPECT_EQ(formatted("anne-marie de WIT", "Caps"), "Anne-Marie De WIT");
}

TEST(GeneralFormats, write_numbers_in_other_ways) {
    EXPECT_EQ(formatted("14.6", "Arabic"), "15");
    EXPECT_EQ(formatted("1", "Ordinal"), "1st");
    EXPECT_EQ(formatted("112", "Ordinal"), "112th");
    EXPECT_EQ(formatted("23", "ordinal"), "23rd");
    EXPECT_EQ(formatted("1994", "Roman"), "MCMXCIV");
    EXPECT_EQ(formatted("1994", "roman"), "mcmxciv");
    EXPECT_EQ(formatted("28", "Alphabetic"), "BB");
    EXPECT_EQ(formatted("255", "Hex"), "FF");
    EXPECT_EQ(formatted("21", "CardText"), "twenty-one");
    EXPECT_EQ(formatted("21", "OrdText"), "twenty-first");
    EXPECT_EQ(formatted("14.55", "DollarText"), "fourteen and 55/100");
}

TEST(GeneralFormats, that_do_not_fit_change_nothing) {
    EXPECT_EQ(formatted("soon", "Roman"), "soon");
    EXPECT_EQ(formatted("-5", "Roman"), "-5");
    EXPECT_EQ(formatted("text", "MERGEFORMAT"), "text");
    EXPECT_EQ(formatted("", "Upper"), "");
}

TEST(Currency, follows_the_culture) {
    const Decimal amount = *parse_decimal("1234.5"), negative = *parse_decimal("-1234.5");
    EXPECT_EQ(currency_text(amount, "en-US"), "$1,234.50");
    EXPECT_EQ(currency_text(negative, "en-US"), "-$1,234.50");
    EXPECT_EQ(currency_text(amount, "de-DE"), "1.234,50\u00A0€");
    EXPECT_EQ(currency_text(amount, "fr-FR"), "1\u202F234,50\u00A0€");
    EXPECT_EQ(currency_text(amount, "en-GB"), "£1,234.50");
    EXPECT_EQ(currency_text(*parse_decimal("0.005"), "en-US"), "$0.01");
    EXPECT_EQ(currency_text(*parse_decimal("1234"), "ja-JP"), "￥1,234");
}

TEST(Currency, refuses_a_culture_that_nobody_has) {
    for (const char* good : {"en-US", "de-CH", "pt-BR"}) EXPECT_TRUE(check_culture(good).ok()) << good;
    for (const char* wrong : {"", "xx", "en", "en-XX", "klingon", "../../etc"}) EXPECT_FALSE(check_culture(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace docwright::docgen
