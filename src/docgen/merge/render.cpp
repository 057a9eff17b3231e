#include "docgen/merge/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "docgen/merge/cells.h"
#include "docgen/merge/decisions.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

// Where a step is run.
struct Place {
    const Scope& scope;
    TableCells* cells = nullptr;  // of the table around it; nullptr: none
    bool in_loop = false;
};

class Renderer {
public:
    Renderer(const Program& program, const MergeSettings& settings, Copies& copies, const Sink& sink, const Warn& warn,
             const ShowRich& show_rich)
        : program_(program), settings_(settings), copies_(copies), sink_(sink), warn_(warn), show_rich_(show_rich) {
        const std::string& prefix = program.prefix;
        line_break_ = tab_ = " ";
        if (program.plain) return;
        line_break_ = fmt::format("</{0}t><{0}br/><{0}t xml:space=\"preserve\">", prefix);
        tab_ = fmt::format("</{0}t><{0}tab/><{0}t xml:space=\"preserve\">", prefix);
        no_rows_ = fmt::format("<{}p/>", prefix);
        choices_.assign(program.decisions.size(), 1);
        shown_before_.assign(static_cast<std::size_t>(program.copied), false);
    }

    Status run(const std::vector<Step>& steps, const Place& place) {
        for (const Step& step : steps) TRY(run(step, place));
        return success();
    }

private:
    Status run(const Step& step, const Place& place) {
        switch (step.kind) {
            case StepKind::Bytes: return emit(step.bytes);
            case StepKind::Text:
                if (place.cells) place.cells->add_text(step.plain);
                return emit(step.bytes);
            case StepKind::Value: return put(TRY(value_of(step, place)), place);
            case StepKind::Code: return put_code(TRY(value_of(step, place)));
            case StepKind::Rich: return run_rich(step, place);
            case StepKind::Formula: return run_formula(step, place);
            case StepKind::Loop: return run_loop(step, place);
            case StepKind::Table: return run_table(step, place);
            case StepKind::Row: return run_row(step, place);
            case StepKind::Cell:
                if (place.cells) place.cells->begin_cell(step.column);
                return run(step.body, place);
            case StepKind::Aside: return run(step.body, {place.scope, nullptr, place.in_loop});
            case StepKind::Decide: decide_now(step, place.scope); return success();
            case StepKind::When: return is_shown(step) ? run(step.body, place) : success();
            case StepKind::Once: return is_first(step) ? run(step.body, place) : success();
            case StepKind::Number: return run_number(step, place);
            case StepKind::Note: return run_note(step, place);
            case StepKind::NoteId: return emit(note_number_);
        }
        return success();
    }

    Result<std::string> value_of(const Step& step, const Place& place) const {
        return is_unfilled(step, place) ? unfilled(step) : shown(step.tag, place.scope, settings_, warn_);
    }

    bool is_unfilled(const Step& step, const Place& place) const {
        return settings_.missing != Missing::Empty && is_missing(step.tag, place.scope);
    }
    Result<std::string> unfilled(const Step& step) const {
        const TagPlace& tag = program_.tags[static_cast<std::size_t>(step.listed)];
        if (settings_.missing == Missing::Error) return missing_value(tag);
        return tag.text;
    }

    Status run_rich(const Step& step, const Place& place) {
        const RichPlace& around = step.place;
        if (is_unfilled(step, place)) {
            const std::string text = TRY(unfilled(step));
            if (!around.whole_paragraph) return put(text, place);
            TRY(emit(fmt::format("<{0}p>{1}<{0}r>{2}<{0}t xml:space=\"preserve\">", program_.prefix, around.paragraph_properties,
                                 around.run_properties)));
            TRY(put(text, place));
            return emit(fmt::format("</{0}t></{0}r></{0}p>", program_.prefix));
        }
        if (looking_) return success();
        if (show_rich_) return sink_(TRY(show_rich_(step.tag, place.scope.find(step.tag.name), around)));
        return around.whole_paragraph ? sink_(no_rows_) : success();
    }

