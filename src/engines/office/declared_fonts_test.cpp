#include "engines/office/declared_fonts.h"

#include <gtest/gtest.h>

namespace docwright::office {
namespace {

TEST(DeclaredFonts, reads_the_table_of_rich_text) {
    const std::string text =
        R"({\rtf1{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss Segoe UI{\*\falt Arial};}}\f1 Not a Font;})";
    EXPECT_EQ(declared_fonts(text, {"rtf"}), (std::vector<std::string>{"Segoe UI", "Times New Roman"}));
}

TEST(DeclaredFonts, reads_flat_markup_once_per_name) {
    const std::string text =
        "<style:font-face style:name=\"a\" svg:font-family=\"&apos;Frutiger Neue&apos;, sans-serif\"/>"
        "<style:font-face style:name=\"b\" svg:font-family=\"Calibri\"/><style:font-face style:name=\"c\" svg:font-family=\"Calibri\"/>";
    EXPECT_EQ(declared_fonts(text, {"fodt"}), (std::vector<std::string>{"Calibri", "Frutiger Neue"}));
}

TEST(DeclaredFonts, takes_languages_and_theme_references_for_no_fonts) {
    const std::string text =
        "<w:lang w:eastAsia=\"ja-JP\"/><w:rFonts w:ascii=\"Arial\" w:asciiTheme=\"minorHAnsi\"/><a:latin typeface=\"+mn-lt\"/>";
    EXPECT_EQ(declared_fonts(text, {"fodt"}), (std::vector<std::string>{"Arial"}));
}

TEST(DeclaredFonts, says_nothing_of_what_it_cannot_read) {
    EXPECT_TRUE(declared_fonts("PK damaged", {"docx"}).empty());
    EXPECT_TRUE(declared_fonts("{\\rtf1{\\fonttbl", {"rtf"}).empty());
    EXPECT_TRUE(declared_fonts("<w:rFonts w:ascii=\"", {"fodt"}).empty());
}

}  // namespace
}  // namespace docwright::office
