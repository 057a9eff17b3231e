#include "docgen/template/field_code.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view first_word(std::string_view code) {
    code.remove_prefix(std::min(code.find_first_not_of(kSpaces), code.size()));
    return code.substr(0, std::min(code.find_first_of(" \t\r\n\"\\{\x01"), code.size()));
}

// Bytes of the quote that stands there, straight or as Word curls it; 0: none.
std::size_t quote_bytes(std::string_view text, bool closing) {
    constexpr std::string_view kOpen[] = {"\"", "“", "„"}, kClose[] = {"\"", "”", "“"};
    for (std::string_view quote : closing ? kClose : kOpen)
        if (text.starts_with(quote)) return quote.size();
    return 0;
}

class IfParser {
public:
    IfParser(std::string_view code, const std::vector<FoundTag>& tags) : code_(code), tags_(tags) {}

    std::optional<IfCode> parse() {
        IfCode parsed;
        skip_spaces();
        at_ += first_word(code_.substr(at_)).size();  // IF
        if (!take_operand(parsed.left) || !take_comparison(parsed.comparison) || !take_operand(parsed.right)) return std::nullopt;
        if (!take_branch(parsed.then)) return std::nullopt;
        skip_spaces();
        if (at_ < code_.size() && code_[at_] != '\\' && !take_branch(parsed.otherwise)) return std::nullopt;
        skip_spaces();
        return at_ == code_.size() || code_[at_] == '\\' ? std::optional(parsed) : std::nullopt;
    }

private:
    void skip_spaces() { at_ = std::min(code_.find_first_not_of(kSpaces, at_), code_.size()); }

    // Past one character, an escaped one, or a whole tag.
    void step() {
        const auto tag = std::ranges::find(tags_, at_, &FoundTag::begin);
        if (tag != tags_.end()) {
            at_ = tag->end;
        } else {
            at_ += code_[at_] == '\\' && at_ + 1 < code_.size() ? 2 : 1;
        }
    }

    // Nothing where the quote is not closed.
    bool take_quoted(Span& span) {
        at_ += quote_bytes(code_.substr(at_), false);
        span.begin = at_;
        while (at_ < code_.size() && quote_bytes(code_.substr(at_), true) == 0) step();
        if (at_ >= code_.size()) return false;
        span.end = at_;
        at_ += quote_bytes(code_.substr(at_), true);
        return true;
    }

    template <class Ends>
    bool take_bare(Span& span, Ends ends) {
        span.begin = at_;
        while (at_ < code_.size() && kSpaces.find(code_[at_]) == std::string_view::npos && !ends(code_[at_])) step();
        span.end = at_;
        return span.end > span.begin;
    }

    // Braces that were typed by hand make no field: their author meant another text than the one that stands there.
    bool has_typed_braces(const Span& span) const {
        for (std::size_t i = span.begin; i < span.end; ++i) {
            const bool in_tag = std::ranges::any_of(tags_, [&](const FoundTag& tag) { return tag.begin <= i && i < tag.end; });
            if (!in_tag && (code_[i] == '{' || code_[i] == '}')) return true;
        }
        return false;
    }

    bool take_operand(Span& span) {
        skip_spaces();
        if (at_ >= code_.size()) return false;
        const bool taken = quote_bytes(code_.substr(at_), false) > 0
                               ? take_quoted(span)
                               : take_bare(span, [](char c) { return c == '=' || c == '<' || c == '>' || c == '"'; });
        return taken && !has_typed_braces(span);
    }

    bool take_comparison(Comparison& comparison) {
        constexpr std::array<std::pair<std::string_view, Comparison>, 6> kSigns = {{{"<>", Comparison::NotEqual},
                                                                                    {"<=", Comparison::LessEqual},
                                                                                    {">=", Comparison::GreaterEqual},
                                                                                    {"=", Comparison::Equal},
                                                                                    {"<", Comparison::Less},
                                                                                    {">", Comparison::Greater}}};
        skip_spaces();
        const auto* found = std::ranges::find_if(kSigns, [&](const auto& sign) { return code_.substr(at_).starts_with(sign.first); });
        if (found == kSigns.end()) return false;
        comparison = found->second;
        at_ += found->first.size();
        return true;
    }

    bool take_branch(Span& span) {
        skip_spaces();
        if (at_ >= code_.size() || code_[at_] == '\\') return false;
        return quote_bytes(code_.substr(at_), false) > 0 ? take_quoted(span) : take_bare(span, [](char) { return false; });
    }

    std::string_view code_;
    const std::vector<FoundTag>& tags_;
    std::size_t at_ = 0;
};

}  // namespace

FieldKind field_kind(std::string_view code) {
    constexpr std::array<std::pair<std::string_view, FieldKind>, 8> kWords = {{{"MERGEFIELD", FieldKind::Merge},
                                                                               {"IF", FieldKind::If},
                                                                               {"COMPARE", FieldKind::Kept},
                                                                               {"NEXT", FieldKind::Kept},
                                                                               {"NEXTIF", FieldKind::Kept},
                                                                               {"SKIPIF", FieldKind::Kept},
                                                                               {"MERGEREC", FieldKind::Kept},
                                                                               {"MERGESEQ", FieldKind::Kept}}};
    const std::string_view word = first_word(code);
    for (const auto& [name, kind] : kWords)
        if (same_word(word, name)) return kind;
    if (!word.starts_with('=')) return FieldKind::Other;
    code.remove_prefix(code.find('='));
    return parse_tag(code).kind == TagKind::Formula ? FieldKind::Formula : FieldKind::Other;  // =A1*2 is left to Word
}

Tag merge_field_tag(std::string_view code) {
    code.remove_prefix(static_cast<std::size_t>(first_word(code).end() - code.begin()));
    code.remove_prefix(std::min(code.find_first_not_of(kSpaces), code.size()));
    std::string_view name, switches;
    if (const std::size_t quote = quote_bytes(code, false); quote > 0) {
        code.remove_prefix(quote);
        std::size_t end = 0;
        while (end < code.size() && quote_bytes(code.substr(end), true) == 0) ++end;
        name = code.substr(0, end);
        switches = code.substr(std::min(end + quote_bytes(code.substr(end), true), code.size()));
    } else {
        name = code.substr(0, std::min(code.find_first_of("\\ \t\r\n"), code.size()));
        switches = code.substr(name.size());
    }
    if (name.empty()) return {.problem = "the field names nothing; write MERGEFIELD name"};
    // A switch of Word's that has no effect here must not take the name's value away.
    const std::string text = std::string(name) + ' ' + std::string(switches);
    if (Tag tag = parse_tag(text); tag.kind != TagKind::Unknown) return tag;
    Tag tag = parse_tag("x " + std::string(switches));
    if (tag.kind == TagKind::Unknown) tag = {.kind = TagKind::Value};
    tag.name = name;
    return tag;
}

std::optional<IfCode> parse_if(std::string_view code, const std::vector<FoundTag>& tags) { return IfParser(code, tags).parse(); }

}  // namespace docwright::docgen
