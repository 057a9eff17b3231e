#include "docgen/template/numbered.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace docwright::docgen {
namespace {

constexpr std::string_view kParagraphId = "w14:paraId";
constexpr int kHex = 16, kDecimal = 10;

std::optional<std::uint32_t> number_of(std::string_view digits, int base) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

class Values {
public:
    Values(const Structure& structure, std::size_t element) : structure_(structure), element_(element) {}

    void add(std::string_view name, Numbered numbered) {
        const std::optional<std::string_view> value = attribute(structure_.part, structure_.tokens[element_], name);
        if (!value) return;
        const auto begin = static_cast<std::size_t>(value->data() - structure_.part.data());
        values_.push_back({begin, begin + value->size(), numbered});
    }
    void add_own(std::string_view name, Numbered numbered) { add(structure_.prefix + std::string(name), numbered); }

    std::vector<NumberedValue> take() {
        std::ranges::sort(values_, {}, &NumberedValue::begin);
        return std::move(values_);
    }

private:
    const Structure& structure_;
    std::size_t element_;
    std::vector<NumberedValue> values_;
};

}  // namespace

Numbered note_kind(const Structure& structure, std::size_t element) {
    return structure.tokens[element].name.contains("endnote") ? Numbered::Endnote : Numbered::Footnote;
}

std::vector<NumberedValue> numbered_values(const Structure& structure, std::size_t element) {
    Values values(structure, element);
    switch (structure.elements[element]) {
        case Element::Paragraph:
        case Element::Row: values.add(kParagraphId, Numbered::Paragraph); break;
        case Element::BookmarkStart:
            values.add_own("id", Numbered::Bookmark);
            values.add_own("name", Numbered::BookmarkName);
            break;
        case Element::BookmarkEnd: values.add_own("id", Numbered::Bookmark); break;
        case Element::Hyperlink: values.add_own("anchor", Numbered::BookmarkName); break;
        case Element::DrawingNumbers: values.add("id", Numbered::Drawing); break;
        case Element::Id:
            if (structure.is(structure.parents[element], Element::StructuredProperties)) values.add_own("val", Numbered::Control);
            break;
        case Element::Note:
        case Element::NoteReference: values.add_own("id", note_kind(structure, element)); break;
        default: break;
    }
    return values.take();
}

UsedNumbers used_numbers(const Structure& structure) {
    UsedNumbers used;
    const bool has_paragraph_ids = structure.part.contains(kParagraphId);
    for (std::size_t i = 0; i < structure.tokens.size(); ++i) {
        const XmlKind kind = structure.tokens[i].kind;
        const Element element = structure.elements[i];
        if ((kind != XmlKind::Start && kind != XmlKind::Empty) || element == Element::Other) continue;
        if (!has_paragraph_ids && (element == Element::Paragraph || element == Element::Row)) continue;
        for (const NumberedValue& value : numbered_values(structure, i)) {
            const std::string_view digits = structure.part.substr(value.begin, value.end - value.begin);
            if (value.numbered == Numbered::Paragraph) {
                if (const auto number = number_of(digits, kHex)) used.paragraphs.push_back(*number);
                continue;
            }
            const auto number = number_of(digits, kDecimal);
            if (!number) continue;
            switch (value.numbered) {
                case Numbered::Bookmark: used.bookmark = std::max(used.bookmark, *number); break;
                case Numbered::Drawing: used.drawing = std::max(used.drawing, *number); break;
                case Numbered::Control: used.control = std::max(used.control, *number); break;
                case Numbered::Footnote:
                case Numbered::Endnote: used.note = std::max(used.note, *number); break;
                default: break;
            }
        }
    }
    return used;
}

}  // namespace docwright::docgen
