// Pages to bytes and back: random pages keep what pass 2 needs, damaged bytes are refused or give a sound page.
#include "extract/spill.h"

#include <gtest/gtest.h>

#include <random>

#include "extract/page/byte_codec.h"

namespace docwright::extract {
namespace {

class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}
    int upto(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
    double points() { return upto(79200) / 100.0 - 50; }
    Box box() {
        const double left = points();
        const double top = points();
        return {left, top, left + upto(20000) / 100.0, top + upto(3000) / 100.0};
    }
    std::u32string text() { return std::u32string(static_cast<std::size_t>(upto(4)), static_cast<char32_t>(0x41 + upto(60000))); }
    std::string word() { return std::string(static_cast<std::size_t>(upto(6)), static_cast<char>('a' + upto(20))); }

private:
    std::mt19937 random_;
};

constexpr std::size_t kFonts = 3;

Glyph glyph_of(Dice& dice, const PageFacts& facts) {
    Glyph glyph{.code = static_cast<char32_t>(dice.upto(0x10FFFF)),
                .style = static_cast<StyleIndex>(dice.upto(static_cast<int>(facts.styles.size()) - 1))};
    glyph.origin_x = static_cast<float>(dice.points());
    glyph.origin_y = static_cast<float>(dice.points());
    glyph.advance = dice.box();
    glyph.hidden = static_cast<Hidden>(dice.upto(8));
    glyph.space_before = dice.upto(1) == 1;
    glyph.low_contrast = dice.upto(9) == 0;
    glyph.marked_content = dice.upto(3) - 1;
    if (!facts.further.empty() && dice.upto(5) == 0) {
        glyph.first_further = static_cast<std::uint32_t>(dice.upto(static_cast<int>(facts.further.size()) - 1));
        glyph.further_count = 1;
    }
    return glyph;
}

AnalysedPage random_page(unsigned seed) {
    Dice dice(seed);
    AnalysedPage page;
    PageFacts& facts = page.facts;
    facts.page_index = dice.upto(5000);
    facts.width = 612.5;
    facts.height = 792.25;
    facts.label = dice.word();
    for (int i = 0; i <= dice.upto(4); ++i)
        facts.styles.push_back({.font = static_cast<FontIndex>(dice.upto(2)), .size = 9.5F, .color = 0x123456});
    facts.further = dice.text();
    for (int i = 0; i < dice.upto(200); ++i) facts.glyphs.push_back(glyph_of(dice, facts));
    for (int i = 0; i < dice.upto(5); ++i) facts.rulings.push_back({.axis = Axis::Vertical, .position = dice.points(), .from = 1, .to = 2});
    for (int i = 0; i < dice.upto(3); ++i) facts.images.push_back({.box = dice.box(), .pixel_width = dice.upto(4000), .plain_jpeg = true});
    for (int i = 0; i < dice.upto(3); ++i)
        facts.links.push_back({.box = dice.box(), .quads = {Quad{}}, .target = {.kind = TargetKind::Uri, .uri = dice.word()}});
    for (int i = 0; i < dice.upto(3); ++i) facts.annotations.push_back({.subtype = "Text", .contents = dice.word(), .reply_to = i - 1});
    for (int i = 0; i < dice.upto(3); ++i) facts.tags.push_back({.role = "P", .parent = i - 1, .marked_contents = {1, 2, 9}});
    const int glyphs = static_cast<int>(facts.glyphs.size());
    for (int i = 0; glyphs > 0 && i < dice.upto(5); ++i) {
        Line line{.box = dice.box(), .baseline = dice.points(), .size = 10};
        for (int k = 0; k < 4; ++k) line.glyphs.push_back(static_cast<std::uint32_t>(dice.upto(glyphs - 1)));
        line.words = {{.first = 0, .count = 2, .box = dice.box()}, {.first = 2, .count = 2, .box = dice.box()}};
        page.lines.push_back(line);
    }
    if (!page.lines.empty()) {
        page.blocks.push_back({.kind = BlockKind::Text, .box = dice.box(), .lines = {0}});
        page.tables.push_back({.box = dice.box(), .row_count = 1, .column_count = 2, .column_edges = {1, 2, 3}, .row_edges = {1, 2}});
        page.tables[0].cells = {{.text = {{.line = 0, .first_word = 0, .word_count = 1}}}, {.column = 1}};
        page.blocks.push_back({.kind = BlockKind::Table, .item = 0});
    }
    return page;
}

TEST(Spill, keeps_a_page_but_for_what_is_finer_than_a_64th_of_a_point) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        const AnalysedPage page = random_page(seed);
        Result<AnalysedPage> back = decode_page(encode_page(page), kFonts);
        ASSERT_TRUE(back.ok()) << seed;
        ASSERT_EQ(back.value().facts.glyphs.size(), page.facts.glyphs.size());
        for (std::size_t i = 0; i < page.facts.glyphs.size(); ++i) {
            const Glyph& was = page.facts.glyphs[i];
            const Glyph& is = back.value().facts.glyphs[i];
            EXPECT_EQ(is.code, was.code);
            EXPECT_EQ(is.style, was.style);
            EXPECT_EQ(is.hidden, was.hidden);
            EXPECT_EQ(is.space_before, was.space_before);
            EXPECT_EQ(is.marked_content, was.marked_content);
            EXPECT_NEAR(is.origin_x, was.origin_x, 1 / kCodecUnitsPerPoint);
            EXPECT_NEAR(is.advance.left, was.advance.left, 1 / kCodecUnitsPerPoint);
            EXPECT_NEAR(is.advance.bottom, was.advance.bottom, 1 / kCodecUnitsPerPoint);
        }
        EXPECT_EQ(back.value().lines.size(), page.lines.size());
        EXPECT_EQ(back.value().facts.width, page.facts.width);
        // What came back is what goes out again: pages do not change with every attempt.
        EXPECT_EQ(encode_page(back.value()), encode_page(decode_page(encode_page(back.value()), kFonts).take())) << seed;
    }
}

TEST(Spill, takes_few_bytes_for_a_line_of_text) {
    AnalysedPage page;
    page.facts.styles.resize(1);
    for (int i = 0; i < 1000; ++i) {
        Glyph glyph{.code = U'e', .origin_x = static_cast<float>(i * 5), .origin_y = 700};
        glyph.advance = {i * 5.0, 692, i * 5.0 + 5, 702};
        page.facts.glyphs.push_back(glyph);
    }
    EXPECT_LT(encode_page(page).size(), 6000U);
}

TEST(Spill, refuses_damaged_bytes_or_gives_a_page_whose_indexes_hold) {
    const std::string bytes = encode_page(random_page(11));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        const Result<AnalysedPage> page = decode_page(damaged, kFonts);
        if (!page.ok()) continue;
        for (const Line& line : page.value().lines) {
            for (std::uint32_t glyph : line.glyphs) ASSERT_LT(glyph, page.value().facts.glyphs.size());
        }
        EXPECT_FALSE(decode_page(std::string_view(damaged).substr(0, damaged.size() - 1), kFonts).ok());
    }
}

TEST(Spill, keeps_fonts) {
    const std::vector<FontFacts> fonts{{.name = "Arial-BoldMT", .family = "Arial", .type = "TrueType", .weight = 700, .embedded = true}};
    const Result<std::vector<FontFacts>> back = decode_fonts(encode_fonts(fonts));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back.value()[0].name, "Arial-BoldMT");
    EXPECT_EQ(back.value()[0].weight, 700);
    EXPECT_TRUE(back.value()[0].embedded);
}

}  // namespace
}  // namespace docwright::extract
