#include "docgen/template/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "docgen/template/numbered.h"
#include "docgen/template/rich_place.h"

namespace docwright::docgen {
namespace {

constexpr int kMostSpan = 1000;

bool is_rich(const Tag& tag) { return tag.kind == TagKind::Image || tag.kind == TagKind::Html || tag.kind == TagKind::Link; }

class Builder {
public:
    Builder(Program& program, const Plan& plan, const Structure& structure, const Loops& loops)
        : program_(program), plan_(plan), structure_(structure), tokens_(structure.tokens), loops_(loops) {}

    void run() {
        mark_special();
        for (const auto& each : {"t", "instrText"}) {
            text_starts_.push_back(own(fmt::format("<{}{} xml:space=\"preserve\">", program_.prefix, each)));
            text_ends_.push_back(own(fmt::format("</{}{}>", program_.prefix, each)));
        }
        build(0, tokens_.size(), program_.steps);
    }

private:
    // Elements that are not just copied.
    void mark_special() {
        special_.assign(tokens_.size(), false);
        const auto mark = [this](const auto& places) {
            for (const auto& [token, ignored] : places) special_[token] = true;
        };
        mark(plan_.edits);
        mark(plan_.addresses);
        mark(plan_.plain);
        mark(plan_.shown_if);
        mark(plan_.decided_before);
        for (const std::size_t token : plan_.left_out) special_[token] = true;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].kind != XmlKind::Start && tokens_[i].kind != XmlKind::Empty) continue;
            switch (structure_.elements[i]) {
                case Element::Table:
                case Element::Row:
                case Element::Cell:
                case Element::TextBox:
                case Element::Note: special_[i] = special_[i] || tokens_[i].kind == XmlKind::Start; break;
                default: break;
            }
        }
        for (const auto& [row, loop] : loops_.by_row)
            for (std::size_t i = row; i < tokens_[loop.last_row].partner; ++i) mark_numbered(i);
        mark_markup();
    }

    // Markup that has a paragraph for itself becomes paragraphs.
    void mark_markup() {
        for (const PlacedTag& placed : plan_.tags) {
            const std::uint32_t number = structure_.paragraph_of[placed.token];
            if (placed.tag.kind != TagKind::Html || number == Structure::kNoParagraph) continue;
            const std::size_t paragraph = structure_.paragraphs[number].token, end = tokens_[paragraph].partner;
            if (plan_.cuts.lower_bound(paragraph) != plan_.cuts.upper_bound(end)) continue;
            if (plan_.decided_before.upper_bound(paragraph) != plan_.decided_before.upper_bound(end)) continue;
            const auto text = lone_tag(tokens_, paragraph, program_.prefix, [this](std::size_t each) { return left_of(each); });
            if (!text) continue;
            lone_markup_[paragraph] = *text;
            special_[paragraph] = true;
        }
    }

    TextLeft left_of(std::size_t text) const {
        const auto edit = plan_.edits.find(text);
        if (edit == plan_.edits.end()) return tokens_[text].partner > text + 1 ? TextLeft::More : TextLeft::Nothing;
        if (edit->second.empty()) return TextLeft::Nothing;
        const Segment& only = edit->second[0];
        return edit->second.size() == 1 && only.is_tag() && only.guard == kAlways ? TextLeft::OneTag : TextLeft::More;
    }

    Step rich_step(std::size_t tag, std::size_t text) const {
        const PlacedTag& placed = plan_.tags[tag];
        RichPlace place = rich_place(structure_.part, tokens_, text, program_.prefix);
        place.name = fmt::format("{} in {}", placed.text, structure_.place(placed.token));
        return {.kind = StepKind::Rich, .tag = placed.tag, .listed = static_cast<int>(tag), .place = std::move(place)};
    }

    void mark_numbered(std::size_t i) {
        if (tokens_[i].kind != XmlKind::Start && tokens_[i].kind != XmlKind::Empty) return;
        switch (structure_.elements[i]) {
            case Element::Paragraph:
            case Element::BookmarkStart:
            case Element::BookmarkEnd:
            case Element::Hyperlink:
            case Element::DrawingNumbers:
            case Element::Id:
            case Element::NoteReference:
            case Element::CommentMark: special_[i] = true; break;
            default: break;
        }
    }

    std::string_view own(std::string bytes) { return program_.own.emplace_back(std::move(bytes)); }
    void copy(std::size_t begin, std::size_t end, std::vector<Step>& steps) const {
        if (end > begin) steps.push_back({.kind = StepKind::Bytes, .bytes = structure_.part.substr(begin, end - begin)});
    }
    void put(std::string_view bytes, std::vector<Step>& steps) const { steps.push_back({.kind = StepKind::Bytes, .bytes = bytes}); }

    // The tokens from first to last, the latter not included. `inside`: the cut that begins with the first has been seen to.
    void build(std::size_t first, std::size_t last, std::vector<Step>& steps, bool inside = false) {
        if (first >= last) return;
        std::size_t copied = tokens_[first].begin;
        for (std::size_t i = first; i < last; ++i) {
            const auto cut = inside && i == first ? plan_.cuts.end() : plan_.cuts.find(i);
            const bool is_cut = cut != plan_.cuts.end();
            if (!is_cut && !special_[i]) continue;
            copy(copied, tokens_[i].begin, steps);
            i = is_cut ? put_cut(i, cut->second, steps) : put_element(i, steps);
            copied = tokens_[i].end;
        }
        copy(copied, tokens_[last - 1].end, steps);
    }

    // These give the last token that they have put.

    std::size_t put_cut(std::size_t i, const Cut& cut, std::vector<Step>& steps) {
        if (cut.guard == kAlways) return cut.last;
        Step step{.kind = StepKind::When, .guards = {cut.guard}};
        build(i, cut.last + 1, step.body, true);
        steps.push_back(std::move(step));
        return cut.last;
    }

    std::size_t put_element(std::size_t i, std::vector<Step>& steps) {
        if (structure_.is(i, Element::Row)) {
            const auto loop = loops_.by_row.find(i);
            if (loop != loops_.by_row.end() && loop->second.tag != building_) return put_loop(i, loop->second, steps);
        }
        put_decisions(plan_.decided_before, i, steps);
        const std::size_t end = tokens_[i].partner;
        if (plan_.left_out.contains(i)) {
            if (plan_.hollow.contains(i)) put_hollow(i, steps);
            return end;
        }
        const auto shown = plan_.shown_if.find(i);
        if (shown == plan_.shown_if.end()) return put_content(i, false, steps);
        Step step{.kind = StepKind::When, .guards = shown->second};
        put_content(i, true, step.body);
        steps.push_back(std::move(step));
        if (plan_.hollow.contains(i)) {
            Step otherwise{.kind = StepKind::When, .negated = true, .guards = shown->second};
            put_hollow(i, otherwise.body);
            steps.push_back(std::move(otherwise));
        }
        return end;
    }

    static void put_decisions(const std::map<std::size_t, std::vector<int>>& decided, std::size_t i, std::vector<Step>& steps) {
        const auto found = decided.find(i);
        if (found == decided.end()) return;
        for (const int decision : found->second) steps.push_back({.kind = StepKind::Decide, .index = decision});
    }

    // A paragraph with its properties and nothing else.
    void put_hollow(std::size_t i, std::vector<Step>& steps) {
        copy(tokens_[i].begin, tokens_[i].end, steps);
        for (std::size_t child = i + 1; child < tokens_[i].partner; child = tokens_[child].partner + 1)
            if (structure_.starts(child, Element::ParagraphProperties))
                copy(tokens_[child].begin, tokens_[tokens_[child].partner].end, steps);
        if (tokens_[i].partner != i) copy(tokens_[tokens_[i].partner].begin, tokens_[tokens_[i].partner].end, steps);
    }

    // `whole`: not only the start of an element that has no more than numbers in it.
    std::size_t put_content(std::size_t i, bool whole, std::vector<Step>& steps) {
        const XmlToken& token = tokens_[i];
        if (const auto edit = plan_.edits.find(i); edit != plan_.edits.end()) {
            put_text(i, edit->second, steps);
            return token.partner;
        }
        if (const auto plain = plan_.plain.find(i); plain != plan_.plain.end()) {
            steps.push_back({.kind = StepKind::Text, .bytes = structure_.bytes(i, token.partner), .plain = plain->second});
            return token.partner;
        }
        if (const auto markup = lone_markup_.find(i); markup != lone_markup_.end()) {
            steps.push_back(rich_step(plan_.edits.at(markup->second)[0].tag, markup->second));
            steps.back().place.whole_paragraph = true;
            return token.partner;
        }
        switch (structure_.elements[i]) {
            case Element::Table: return put_table(i, steps);
            case Element::Row: return put_row(i, steps);
            case Element::Cell: return put_cell(i, steps);
            case Element::TextBox: return put_as(StepKind::Aside, i, steps);
            case Element::Note: return put_note(i, steps);
            case Element::CommentMark:
                if (loop_depth_ == 0) break;
                steps.push_back({.kind = StepKind::Once, .index = program_.copied++});
                copy(token.begin, tokens_[token.partner].end, steps.back().body);
                return token.partner;
            default: break;
        }
        put_start(i, steps);
        if (!whole) return i;
        put_rest(i, steps);
        return token.partner;
    }

    // The rest of an element whose start has been put.
    void put_rest(std::size_t i, std::vector<Step>& steps) {
        if (tokens_[i].partner == i) return;
        build(i + 1, tokens_[i].partner, steps);
        copy(tokens_[tokens_[i].partner].begin, tokens_[tokens_[i].partner].end, steps);
    }

    // The start of an element, with what is numbered in it and a simple field's code.
    void put_start(std::size_t i, std::vector<Step>& steps) {
        std::size_t at = tokens_[i].begin;
        if (const auto address = plan_.addresses.find(i); address != plan_.addresses.end()) {
            const std::string_view code = attribute(structure_.part, tokens_[i], program_.prefix + "instr").value_or("");
            const auto begin = static_cast<std::size_t>(code.data() - structure_.part.data());
            copy(at, begin, steps);
            for (const Segment& segment : address->second) put_segment(i, segment, true, steps);
            at = begin + code.size();
        } else if (loop_depth_ > 0) {
            for (const NumberedValue& value : numbered_values(structure_, i)) {
                if (structure_.is(i, Element::Hyperlink) && !is_copied_bookmark(value)) continue;
                copy(at, value.begin, steps);
                steps.push_back({.kind = StepKind::Number,
                                 .bytes = structure_.part.substr(value.begin, value.end - value.begin),
                                 .index = program_.copied++,
                                 .numbered = value.numbered});
                at = value.end;
            }
        }
        copy(at, tokens_[i].end, steps);
    }

    // Whether a link leads to a bookmark inside of the rows that are being repeated.
    bool is_copied_bookmark(const NumberedValue& anchor) const {
        const std::string_view name = structure_.part.substr(anchor.begin, anchor.end - anchor.begin);
        for (std::size_t i = loop_first_; i < loop_last_; ++i)
            if (structure_.starts(i, Element::BookmarkStart) && attribute(structure_.part, tokens_[i], program_.prefix + "name") == name)
                return true;
        return false;
    }

    std::size_t put_as(StepKind kind, std::size_t i, std::vector<Step>& steps) {
        Step step{.kind = kind};
        put_start(i, step.body);
        put_rest(i, step.body);
        steps.push_back(std::move(step));
        return tokens_[i].partner;
    }

    std::size_t put_table(std::size_t i, std::vector<Step>& steps) {
        const bool outer = std::exchange(looks_ahead_, false);
        put_as(StepKind::Table, i, steps);
        steps.back().looks_ahead = looks_ahead_;
        looks_ahead_ = outer;
        return tokens_[i].partner;
    }

    std::size_t put_row(std::size_t i, std::vector<Step>& steps) {
        const int outer_column = std::exchange(next_column_, number_in(i, "gridBefore", 0));
        put_as(StepKind::Row, i, steps);
        next_column_ = outer_column;
        return tokens_[i].partner;
    }

    std::size_t put_loop(std::size_t i, const LoopRows& loop, std::vector<Step>& steps) {
        put_decisions(plan_.decided_before_loops, i, steps);
        const std::size_t outer = std::exchange(building_, loop.tag), end = tokens_[loop.last_row].partner;
        const std::size_t outer_first = loop_first_, outer_last = loop_last_;
        if (loop_depth_++ == 0) loop_first_ = i, loop_last_ = end;
        Step step{.kind = StepKind::Loop, .tag = plan_.tags[loop.tag].tag, .listed = static_cast<int>(loop.tag)};
        build(i, end + 1, step.body);
        --loop_depth_;
        loop_first_ = outer_first, loop_last_ = outer_last;
        building_ = outer;
        if (const auto shown = plan_.loops_shown_if.find(i); shown != plan_.loops_shown_if.end()) {
            Step when{.kind = StepKind::When, .guards = {shown->second}};
            when.body.push_back(std::move(step));
            step = std::move(when);
        }
        steps.push_back(std::move(step));
        return end;
    }

    std::size_t put_cell(std::size_t i, std::vector<Step>& steps) {
        next_column_ += std::clamp(number_in(i, "gridSpan", 1), 1, kMostSpan);
        const int column = next_column_ - 1;
        put_as(StepKind::Cell, i, steps);
        steps.back().column = column;
        next_column_ = column + 1;
        return tokens_[i].partner;
    }

    // The value of a property of the row or cell that starts at the token.
    int number_in(std::size_t i, std::string_view name, int otherwise) const {
        for (std::size_t child = i + 1; child < tokens_[i].partner; ++child) {
            const XmlToken& token = tokens_[child];
            if (token.kind == XmlKind::End) continue;
            if (token.name.size() == program_.prefix.size() + name.size() && token.name.ends_with(name)) {
                const std::string_view digits = attribute(structure_.part, token, program_.prefix + "val").value_or("");
                int number = otherwise;
                std::from_chars(digits.data(), digits.data() + digits.size(), number);
                return number;
            }
            // Properties stand before the content.
            if (structure_.is(child, Element::Cell) || structure_.is(child, Element::Paragraph)) break;
        }
        return otherwise;
    }

    // Those that only draw lines between text and notes have a type.
    std::size_t put_note(std::size_t i, std::vector<Step>& steps) {
        const std::vector<NumberedValue> values = numbered_values(structure_, i);
        if (values.empty() || attribute(structure_.part, tokens_[i], program_.prefix + "type")) return put_as(StepKind::Aside, i, steps);
        const std::string_view number = structure_.part.substr(values[0].begin, values[0].end - values[0].begin);
        Step step{.kind = StepKind::Note, .bytes = number, .numbered = values[0].numbered};
        copy(tokens_[i].begin, values[0].begin, step.body);
        step.body.push_back({.kind = StepKind::NoteId, .bytes = number});
        copy(values[0].end, tokens_[i].end, step.body);
        ++loop_depth_;
        put_rest(i, step.body);
        --loop_depth_;
        steps.push_back(std::move(step));
        return tokens_[i].partner;
    }

    // In place of a piece of a run; of a simple field without one it is a run of its own.
    void put_text(std::size_t leaf, const std::vector<Segment>& segments, std::vector<Step>& steps) {
        const bool wants_run = structure_.is(leaf, Element::SimpleField), as_code = plan_.codes.contains(leaf);
        for (std::size_t first = 0, last = 0; first < segments.size(); first = last) {
            std::vector<Step> inside;
            for (last = first; last < segments.size() && segments[last].guard == segments[first].guard; ++last)
                put_segment(leaf, segments[last], as_code, inside);
            if (inside.empty()) continue;
            Step when{.kind = StepKind::When, .guards = {segments[first].guard}};
            std::vector<Step>& out = segments[first].guard == kAlways ? steps : when.body;
            if (wants_run) put(own(fmt::format("<{}r>", program_.prefix)), out);
            put(text_starts_[as_code ? 1 : 0], out);
            std::ranges::move(inside, std::back_inserter(out));
            put(text_ends_[as_code ? 1 : 0], out);
            if (wants_run) put(own(fmt::format("</{}r>", program_.prefix)), out);
            if (segments[first].guard != kAlways) steps.push_back(std::move(when));
        }
    }

    void put_segment(std::size_t leaf, const Segment& segment, bool as_code, std::vector<Step>& steps) {
        if (!segment.is_tag()) {
            std::string escaped;
            append_escaped(escaped, segment.text);
            steps.push_back({.kind = as_code ? StepKind::Bytes : StepKind::Text,
                             .bytes = own(std::move(escaped)),
                             .plain = as_code ? "" : segment.text});
            return;
        }
        const Tag& tag = plan_.tags[segment.tag].tag;
        if (is_rich(tag) && !as_code) return steps.push_back(rich_step(segment.tag, leaf));
        Step step{.kind = as_code ? StepKind::Code : StepKind::Value, .tag = tag, .listed = static_cast<int>(segment.tag)};
        if (tag.kind == TagKind::Formula) {
            step.kind = StepKind::Formula;
            step.looks_ahead = tag.direction == Direction::Below || tag.direction == Direction::Right;
            looks_ahead_ = looks_ahead_ || step.looks_ahead;
        } else if (tag.kind != TagKind::Value && tag.kind != TagKind::RowNumber) {
            return;
        }
        steps.push_back(std::move(step));
    }

    Program& program_;
    const Plan& plan_;
    const Structure& structure_;
    const std::vector<XmlToken>& tokens_;
    const Loops& loops_;
    std::vector<bool> special_;
    std::map<std::size_t, std::size_t> lone_markup_;         // by the paragraph: the text element with the tag
    std::vector<std::string_view> text_starts_, text_ends_;  // of text, and of the code of a field
    std::size_t building_ = kNone;                           // the loop whose rows are being built
    std::size_t loop_first_ = 0, loop_last_ = 0;             // tokens of the outermost loop's rows
    int loop_depth_ = 0;
    int next_column_ = 0;
    bool looks_ahead_ = false;  // the table being built has such formulas
};

}  // namespace

void build_steps(Program& program, const Plan& plan, const Structure& structure, const Loops& loops) {
    Builder(program, plan, structure, loops).run();
}

}  // namespace docwright::docgen
