#include "docgen/template/last_paragraphs.h"

#include <optional>

namespace docwright::docgen {
namespace {

bool may_go(const Plan& plan, std::size_t element) { return plan.left_out.contains(element) || plan.shown_if.contains(element); }

// The last paragraph of the element, if nothing that stays ends it.
std::optional<std::size_t> missing_end(const Plan& plan, const Structure& structure, std::size_t element) {
    std::optional<std::size_t> last;
    for (std::size_t i = structure.tokens[element].partner; i-- > element + 1;) {
        const bool is_element = structure.tokens[i].kind == XmlKind::End || structure.tokens[i].kind == XmlKind::Empty;
        if (!is_element) continue;
        i = structure.tokens[i].kind == XmlKind::End ? structure.tokens[i].partner : i;
        switch (structure.elements[i]) {
            case Element::BookmarkStart:
            case Element::BookmarkEnd:
            case Element::CommentMark:
            case Element::Section: continue;
            case Element::Paragraph:
                if (!may_go(plan, i)) return std::nullopt;
                if (!last) last = i;
                continue;
            default:
                if (!may_go(plan, i)) return last;
        }
    }
    return last;
}

bool ends_section(const Structure& structure, std::size_t paragraph) {
    for (std::size_t i = paragraph + 1; i < structure.tokens[paragraph].partner; ++i) {
        if (structure.is(i, Element::Section)) return true;
        if (structure.is(i, Element::Run) || structure.ends(i, Element::ParagraphProperties)) return false;
    }
    return false;
}

}  // namespace

void keep_last_paragraphs(Plan& plan, const Structure& structure) {
    std::set<std::size_t> around;
    const auto note = [&](std::size_t element) {
        if (!structure.is(element, Element::Paragraph)) return;
        around.insert(structure.parents[element]);
        if (ends_section(structure, element)) plan.hollow.insert(element);
    };
    for (const std::size_t element : plan.left_out) note(element);
    for (const auto& [element, guards] : plan.shown_if) note(element);
    for (const std::size_t element : around)
        if (const std::optional<std::size_t> last = missing_end(plan, structure, element)) plan.hollow.insert(*last);
}

}  // namespace docwright::docgen
