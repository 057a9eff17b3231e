#include "extract/output/table_json.h"

#include <algorithm>
#include <utility>

#include "extract/output/cell_json.h"
#include "extract/output/element_json.h"
#include "extract/output/picture_orders.h"
#include "extract/output/text_json.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

const Element& at(const PageElements& page, int index) { return page.elements[static_cast<std::size_t>(index)]; }

std::string_view word(TableRuling ruling) {
    switch (ruling) {
        case TableRuling::Full: return "full";
        case TableRuling::Partial: return "partial";
        case TableRuling::None: return "none";
    }
    return "none";
}

// ---- which piece follows ------------------------------------------------------------------------------------------------

// The table on the following page that is the rest of `table`: same number of columns, and no cell runs out of the head rows
// that are repeated. kNoElement: none is.
int rest_of(const TableContent& table, const PageElements& following) {
    for (int i = 0; i < static_cast<int>(following.elements.size()); ++i) {
        if (at(following, i).type != ElementType::Table) continue;
        const TableContent& rest = at(following, i).table;
        const int dropped = rest.repeated_header_rows;
        const bool fits = rest.continues_previous && rest.table.column_count == table.table.column_count && dropped >= 0 &&
                          dropped <= rest.table.row_count;
        const bool head_is_whole = std::ranges::all_of(
            rest.table.cells, [dropped](const Cell& cell) { return cell.row >= dropped || cell.row + cell.row_span <= dropped; });
        return fits && head_is_whole ? i : kNoElement;
    }
    return kNoElement;
}

// Rows, texts and files of the pieces so far.
struct JoinedTable {
    int rows = 0;
    std::vector<WrittenCell> held;  // cells that may still grow
    std::vector<std::string> regions;
    std::vector<double> scores;
    std::vector<std::string> files;
    std::string captions;
    std::string notes;
    JsonText parts;
};

// The held cell whose last row goes on in `cell`, the first row of the next piece.
WrittenCell* cut_cell(JoinedTable& sofar, const Cell& cell) {
    for (WrittenCell& held : sofar.held) {
        const bool last_row = held.row + held.row_span == sofar.rows;
        if (last_row && held.column == cell.column && held.column_span == cell.column_span && cell.row_span == 1) return &held;
    }
    return nullptr;
}

bool continues_row(JoinedTable& sofar, const TableContent& rest) {
    if (!rest.continues_row || rest.repeated_header_rows >= rest.table.row_count) return false;
    return std::ranges::all_of(rest.table.cells,
                               [&](const Cell& cell) { return cell.row != rest.repeated_header_rows || cut_cell(sofar, cell) != nullptr; });
}

// ---- one piece ------------------------------------------------------------------------------------------------------------

std::u32string repeated_text(const TableContent& table, int rows) {
    std::u32string text;
    int row = 0;
    bool first = true;
    for (std::size_t i = 0; i < table.table.cells.size() && i < table.cells.size(); ++i) {
        const Cell& cell = table.table.cells[i];
        if (cell.row >= rows) break;
        for (; row < cell.row; ++row, first = true) text += U'\n';
        if (!std::exchange(first, false)) text += U'\t';
        for (char32_t letter : table.cells[i].text.text) {
            if (letter == U'\n') continue;
            text += letter == U'\r' ? U' ' : letter;
        }
    }
    return text;
}

void write_grid(JsonText& json, const Table& table) {
    const bool whole = table.column_edges.size() == static_cast<std::size_t>(table.column_count) + 1 &&
                       table.row_edges.size() == static_cast<std::size_t>(table.row_count) + 1;
    if (!whole || !std::ranges::is_sorted(table.column_edges) || !std::ranges::is_sorted(table.row_edges)) return;
    json.key(key::kGrid).begin_object();
    for (const auto& [name, edges] : {std::pair(key::kX, &table.column_edges), std::pair(key::kY, &table.row_edges)}) {
        json.key(name).begin_array();
        for (double edge : *edges) json.decimal(edge);
        json.end_array();
    }
    json.end_object();
}

Result<const StoredPicture*> picture_of(Writing& writing, const PageDraft& draft, const Element& element, const std::string& id,
                                        const std::string& stem) {
    std::optional<PictureOrder> order = picture_order(draft.ready.page, element, writing.options.renditions);
    if (!order) return nullptr;
    order->stem = stem;
    order->element_id = id;
    const StoredPicture* picture = TRY(writing.pictures.make(*order));
    if (!picture) writing.picture_failed = true;
    return picture;
}