    Status run_loop(const Step& step, const Place& place) {
        const Items items(place.scope.find(step.tag.name));
        for (std::size_t i = 0; i < items.size(); ++i) {
            Names outer = std::exchange(names_, {});
            TRY(run(step.body, {place.scope.inside(items[i], static_cast<int>(i) + 1), place.cells, true}));
            names_ = std::move(outer);
        }
        return success();
    }

    // Word wants a row in every table, and a paragraph behind a table that ends a cell. What a table inside a cell shows is no
    // number of that cell, so while a table is only looked at those inside of it are left out.
    Status run_table(const Step& step, const Place& place) {
        if (looking_) return success();
        if (!has_row(step.body, place.scope)) return emit(no_rows_);
        TableCells cells;
        const Place inside{place.scope, &cells, false};
        if (!step.looks_ahead) return run(step.body, inside);
        looking_ = true;
        const Status looked = run(step.body, inside);
        looking_ = false;
        TRY(looked);
        Ahead outer = std::exchange(ahead_, {.results = cells.finish()});
        TableCells again;
        TRY(run(step.body, {place.scope, &again, false}));
        ahead_ = std::move(outer);
        return success();
    }

    bool has_row(const std::vector<Step>& steps, const Scope& scope) {
        for (const Step& step : steps) {
            if (step.kind == StepKind::Row) return true;
            if (step.kind == StepKind::Decide) decide_now(step, scope);
            if (step.kind == StepKind::When && is_shown(step) && has_row(step.body, scope)) return true;
            if (step.kind != StepKind::Loop) continue;
            const Items items(scope.find(step.tag.name));
            for (std::size_t i = 0; i < items.size(); ++i)
                if (has_row(step.body, scope.inside(items[i], static_cast<int>(i) + 1))) return true;
        }
        return false;
    }

    Status run_row(const Step& step, const Place& place) {
        if (!place.cells) return run(step.body, place);
        place.cells->begin_row(place.in_loop);
        TRY(run(step.body, place));
        if (place.cells->end_row()) return success();
        return Error{Fault::LimitExceeded,
                     "Too many formulas of one table wait for the cells BELOW them. Put such a formula above a loop, not into it."};
    }

    Status run_formula(const Step& step, const Place& place) {
        if (!place.cells) {
            warn_("A formula outside of a table has no cells to work on; it shows nothing. Put it into a cell.");
            return success();
        }
        const Tag& tag = step.tag;
        if (!step.looks_ahead) return put(shown_number(place.cells->behind(tag.function, tag.direction), tag.switches, settings_), place);
        if (looking_) {
            place.cells->expect(tag.function, tag.direction);
            return success();
        }
        const Decimal result = ahead_.next < ahead_.results.size() ? ahead_.results[ahead_.next] : Decimal{};
        ++ahead_.next;
        return put(shown_number(result, tag.switches, settings_), place);
    }

    void decide_now(const Step& step, const Scope& scope) {
        const auto index = static_cast<std::size_t>(step.index);
        choices_[index] = decide(program_.decisions[index], program_, scope, settings_, warn_);
    }

    bool holds(int guard) const {
        for (; guard >= 0; guard = program_.guards[static_cast<std::size_t>(guard)].outer) {
            const Guard& each = program_.guards[static_cast<std::size_t>(guard)];
            if (choices_[static_cast<std::size_t>(each.decision)] != each.choice) return false;
        }
        return true;
    }
    bool is_shown(const Step& step) const {
        return std::ranges::any_of(step.guards, [this](int guard) { return holds(guard); }) != step.negated;
    }

    // Whether what differs in copies is shown for the first time.
    bool is_first(const Step& step) {
        if (looking_) return false;
        auto shown = shown_before_[static_cast<std::size_t>(step.index)];
        const bool first = !shown;
        shown = true;
        return first;
    }

