#include "extract/classify/block_facts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "extract/classify/page_tags.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr float kTenths = 10;
constexpr std::uint32_t kUpperLetters = 3;  // fewer are an abbreviation
constexpr int kBoldWeight = 600;
constexpr int kLeaderDots = 4;
constexpr std::size_t kKeyWords = 4;
constexpr std::size_t kKeyLength = 40;
// A tag or artifact mark speaks for a block when it holds most of its glyphs.
constexpr double kMostShare = 0.6;

constexpr std::array<std::u32string_view, 16> kDivisions = {U"chapter", U"section",  U"part",     U"appendix", U"annex", U"article",
                                                            U"kapitel", U"chapitre", U"capítulo", U"act",      U"scene", U"canto",
                                                            U"akt",     U"szene",    U"acte",     U"scène"};

std::u32string_view first_word(std::u32string_view text) { return text.substr(0, text.find(U' ')); }

std::u32string lowered(std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& c : out) c = lower(c);
    return out;
}

// "2.1", "3", "IV" or "Chapter 3" at the start of a heading.
void read_section(BlockFacts& facts) {
    std::u32string_view word = first_word(facts.text);
    const std::u32string name = lowered(word);
    if (std::find(kDivisions.begin(), kDivisions.end(), name) != kDivisions.end() && word.size() < facts.text.size()) {
        const std::u32string_view second = first_word(std::u32string_view(facts.text).substr(word.size() + 1));
        if (!second.empty() && (is_digit(second.front()) || is_upper(second.front())) && second.size() < word.size()) {
            facts.section = facts.text.substr(0, word.size() + 1 + second.size());
            facts.section_depth = 1;
        }
        return;
    }
    const bool counts = facts.label && facts.label->opener == 0 &&
                        (facts.label->kind == LabelKind::Decimal || facts.label->kind == LabelKind::Outline ||
                         (facts.label->upper_case && facts.label->closer == U'.'));
    if (counts) {
        facts.section = facts.text.substr(0, facts.label->shown);
        facts.section_depth = facts.label->depth;
        if (!facts.section.empty() && facts.section.back() == U'.') facts.section.pop_back();
        return;
    }
    // "2 Methods": a bare number before a capital
    std::size_t digits = 0;
    while (digits < word.size() && is_digit(word[digits])) ++digits;
    if (digits == 0 || digits > 2 || digits != word.size() || digits + 1 >= facts.text.size()) return;
    if (!is_upper(facts.text[digits + 1])) return;
    facts.section = std::u32string(word);
    facts.section_depth = 1;
}

bool reads_key_value(std::u32string_view text) {
    std::size_t words = 1;
    for (std::size_t i = 0; i < text.size() && i < kKeyLength; ++i) {
        if (text[i] == U' ' && ++words > kKeyWords) return false;
        if (text[i] == U'.' || text[i] == U',' || text[i] == U'?') return false;
        if (text[i] == U':') return i > 1 && i + 2 < text.size() && text[i + 1] == U' ';
    }
    return false;
}

void read_text(BlockFacts& facts) {
    const std::u32string& text = facts.text;
    std::uint32_t upper = 0, lower_count = 0;
    int dots = 0;
    if (!text.empty()) facts.words = 1;
    for (char32_t c : text) {
        if (c == U' ' || c == U'\n') ++facts.words;
        if (is_letter(c)) ++facts.letters;
        if (is_digit(c)) ++facts.digits;
        if (is_upper(c)) ++upper;
        if (is_lower(c)) ++lower_count;
        if (c != U' ') dots = is_leader(c) ? dots + (c == U'…' ? 3 : 1) : 0;
        if (dots >= kLeaderDots) facts.leaders = true;
    }
    facts.upper_case = upper >= kUpperLetters && lower_count == 0;
    facts.starts_lower = !text.empty() && is_lower(text.front());
    std::size_t end = text.size();
    facts.ends_hyphen = end > 1 && is_hyphen(text.back());
    while (end > 1 && (is_closing(text[end - 1]) || is_digit(text[end - 1])) && end + 4 > text.size()) --end;
    facts.ends_sentence = end > 0 && is_sentence_end(text[end - 1]);
    facts.label = label_of(text);
    facts.caption_like = starts_like_caption(text);
    facts.key_value = reads_key_value(text);
    read_section(facts);
}