void add_part(JoinedTable& sofar, const Element& element, const JoinedPiece& joined, bool row_goes_on, const StoredPicture* picture) {
    const Table& table = element.table.table;
    const int rows = table.row_count - joined.dropped_rows - (row_goes_on ? 1 : 0);
    sofar.parts.begin_object().key(key::kFirstRow).integer(sofar.rows).key(key::kRowCount).integer(rows);
    if (row_goes_on) sofar.parts.flag(key::kContinuesRow, true);
    sofar.parts.key(key::kRepeatedHeaderRows).integer(joined.dropped_rows);
    if (joined.dropped_rows > 0) {
        sofar.parts.key(key::kRepeatedHeaderText).string(repeated_text(element.table, joined.dropped_rows));
    }
    write_grid(sofar.parts, table);
    if (picture) {
        sofar.parts.member(key::kFile, picture->name).key(key::kRendition);
        write_rendition(sofar.parts, *picture);
        sofar.files.push_back(picture->name);
    }
    sofar.parts.key(key::kSource).begin_object().member(key::kText, "digital").end_object().end_object();
    sofar.rows += rows;
}

void hold_cells(Writing& writing, PageDraft& draft, int index, JoinedTable& sofar, bool row_goes_on) {
    const std::vector<Cell>& cells = at(draft.ready.elements, index).table.table.cells;
    const int dropped = index == draft.joined.element ? draft.joined.dropped_rows : 0;
    const int first_row = sofar.rows - dropped - (row_goes_on ? 1 : 0);
    for (int i = 0; i < static_cast<int>(cells.size()); ++i) {
        const Cell& cell = cells[static_cast<std::size_t>(i)];
        if (cell.row < dropped) continue;
        if (row_goes_on && cell.row == dropped) {
            WrittenCell& cut = *cut_cell(sofar, cell);
            const std::uint32_t shift = shift_behind(cut);
            draft.joined.shifts.resize(cells.size(), 0);
            draft.joined.shifts[static_cast<std::size_t>(i)] = shift;
            append_rest(cut, written_cell(writing, draft, index, i, shift));
            draft.numbers.set({index, i}, ElementType::Paragraph, cut.number, writing.slots);
            continue;
        }
        WrittenCell out = written_cell(writing, draft, index, i, 0);
        out.row = first_row + cell.row;
        out.number = writing.counters.next(ElementType::Paragraph);
        draft.numbers.set({index, i}, ElementType::Paragraph, out.number, writing.slots);
        sofar.held.push_back(std::move(out));
    }
}

// Writes the held cells from the first on, those excepted that a following piece may still lengthen.
Status flush_cells(ScratchText& out, JsonText& json, JoinedTable& sofar, bool goes_on) {
    auto keep = sofar.held.end();
    if (goes_on) {
        keep = std::ranges::find_if(sofar.held, [&](const WrittenCell& cell) { return cell.row + cell.row_span == sofar.rows; });
    }
    for (auto cell = sofar.held.begin(); cell != keep; ++cell) write_cell(json, *cell);
    sofar.held.erase(sofar.held.begin(), keep);
    return out.append(json.drain());
}

Status add_piece(Writing& writing, PageDraft& draft, int index, JoinedTable& sofar, bool row_goes_on, const std::string& id,
                 const std::string& stem) {
    const Element& element = at(draft.ready.elements, index);
    hold_cells(writing, draft, index, sofar, row_goes_on);
    JsonText region;
    write_region(region, piece_box(element), draft.frame);
    sofar.regions.push_back(region.take());
    // As it will be read: the lowest of them is the score of the table.
    sofar.scores.push_back(written_score(element.score));
    const auto add_references = [&](std::string& list, const std::vector<int>& elements) {
        for (int element_index : elements) {
            if (!list.empty()) list += ',';
            list += draft.numbers.reference({element_index, -1}, writing.slots);
        }
    };
    add_references(sofar.captions, draft.captions[static_cast<std::size_t>(index)]);
    add_references(sofar.notes, draft.notes[static_cast<std::size_t>(index)]);
    const StoredPicture* picture = TRY(picture_of(writing, draft, element, id, stem));
    add_part(sofar, element, index == draft.joined.element ? draft.joined : JoinedPiece{}, row_goes_on, picture);
    return success();
}