    Status run_number(const Step& step, const Place& place) {
        if (looking_) return success();
        const bool first = is_first(step);
        const bool is_note = step.numbered == Numbered::Footnote || step.numbered == Numbered::Endnote;
        if (first && !is_note) return emit(step.bytes);
        if (is_note) {
            std::string number = first ? std::string(step.bytes) : copies_.fresh(step.numbered, step.bytes);
            copies_.add_note(step.numbered, step.bytes, number, place.scope);
            return emit(number);
        }
        const bool is_paired = step.numbered == Numbered::Bookmark || step.numbered == Numbered::BookmarkName;
        if (!is_paired) return emit(copies_.fresh(step.numbered, step.bytes));
        std::string& name = names_[{step.numbered, step.bytes}];  // the start and the end, and links to it, agree
        if (name.empty()) name = copies_.fresh(step.numbered, step.bytes);
        return emit(name);
    }

    Status run_note(const Step& step, const Place& place) {
        const std::vector<NoteCopy>* notes = copies_.notes(step.numbered, step.bytes);
        note_number_ = step.bytes;
        if (!notes) return run(step.body, place);
        for (const NoteCopy& note : *notes) {
            note_number_ = note.number;
            names_.clear();
            TRY(run(step.body, {note.scopes.back(), nullptr, true}));
        }
        return success();
    }

    Status emit(std::string_view bytes) const { return looking_ ? success() : sink_(bytes); }

    // Inside a text element.
    Status put(std::string_view text, const Place& place) {
        if (place.cells) place.cells->add_text(text);
        if (looking_) return success();
        std::string out;
        for (std::size_t special; (special = text.find_first_of("\n\t")) != std::string_view::npos; text.remove_prefix(special + 1)) {
            append_escaped(out, text.substr(0, special));
            out += text[special] == '\n' ? line_break_ : tab_;
        }
        append_escaped(out, text);
        return sink_(out);
    }

    // Inside the code of a field, where quotes and backslashes have a meaning of their own.
    Status put_code(std::string_view text) const {
        std::string safe, out;
        for (const char c : text) {
            if (c == '"') {
                safe += "%22";
            } else if (c == '\\') {
                safe += "\\\\";
            } else {
                safe += c == '\n' || c == '\t' ? ' ' : c;
            }
        }
        append_escaped(out, safe);
        return emit(out);
    }

    using Names = std::map<std::pair<Numbered, std::string_view>, std::string>;
    struct Ahead {
        std::vector<Decimal> results = {};
        std::size_t next = 0;
    };

    const Program& program_;
    const MergeSettings& settings_;
    Copies& copies_;
    const Sink& sink_;
    const Warn& warn_;
    const ShowRich& show_rich_;
    std::string line_break_, tab_, no_rows_;
    std::vector<int> choices_;        // by decision
    std::vector<bool> shown_before_;  // by step that differs in copies
    Names names_;                     // of bookmarks in this copy
    Ahead ahead_;                     // results of the table's formulas over what comes after them
    bool looking_ = false;            // a table is gone through for these results; nothing is put out
    std::string note_number_;
};

}  // namespace

Error missing_value(const TagPlace& tag) {
    std::string where;
    if (tag.table > 0) {
        where = fmt::format(" in table {}, row {}", tag.table, tag.row);
    } else if (tag.paragraph > 0) {
        where = fmt::format(" in paragraph {}", tag.paragraph);
    }
    return {Fault::InvalidInput,
            fmt::format("There is no value for {}{}. Add \"{}\" to the values, or ask for missing values to stay empty.", tag.text, where,
                        tag.tag.name)};
}

Status render(const Program& program, const json::value& values, const MergeSettings& settings, Copies& copies, const Sink& sink,
              const Warn& warn, const ShowRich& show_rich) {
    return Renderer(program, settings, copies, sink, warn, show_rich).run(program.steps, {Scope(values)});
}

Status render(const Program& program, const json::value& values, const MergeSettings& settings, const Sink& sink, const Warn& warn) {
    Copies copies;
    copies.know(program.used);
    return render(program, values, settings, copies, sink, warn);
}

}  // namespace docwright::docgen
