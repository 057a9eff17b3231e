// Formulas that stand by themselves: maths fonts and operators, set off from the text, perhaps with a number at the right.
#include <algorithm>
#include <string_view>

#include "extract/classify/roles.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr std::u32string_view kOperators = U"=+−×÷±∓·∙≤≥≠≈≡∝∞∂∇∫∑∏√∈∉⊂⊆∪∩→←↔⇒⇔∀∃∧∨¬⟨⟩∥∠⊥≪≫∼≃≅∘⋅∗^_<>|/*";
constexpr std::u32string_view kStrongOperators = U"=≤≥≠≈≡∝∂∇∫∑∏√∈⊂→⇒±∞×";
// Share of maths glyphs that makes a formula by itself, and with an operator and room around it.
constexpr double kMathShare = 0.5;
constexpr double kSomeMathShare = 0.2;
constexpr double kSymbolShare = 0.3;
constexpr std::uint32_t kMostWordLetters = 4;  // runs of more letters are words, not symbols
constexpr std::uint32_t kMostPlainWords = 3;
constexpr double kIndentEm = 1.0;
constexpr double kScore = 0.8;
constexpr double kWeakScore = 0.6;
constexpr std::size_t kMostNumber = 8;

struct Count {
    std::uint32_t operators = 0, strong = 0, words = 0, glyphs = 0;
};

Count count_in(std::u32string_view text) {
    Count count;
    std::uint32_t letters = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char32_t c = i < text.size() ? text[i] : U' ';
        if (is_letter(c)) {
            ++letters;
        } else {
            if (letters >= kMostWordLetters) ++count.words;
            letters = 0;
        }
        if (c != U' ') ++count.glyphs;
        if (kOperators.find(c) != std::u32string_view::npos) ++count.operators;
        if (kStrongOperators.find(c) != std::u32string_view::npos) ++count.strong;
    }
    return count;
}

// "(3)", "(2.14)" at the end.
std::u32string number_at_end(const std::u32string& text) {
    const std::size_t open = text.rfind(U'(');
    if (text.empty() || text.back() != U')' || open == std::u32string::npos || text.size() - open > kMostNumber) return {};
    bool digits = false;
    for (std::size_t i = open + 1; i + 1 < text.size(); ++i) {
        if (!is_digit(text[i]) && text[i] != U'.' && !(is_letter(text[i]) && text.size() - open <= 5)) return {};
        digits |= is_digit(text[i]);
    }
    return digits ? text.substr(open) : std::u32string();
}

bool is_formula(const PageDrafts& drafts, const ElementDraft& draft, bool& strong) {
    const BlockFacts& facts = drafts.facts_of(draft);
    const Block& block = drafts.block_of(draft);
    if (facts.glyphs < 3 || facts.mono_share > kMathShare) return false;
    const Count count = count_in(facts.text);
    if (count.words > kMostPlainWords) return false;
    strong = facts.math_share >= kMathShare && count.operators > 0;
    const bool set_off = block.align == Align::Center || block.box.left - block.column_box.left > kIndentEm * facts.size;
    const double symbols = static_cast<double>(count.operators) / static_cast<double>(std::max(1U, count.glyphs));
    if (strong) return set_off || count.words == 0;
    return set_off && count.strong > 0 && (facts.math_share >= kSomeMathShare || (count.words == 0 && symbols >= kSymbolShare));
}

}  // namespace

void find_formulas(PageDrafts& drafts) {
    for (ElementDraft& draft : drafts.drafts) {
        if (draft.element.type != ElementType::Paragraph || draft.block < 0 || draft.dropped) continue;
        if (draft.element.role != ParagraphRole::Body) continue;
        bool strong = false;
        if (drafts.facts_of(draft).tag != "Formula" && !is_formula(drafts, draft, strong)) continue;
        draft.element.type = ElementType::Formula;
        draft.element.score = strong ? kScore : kWeakScore;
        draft.element.number = number_at_end(drafts.facts_of(draft).text);
    }
}

}  // namespace docwright::extract
