#include "docgen/template/fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "docgen/template/field_code.h"
#include "docgen/template/field_spans.h"
#include "docgen/template/field_text.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kCharacterFormat = "CHARFORMAT";
constexpr std::size_t kShownCode = 60;  // characters of a field's code in a warning

// Where a field stands in another one.
struct Around {
    int guard = kAlways;        // of the branch it is in
    bool in_code = false;       // of a field that stays: its value is code too
    std::size_t paragraph = 0;  // token of the one in which the outermost field begins: decisions are made before it
};

class Fields {
public:
    Fields(Plan& plan, const Structure& structure) : plan_(plan), structure_(structure), fields_(find_fields(structure)) {}

    void read() {
        plan_.owned.assign(structure_.tokens.size(), false);
        for (const FieldSpan& field : fields_) {
            if (field.outer >= 0) continue;
            const std::uint32_t paragraph = structure_.paragraph_of[field.begin];
            if (paragraph == Structure::kNoParagraph) continue;
            read_field(field, {.paragraph = structure_.paragraphs[paragraph].token});
        }
    }

private:
    void read_field(const FieldSpan& field, const Around& around) {
        const FieldText text = field_text(structure_, fields_, field);
        const FieldKind kind = text.in_order ? field_kind(text.code) : FieldKind::Kept;
        if (kind == FieldKind::Merge || kind == FieldKind::Formula) return read_value(field, text, kind, around);
        if (kind == FieldKind::Other) return read_other(field, text, around);
        if (kind == FieldKind::If && can_be_replaced(field)) {
            if (const std::optional<IfCode> parsed = parse_if(text.code, text.tags)) return read_if(field, text, *parsed, around);
            warn_of_if(field, text);
        }
        keep(field, around);
    }

    void warn_of_if(const FieldSpan& field, const FieldText& text) {
        std::string code = text.code.substr(0, kShownCode);
        std::ranges::replace(code, kObject, '_');
        plan_.warnings.push_back(
            fmt::format("The field {{{}}} in {} cannot be read and keeps what it shows. Write {{ IF {{ MERGEFIELD name }} = \"text\" "
                        "\"shown then\" \"shown otherwise\" }}, each pair of braces made with Ctrl+F9.",
                        code, structure_.place(field.begin)));
    }

    // Each piece that the field is made of.
    template <class Visit>
    void each_leaf(const FieldSpan& field, Visit visit) const {
        if (!field.simple) visit(field.begin);
        const std::size_t first = field.begin, last = field.end;
        visit_field(structure_, first, last,
                    {.leaf = visit, .paragraph_break = [](std::size_t, std::size_t) {}, .pass_over = [](std::size_t i) { return i; }});
        if (!field.simple) visit(field.end);
    }

    bool can_be_replaced(const FieldSpan& field) const {
        return visit_field(
            structure_, field.begin, field.end,
            {.leaf = [](std::size_t) {}, .paragraph_break = [](std::size_t, std::size_t) {}, .pass_over = [](std::size_t i) { return i; }});
    }

    // Nothing of the field stays but what is put back afterwards.
    void remove(const FieldSpan& field) {
        const auto drop = [this](std::size_t leaf) {
            plan_.owned[leaf] = true;
            plan_.shown_if.erase(leaf);
            plan_.edits[leaf].clear();
        };
        if (!field.simple) drop(field.begin);
        visit_field(structure_, field.begin, field.end,
                    {.leaf = drop,
                     .paragraph_break = [this](std::size_t first, std::size_t last) { plan_.cuts[first] = {.last = last}; },
                     .pass_over =
                         [this](std::size_t i) {
                             if (structure_.starts(i, Element::SimpleField)) unwrap(i);
                             return i;
                         }});
        if (field.simple) {
            unwrap(field.begin);
        } else {
            drop(field.end);
        }
    }

    // The content of the element stays without it.
    void unwrap(std::size_t element) {
        plan_.cuts[element] = {.last = element};
        const std::size_t end = structure_.tokens[element].partner;
        plan_.cuts[end] = {.last = end};
    }

    // The piece whose run lends its formatting to the value; the field's own element where it holds none.
    std::size_t value_leaf(const FieldSpan& field, bool as_code) const {
        std::size_t first = kNone, texts = kNone;
        const std::size_t from = field.simple || as_code ? field.begin : field.separate;
        for (std::size_t i = from + 1; i < field.end; ++i) {
            if (!structure_.is_leaf(i)) continue;
            if (first == kNone) first = i;
            const bool is_text = structure_.is(i, Element::Text) || structure_.is(i, Element::FieldCode);
            if (is_text && texts == kNone) texts = i;
            i = structure_.tokens[i].partner;
        }
        return texts != kNone ? texts : field.simple && first != kNone ? first : field.begin;
    }

    void read_value(const FieldSpan& field, const FieldText& text, FieldKind kind, const Around& around) {
        Tag tag;
        std::string written;
        if (kind == FieldKind::Merge) {
            tag = merge_field_tag(text.code);
            written = fmt::format("{{ MERGEFIELD {} }}", tag.name);
        } else {
            tag = parse_tag(std::string_view(text.code).substr(text.code.find('=')));
            written = fmt::format("{{ {} }}", text.code);
        }
        if (tag.kind == TagKind::Unknown || !can_be_replaced(field)) return keep(field, around);
        const bool as_code =
            std::ranges::any_of(tag.switches.formats, [](const std::string& format) { return format == kCharacterFormat; });
        const std::size_t leaf = value_leaf(field, as_code);
        remove(field);
        if (around.in_code) plan_.codes.insert(leaf);
        if (leaf == field.begin) plan_.cuts.erase(field.begin);  // a simple field without content: the value gets a run of its own
        const std::size_t added =
            plan_.add_tag({.tag = std::move(tag), .text = std::move(written), .token = field.begin, .in_field = true});
        plan_.edits[leaf] = {{.tag = added, .guard = around.guard}};
    }