void write_end(JsonText& json, Writing& writing, PageDraft& draft, int index, JoinedTable& sofar) {
    const Element& element = at(draft.ready.elements, index);
    json.end_array().end_object().key(key::kParts).begin_array().members(sofar.parts.text()).end_array();
    if (!sofar.captions.empty()) json.key(key::kCaptions).begin_array().members(sofar.captions).end_array();
    if (!sofar.notes.empty()) json.key(key::kNotes).begin_array().members(sofar.notes).end_array();
    json.member(key::kRuling, word(element.table.table.ruling));
    json.key(key::kStructureScore)
        .pointed(written_score(element.table.table.structure_score))
        .member_if(key::kSummary, element.alternate_text);
    if (!sofar.files.empty()) json.member(key::kFile, sofar.files[0]);
    json.end_object().key(key::kRegion).raw(sofar.regions[0]).key(key::kRegions).begin_array();
    for (const std::string& region : sofar.regions) json.raw(region);
    json.end_array().key(key::kScore).pointed(std::ranges::min(sofar.scores)).key(key::kScores).begin_array();
    for (double score : sofar.scores) json.pointed(score);
    json.end_array().key(key::kOriginalTableImagePaths).begin_array();
    for (const std::string& file : sofar.files) json.string(file);
    json.end_array();
    write_provenance(json, writing, draft, index);
    json.end_object();
}

// The page `places` behind, if it holds the rest of `table`. A rest belongs to one table: the first that asks for it.
Result<std::optional<std::pair<ReadyPage, int>>> rest_at(const FollowingPage& following, int places, const TableContent& table,
                                                         const std::map<int, WrittenPiece>& written) {
    using Rest = std::optional<std::pair<ReadyPage, int>>;
    if (!table.continues_on_next) return Rest();
    std::optional<ReadyPage> page = TRY(following(places));
    if (!page || written.contains(page->page.facts.page_index)) return Rest();
    const int index = rest_of(table, page->elements);
    return index == kNoElement ? Rest() : Rest(std::pair(std::move(*page), index));
}

}  // namespace

Status write_table(Writing& writing, ScratchText& out, PageDraft& draft, int index, const FollowingPage& following,
                   std::map<int, WrittenPiece>& written) {
    const Element& element = at(draft.ready.elements, index);
    const int number = draft.numbers.number({index, -1});
    const std::string id = element_id(ElementType::Table, number);
    const std::uint32_t row_count = writing.slots.make();
    auto rest = TRY(rest_at(following, 1, element.table, written));
    JsonText json;
    json.begin_object().member(key::kId, id).member(key::kType, "table").key(key::kContent).begin_object().key(key::kBody).begin_object();
    json.key(key::kRowCount).late(row_count).key(key::kColumnCount).integer(element.table.table.column_count);
    json.key(key::kHeaderRowCount).integer(element.table.table.header_row_count);
    json.key(key::kHeaderColumnCount).integer(element.table.table.header_column_count).key(key::kCells).begin_array();
    JoinedTable sofar;
    TRY(add_piece(writing, draft, index, sofar, false, id, rest ? id + "_1" : id));
    TRY(flush_cells(out, json, sofar, rest.has_value()));
    for (int places = 1; rest; ++places) {
        const int piece = rest->second;
        JoinedPiece joined{.element = piece, .dropped_rows = at(rest->first.elements, piece).table.repeated_header_rows, .shifts = {}};
        PageDraft page = draft_page(std::move(rest->first), writing.document, writing.options, std::move(joined));
        page.numbers.set({piece, -1}, ElementType::Table, number, writing.slots);
        rest = TRY(rest_at(following, places + 1, at(page.ready.elements, piece).table, written));
        const bool row_goes_on = continues_row(sofar, at(page.ready.elements, piece).table);
        TRY(add_piece(writing, page, piece, sofar, row_goes_on, id, id + "_" + std::to_string(places + 1)));
        TRY(flush_cells(out, json, sofar, rest.has_value()));
        written[page.ready.page.facts.page_index] = {.joined = std::move(page.joined), .numbers = std::move(page.numbers)};
    }
    writing.slots.set(row_count, std::to_string(sofar.rows));
    write_end(json, writing, draft, index, sofar);
    return out.append(json.drain());
}

}  // namespace docwright::extract
