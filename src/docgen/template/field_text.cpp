#include "docgen/template/field_text.h"

#include <algorithm>

#include "docgen/template/field_code.h"

namespace docwright::docgen {
namespace {

class Reader {
public:
    Reader(const Structure& structure, const std::vector<FieldSpan>& fields, const FieldSpan& field)
        : structure_(structure), fields_(fields), field_(field) {}

    FieldText read() {
        if (field_.simple) {
            const std::string name = structure_.prefix + "instr";
            text_.code = decoded(attribute(structure_.part, structure_.tokens[field_.begin], name).value_or(""));
            text_.pieces.push_back({.kind = CodePiece::Kind::Text, .begin = 0, .end = text_.code.size(), .token = field_.begin});
        } else {
            const FieldVisitor visitor{.leaf = [this](std::size_t leaf) { add_leaf(leaf); },
                                       .paragraph_break =
                                           [this](std::size_t first, std::size_t last) {
                                               add("\n", {.kind = CodePiece::Kind::ParagraphBreak, .token = first, .last = last});
                                           },
                                       .pass_over = [this](std::size_t token) { return pass_field(token); }};
            text_.in_order = visit_field(structure_, field_.begin, field_.separate, visitor);
        }
        text_.tags = find_tags(text_.code);
        return std::move(text_);
    }

private:
    void add(std::string_view text, CodePiece piece) {
        piece.begin = text_.code.size();
        text_.code += text;
        piece.end = text_.code.size();
        text_.pieces.push_back(piece);
    }

    void add_leaf(std::size_t leaf) {
        switch (structure_.elements[leaf]) {
            case Element::Text:
            case Element::FieldCode: {
                std::string text = structure_.text_in(leaf);
                std::erase(text, kObject);
                return add(text, {.kind = CodePiece::Kind::Text, .token = leaf});
            }
            case Element::PageBreakHint:
            case Element::SoftHyphen: return add("", {.kind = CodePiece::Kind::Text, .token = leaf});
            default: return add(std::string_view(&kObject, 1), {.kind = CodePiece::Kind::Object, .token = leaf});
        }
    }

    std::size_t pass_field(std::size_t token) {
        for (const int inner : field_.inner) {
            const FieldSpan& field = fields_[static_cast<std::size_t>(inner)];
            if (field.begin != token) continue;
            add(std::string_view(&kObject, 1), {.kind = CodePiece::Kind::Field, .token = token, .field = inner});
            return structure_.tokens[field.end].partner > field.end ? structure_.tokens[field.end].partner : field.end;
        }
        return token;
    }

    const Structure& structure_;
    const std::vector<FieldSpan>& fields_;
    const FieldSpan& field_;
    FieldText text_;
};

// \" and \\ stand for the second of the two.
std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
        if (text[i] != kObject) out += text[i];
    }
    return out;
}

// Inside a field's code only values can stand.
Tag for_field(Tag tag) {
    if (tag.kind == TagKind::Value || tag.kind == TagKind::RowNumber || tag.kind == TagKind::Unknown) return tag;
    return {.problem = "in the code of a field only tags for one value work; put this one before or behind the field"};
}

// What a field that is not ours shows now.
std::string shown_by(const Structure& structure, const FieldSpan& field) {
    std::string text;
    for (std::size_t i = field.separate + 1; i < field.end; ++i)
        if (structure.starts(i, Element::Text) || structure.starts(i, Element::FieldCode)) text += structure.text_in(i);
    return text;
}

}  // namespace

FieldText field_text(const Structure& structure, const std::vector<FieldSpan>& fields, const FieldSpan& field) {
    return Reader(structure, fields, field).read();
}

std::vector<Segment> segments_of(Plan& plan, const FieldText& text, std::size_t begin, std::size_t end, std::size_t token, int guard) {
    std::vector<Segment> segments;
    const auto put_text = [&](std::size_t from, std::size_t to) {
        if (std::string plain = to > from ? unescaped(std::string_view(text.code).substr(from, to - from)) : std::string(); !plain.empty())
            segments.push_back({.text = std::move(plain), .guard = guard});
    };
    std::size_t at = begin;
    for (const FoundTag& found : text.tags) {
        if (found.end <= begin || found.begin >= end) continue;
        put_text(at, std::max(found.begin, begin));
        if (found.begin >= begin && found.escape) segments.push_back({.text = "{{", .guard = guard});
        if (found.begin >= begin && !found.escape) {
            const std::string written = text.code.substr(found.begin, found.end - found.begin);
            const std::size_t tag = plan.add_tag({.tag = for_field(found.tag), .text = written, .token = token, .in_field = true});
            segments.push_back({.tag = tag, .guard = guard});
        }
        at = std::min(found.end, end);
    }
    put_text(at, end);
    return segments;
}

std::vector<OperandPart> operand_of(const Structure& structure, const std::vector<FieldSpan>& fields, const FieldText& text,
                                    std::size_t begin, std::size_t end, Plan& plan) {
    std::vector<OperandPart> parts;
    for (const CodePiece& piece : text.pieces) {
        if (piece.end <= begin || piece.begin >= end) continue;
        if (piece.kind == CodePiece::Kind::Text || piece.kind == CodePiece::Kind::ParagraphBreak) {
            const std::size_t first = std::max(piece.begin, begin), last = std::min(piece.end, end);
            for (const Segment& segment : segments_of(plan, text, first, last, piece.token, kAlways)) {
                if (segment.is_tag()) {
                    parts.push_back({.tag = plan.tags[segment.tag].tag, .is_tag = true});
                } else {
                    parts.push_back({.text = segment.text});
                }
            }
        }
        if (piece.kind != CodePiece::Kind::Field) continue;
        const FieldSpan& inner = fields[static_cast<std::size_t>(piece.field)];
        const FieldText code = field_text(structure, fields, inner);
        const FieldKind kind = field_kind(code.code);
        const std::optional<IfCode> choice = kind == FieldKind::If ? parse_if(code.code, code.tags) : std::nullopt;
        if (kind == FieldKind::Merge) {
            const Tag tag = for_field(merge_field_tag(code.code));
            plan.add_tag({.tag = tag, .text = "{ MERGEFIELD " + tag.name + " }", .token = inner.begin, .in_field = true});
            parts.push_back({.tag = tag, .is_tag = true});
        } else if (choice) {
            const auto side = [&](const Span& span) { return operand_of(structure, fields, code, span.begin, span.end, plan); };
            OperandPart part{.then = side(choice->then), .otherwise = side(choice->otherwise)};
            part.decision = plan.add_decision({.comparison = choice->comparison, .left = side(choice->left), .right = side(choice->right)});
            parts.push_back(std::move(part));
        } else {
            parts.push_back({.text = shown_by(structure, inner)});
        }
    }
    return parts;
}

}  // namespace docwright::docgen