    void read_if(const FieldSpan& field, const FieldText& text, const IfCode& parsed, const Around& around) {
        Decision decision{.comparison = parsed.comparison,
                          .left = operand_of(structure_, fields_, text, parsed.left.begin, parsed.left.end, plan_),
                          .right = operand_of(structure_, fields_, text, parsed.right.begin, parsed.right.end, plan_)};
        const int made = plan_.add_decision(std::move(decision));
        plan_.decided_before[around.paragraph].push_back(made);
        remove(field);
        put_branch(field, text, parsed.then, plan_.add_guard(made, 0, around.guard), around);
        put_branch(field, text, parsed.otherwise, plan_.add_guard(made, 1, around.guard), around);
    }

    void put_branch(const FieldSpan& field, const FieldText& text, const Span& span, int guard, const Around& around) {
        const std::size_t only_leaf = field.simple ? value_leaf(field, false) : kNone;
        for (const CodePiece& piece : text.pieces) {
            if (piece.end <= span.begin || piece.begin >= span.end) continue;
            switch (piece.kind) {
                case CodePiece::Kind::Text: {
                    const std::size_t leaf = field.simple ? only_leaf : piece.token;
                    if (leaf == field.begin) plan_.cuts.erase(leaf);
                    std::vector<Segment> segments =
                        segments_of(plan_, text, std::max(piece.begin, span.begin), std::min(piece.end, span.end), piece.token, guard);
                    std::ranges::move(segments, std::back_inserter(plan_.edits[leaf]));
                    if (around.in_code) plan_.codes.insert(leaf);
                    break;
                }
                case CodePiece::Kind::Object:
                    plan_.edits.erase(piece.token);
                    plan_.shown_if[piece.token] = {guard};
                    break;
                case CodePiece::Kind::Field:
                    read_field(fields_[static_cast<std::size_t>(piece.field)],
                               {.guard = guard, .in_code = around.in_code, .paragraph = around.paragraph});
                    break;
                case CodePiece::Kind::ParagraphBreak: plan_.cuts[piece.token] = {.last = piece.last, .guard = guard}; break;
            }
        }
    }

    // The field stays. What a branch shows of it is text, also where Word wrote it as code since it was inside of one.
    void keep(const FieldSpan& field, const Around& around) {
        own_code(field);
        show_if(field, around);
        read_inner(field, around, false);
    }

    void read_other(const FieldSpan& field, const FieldText& text, const Around& around) {
        own_code(field);
        show_if(field, around);
        for (const CodePiece& piece : text.pieces) {
            const bool has_tag =
                std::ranges::any_of(text.tags, [&](const FoundTag& tag) { return tag.begin < piece.end && tag.end > piece.begin; });
            if (piece.kind != CodePiece::Kind::Text || !has_tag) continue;
            std::vector<Segment> segments = code_segments(text, piece, around.guard);
            if (field.simple) {
                plan_.addresses[field.begin] = std::move(segments);
            } else {
                plan_.shown_if.erase(piece.token);
                plan_.edits[piece.token] = std::move(segments);
                plan_.codes.insert(piece.token);
            }
        }
        read_inner(field, around, true);
    }

    // As segments_of(), but the code stays code: its escapes stay as they are.
    std::vector<Segment> code_segments(const FieldText& text, const CodePiece& piece, int guard) {
        std::vector<Segment> segments;
        std::size_t at = piece.begin;
        for (const FoundTag& tag : text.tags) {
            if (tag.end <= piece.begin || tag.begin >= piece.end) continue;
            if (tag.begin > at) segments.push_back({.text = text.code.substr(at, tag.begin - at), .guard = guard});
            if (tag.begin >= piece.begin)
                std::ranges::move(segments_of(plan_, text, tag.begin, tag.end, piece.token, guard), std::back_inserter(segments));
            at = std::min(tag.end, piece.end);
        }
        if (at < piece.end) segments.push_back({.text = text.code.substr(at, piece.end - at), .guard = guard});
        return segments;
    }

    void own_code(const FieldSpan& field) {
        if (field.simple) return;
        for (std::size_t i = field.begin; i <= field.separate; ++i)
            if (structure_.is_leaf(i)) plan_.owned[i] = true;
    }

    void show_if(const FieldSpan& field, const Around& around) {
        if (around.guard == kAlways) return;
        each_leaf(field, [&](std::size_t leaf) {
            plan_.owned[leaf] = true;
            plan_.edits.erase(leaf);
            if (leaf > field.separate && structure_.is(leaf, Element::FieldCode)) {
                plan_.edits[leaf] = {{.text = structure_.text_in(leaf), .guard = around.guard}};
            } else {
                plan_.shown_if[leaf] = {around.guard};
            }
        });
        if (!field.simple) return;
        plan_.cuts.erase(field.begin);
        plan_.cuts.erase(field.end);
        plan_.shown_if[field.begin] = {around.guard};
    }

    void read_inner(const FieldSpan& field, const Around& around, bool also_in_code) {
        for (const int number : field.inner) {
            const FieldSpan& inner = fields_[static_cast<std::size_t>(number)];
            const bool in_code = inner.in_code(field);
            if (in_code && !also_in_code) continue;
            read_field(inner, {.guard = around.guard, .in_code = in_code || around.in_code, .paragraph = around.paragraph});
        }
    }

    Plan& plan_;
    const Structure& structure_;
    const std::vector<FieldSpan> fields_;
};

}  // namespace

void read_fields(Plan& plan, const Structure& structure) { Fields(plan, structure).read(); }

}  // namespace docwright::docgen
