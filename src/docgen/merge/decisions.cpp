#include "docgen/merge/decisions.h"

#include <optional>

namespace docwright::docgen {
namespace {

std::string text_of(const std::vector<OperandPart>& operand, const Program& program, const Scope& scope, const MergeSettings& settings,
                    const Warn& warn) {
    std::string text;
    for (const OperandPart& part : operand) {
        if (part.is_tag) {
            text += shown(part.tag, scope, settings, warn);
        } else if (part.decision >= 0) {
            const Decision& inner = program.decisions[static_cast<std::size_t>(part.decision)];
            const bool holds = decide(inner, program, scope, settings, warn) == 0;
            text += text_of(holds ? part.then : part.otherwise, program, scope, settings, warn);
        } else {
            text += part.text;
        }
    }
    return text;
}

std::size_t character_bytes(std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
    return bytes;
}

bool compare(Comparison comparison, bool equal, bool smaller) {
    switch (comparison) {
        case Comparison::Equal: return equal;
        case Comparison::NotEqual: return !equal;
        case Comparison::Less: return smaller;
        case Comparison::LessEqual: return smaller || equal;
        case Comparison::Greater: return !smaller && !equal;
        case Comparison::GreaterEqual: return !smaller;
        case Comparison::Holds: break;
    }
    return false;
}

}  // namespace

bool matches(std::string_view text, std::string_view pattern) {
    std::optional<std::pair<std::string_view, std::string_view>> again;  // text and pattern behind the last *
    while (true) {
        if (!pattern.empty() && pattern.front() == '*') {
            pattern.remove_prefix(1);
            again = {text, pattern};
        } else if (text.empty()) {
            return pattern.empty();
        } else if (!pattern.empty() && (pattern.front() == '?' || pattern.front() == text.front())) {
            text.remove_prefix(pattern.front() == '?' ? character_bytes(text) : 1);
            pattern.remove_prefix(1);
        } else if (again && !again->first.empty()) {
            again->first.remove_prefix(1);
            text = again->first;
            pattern = again->second;
        } else {
            return false;
        }
    }
}

int decide(const Decision& decision, const Program& program, const Scope& scope, const MergeSettings& settings, const Warn& warn) {
    if (decision.comparison == Comparison::Holds) return holds(decision.condition, scope) ? 0 : 1;
    const std::string left = text_of(decision.left, program, scope, settings, warn);
    const std::string right = text_of(decision.right, program, scope, settings, warn);
    const std::optional<Decimal> a = number_in(left), b = number_in(right);
    if (a && b) {
        const bool smaller = less(*a, *b);
        return compare(decision.comparison, !smaller && !less(*b, *a), smaller) ? 0 : 1;
    }
    const bool may_match = decision.comparison == Comparison::Equal || decision.comparison == Comparison::NotEqual;
    return compare(decision.comparison, may_match ? matches(left, right) : left == right, left < right) ? 0 : 1;
}

}  // namespace docwright::docgen