void read_glyphs(const AnalysedPage& page, const Block& block, std::span<const FontFacts> fonts, const PageTags& tags, BlockFacts& facts) {
    std::map<StyleIndex, std::uint32_t> styles;
    std::map<std::string_view, std::uint32_t> roles;
    double bold = 0, italic = 0, mono = 0, math = 0;
    for (std::uint32_t index : block.lines) {
        const Line& line = page.lines[index];
        for (std::uint32_t g : line.glyphs) {
            const Glyph& glyph = page.facts.glyphs[g];
            ++styles[glyph.style];
            if (glyph.marked_content >= 0) ++roles[tags.block_role(glyph.marked_content)];
        }
        facts.glyphs += static_cast<std::uint32_t>(line.glyphs.size());
    }
    std::uint32_t most = 0;
    for (const auto& [style, count] : styles) {
        const TextStyle& look = page.facts.styles[style];
        if (look.font < fonts.size()) {
            const FontFacts& font = fonts[look.font];
            if (font.weight >= kBoldWeight) bold += count;
            if (font.italic) italic += count;
            if (font.monospaced) mono += count;
            if (font.math) math += count;
        }
        if (count > most) {
            most = count;
            facts.style = style;
        }
    }
    if (facts.glyphs == 0) return;
    const double all = facts.glyphs;
    facts.bold_share = bold / all;
    facts.italic_share = italic / all;
    facts.mono_share = mono / all;
    facts.math_share = math / all;
    facts.key = key_of(page.facts.styles[facts.style]);
    facts.size = page.facts.styles[facts.style].size;
    for (const auto& [role, count] : roles) {
        if (count < kMostShare * all) continue;
        facts.tag = role;
        if (role == "Artifact") facts.artifact_share = count / all;
    }
    const Line& first = page.lines[block.lines.front()];
    facts.raised_start = !first.raised.empty() && first.raised.front() == Raised::Superscript;
}

}  // namespace

StyleKey key_of(const TextStyle& style) {
    return {.font = style.font, .size_tenths = static_cast<int>(std::lround(style.size * kTenths)), .color = style.color};
}

bool starts_like_caption(std::u32string_view text) {
    std::u32string_view word = first_word(text);
    if (word.empty() || word.size() + 1 >= text.size()) return false;
    if (!names_caption(word)) return false;
    if (!is_upper(word.front())) return false;
    const std::u32string_view second = first_word(text.substr(word.size() + 1));
    if (second.empty()) return false;
    const bool numbered =
        is_digit(second.front()) || (second.size() <= 4 && is_upper(second.front()) && (second.size() == 1 || !is_lower(second[1])));
    if (!numbered) return false;
    // "Figure 3 shows that …" is a sentence about it.
    const std::size_t rest = word.size() + 1 + second.size();
    const bool closed = second.back() == U':' || second.back() == U'.' || second.back() == U'-' || second.back() == U'–';
    if (closed || rest + 1 >= text.size()) return true;
    return !is_lower(text[rest + 1]) && second.back() != U',' && second.back() != U')' && text[rest + 1] != U'(';
}

std::vector<BlockFacts> facts_of_blocks(const AnalysedPage& page, std::span<const FontFacts> fonts, const WordSet& known) {
    const PageTags tags(page.facts);
    std::vector<BlockFacts> out(page.blocks.size());
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
        const Block& block = page.blocks[i];
        if (block.kind != BlockKind::Text || block.lines.empty()) continue;
        std::vector<LinePiece> pieces;
        for (std::uint32_t line : block.lines) pieces.push_back(whole(page.lines[line]));
        out[i].text = assemble(page.facts, pieces, LineEnds::Space, known).text;
        read_glyphs(page, block, fonts, tags, out[i]);
        read_text(out[i]);
    }
    return out;
}

}  // namespace docwright::extract
