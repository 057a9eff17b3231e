#include "docgen/merge/render.h"

#include <fmt/format.h>

#include <algorithm>

#include "docgen/merge/cells.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

class Renderer {
public:
    Renderer(const Program& program, const MergeSettings& settings, const Sink& sink, const Warn& warn)
        : program_(program), settings_(settings), sink_(sink), warn_(warn) {
        const std::string& prefix = program.prefix;
        line_break_ = fmt::format("</{0}t><{0}br/><{0}t xml:space=\"preserve\">", prefix);
        tab_ = fmt::format("</{0}t><{0}tab/><{0}t xml:space=\"preserve\">", prefix);
        no_rows_ = fmt::format("<{}p/>", prefix);
    }

    Status run(const std::vector<Step>& steps, const Scope& scope, TableCells* cells, bool in_loop) {
        for (const Step& step : steps) TRY(run(step, scope, cells, in_loop));
        return success();
    }

private:
    Status run(const Step& step, const Scope& scope, TableCells* cells, bool in_loop) {
        switch (step.kind) {
            case StepKind::Bytes: return sink_(step.bytes);
            case StepKind::Text:
                if (cells) cells->add_text(step.plain);
                return sink_(step.bytes);
            case StepKind::Value: return put(shown(step.tag, scope, settings_, warn_), cells);
            case StepKind::Formula: return run_formula(step, cells);
            case StepKind::Loop: return run_loop(step, scope, cells);
            case StepKind::Table: return run_table(step, scope);
            case StepKind::Row: {
                if (!cells) return run(step.body, scope, cells, in_loop);
                cells->begin_row(in_loop);
                TRY(run(step.body, scope, cells, in_loop));
                cells->end_row();
                return success();
            }
            case StepKind::Cell:
                if (cells) cells->begin_cell(step.column);
                return run(step.body, scope, cells, in_loop);
        }
        return success();
    }

    Status run_loop(const Step& step, const Scope& scope, TableCells* cells) {
        int row = 0;
        for (const json::value* item : items_of(scope.find(step.tag.name))) TRY(run(step.body, scope.inside(*item, ++row), cells, true));
        return success();
    }

    // Word wants a row in every table, and a paragraph behind a table that ends a cell. What a table inside a cell shows is no
    // number of that cell.
    Status run_table(const Step& step, const Scope& scope) {
        const bool has_rows = std::ranges::any_of(step.body, [&](const Step& child) {
            return child.kind == StepKind::Row || (child.kind == StepKind::Loop && !items_of(scope.find(child.tag.name)).empty());
        });
        if (!has_rows) return sink_(no_rows_);
        TableCells cells;
        return run(step.body, scope, &cells, false);
    }

    Status run_formula(const Step& step, TableCells* cells) {
        if (!cells) {
            warn_("A formula outside of a table has no cells to work on; it shows nothing.");
            return success();
        }
        const std::optional<Decimal> result = cells->result(step.tag.function, step.tag.direction);
        if (!result)
            return Error{Fault::InvalidInput,
                         "A formula looks BELOW or to the RIGHT of its cell, which is not possible yet; use ABOVE or LEFT."};
        return put(shown_number(*result, step.tag.switches, settings_), cells);
    }

    // Inside a text element.
    Status put(std::string_view text, TableCells* cells) {
        if (cells) cells->add_text(text);
        std::string out;
        for (std::size_t special; (special = text.find_first_of("\n\t")) != std::string_view::npos; text.remove_prefix(special + 1)) {
            append_escaped(out, text.substr(0, special));
            out += text[special] == '\n' ? line_break_ : tab_;
        }
        append_escaped(out, text);
        return sink_(out);
    }

    const Program& program_;
    const MergeSettings& settings_;
    const Sink& sink_;
    const Warn& warn_;
    std::string line_break_, tab_, no_rows_;
};

}  // namespace

Status render(const Program& program, const json::value& values, const MergeSettings& settings, const Sink& sink, const Warn& warn) {
    return Renderer(program, settings, sink, warn).run(program.steps, Scope(values), nullptr, false);
}

}  // namespace docwright::docgen
