#include "docgen/template/field_spans.h"

#include <algorithm>

#include "base/limits.h"

namespace docwright::docgen {
namespace {

// The element around the paragraph that the token stands in.
std::size_t around_paragraph(const Structure& structure, std::size_t token) {
    const std::uint32_t number = structure.paragraph_of[token];
    return number == Structure::kNoParagraph ? kNone : structure.parents[structure.paragraphs[number].token];
}

class Finder {
public:
    explicit Finder(const Structure& structure) : structure_(structure) {}

    std::vector<FieldSpan> find() {
        for (std::size_t i = 0; i < structure_.tokens.size(); ++i) {
            const bool starts = structure_.tokens[i].kind == XmlKind::Start;
            switch (structure_.elements[i]) {
                case Element::Cell:
                case Element::TextBox:
                case Element::Note:
                    if (starts) {
                        floors_.push_back(open_.size());
                    } else if (!floors_.empty()) {
                        open_.resize(std::min(open_.size(), floors_.back()));
                        floors_.pop_back();
                    }
                    break;
                case Element::SimpleField:
                    if (structure_.starts(i, Element::SimpleField)) add_simple(i);
                    break;
                case Element::FieldCharacter:
                    if (structure_.starts(i, Element::FieldCharacter)) read_character(i);
                    break;
                default: break;
            }
        }
        return finished();
    }

private:
    void add_simple(std::size_t i) {
        found_.push_back({.begin = i, .separate = i, .end = structure_.tokens[i].partner, .simple = true});
        complete_.push_back(true);
    }

    void read_character(std::size_t i) {
        const std::string_view type = attribute(structure_.part, structure_.tokens[i], structure_.prefix + "fldCharType").value_or("");
        const std::size_t floor = floors_.empty() ? 0 : floors_.back();
        if (type == "begin") {
            open_.push_back(found_.size());
            found_.push_back({.begin = i});
            complete_.push_back(false);
        } else if (open_.size() > floor && type == "separate") {
            found_[open_.back()].separate = i;
        } else if (open_.size() > floor && type == "end") {
            FieldSpan& field = found_[open_.back()];
            field.end = i;
            if (field.separate == 0) field.separate = i;
            complete_[open_.back()] = around_paragraph(structure_, field.begin) == around_paragraph(structure_, i);
            open_.pop_back();
        }
    }

    std::vector<FieldSpan> finished() {
        std::vector<FieldSpan> fields;
        std::vector<int> around;
        for (std::size_t i = 0; i < found_.size(); ++i) {
            if (!complete_[i]) continue;
            FieldSpan& field = found_[i];
            while (!around.empty() && fields[static_cast<std::size_t>(around.back())].end < field.begin) around.pop_back();
            if (around.size() >= limits::kFieldDepth) continue;
            const int number = static_cast<int>(fields.size());
            if (!around.empty()) {
                field.outer = around.back();
                fields[static_cast<std::size_t>(around.back())].inner.push_back(number);
            }
            fields.push_back(std::move(field));
            around.push_back(number);
        }
        return fields;
    }

    const Structure& structure_;
    std::vector<FieldSpan> found_;
    std::vector<bool> complete_;
    std::vector<std::size_t> open_, floors_;  // floors: how many were open where the cell, text box or note began
};

// The last token of what stands between the end of a paragraph and the content of the next one; kNone: there is none before `last`.
std::size_t break_end(const Structure& structure, std::size_t paragraph_end, std::size_t last) {
    const std::size_t parent = structure.parents[structure.tokens[paragraph_end].partner];
    for (std::size_t i = paragraph_end + 1; i < last; ++i) {
        // One without content has no end of its own to go on with.
        if (structure.parents[i] != parent || !structure.is(i, Element::Paragraph) || structure.tokens[i].kind != XmlKind::Start) continue;
        for (std::size_t child = i + 1; child < last; ++child) {
            if (structure.tokens[child].kind == XmlKind::Text) continue;
            return structure.starts(child, Element::ParagraphProperties) ? structure.tokens[child].partner : i;
        }
        return i;
    }
    return kNone;
}

}  // namespace

std::vector<FieldSpan> find_fields(const Structure& structure) { return Finder(structure).find(); }

bool visit_field(const Structure& structure, std::size_t first, std::size_t last, const FieldVisitor& visitor) {
    for (std::size_t i = first + 1; i < last; ++i) {
        if (const std::size_t passed = visitor.pass_over(i); passed != i) {
            i = passed;
        } else if (structure.is_leaf(i)) {
            visitor.leaf(i);
            i = structure.tokens[i].partner;
        } else if (structure.ends(i, Element::Paragraph)) {
            const std::size_t end = break_end(structure, i, last);
            if (end == kNone) return false;
            visitor.paragraph_break(i, end);
            i = end;
        }
    }
    return true;
}

}  // namespace docwright::docgen
