#include "extract/layout/page_layout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "extract/layout/atoms.h"
#include "extract/layout/edge_zones.h"
#include "extract/layout/figures.h"
#include "extract/layout/frames.h"
#include "extract/layout/line_numbers.h"
#include "extract/layout/paragraphs.h"
#include "extract/layout/reading_order.h"
#include "extract/layout/table_lines.h"
#include "extract/layout/text_size.h"
#include "extract/text/characters.h"
#include "extract/text/labels.h"

namespace docwright::extract {

namespace {

constexpr double kQuarterDegrees = 90;
constexpr double kSameAngle = 2;  // degrees; more is another direction
// Letters of upright text reach from the baseline up to 0.75 em and down to 0.22 em.
constexpr double kLetterTopEm = 0.75;
constexpr double kLetterBottomEm = 0.2;
// A line of which this share is digits is a value: an amount, a page number.
constexpr double kValueDigits = 0.5;
constexpr std::size_t kShownOpening = 64;
// A ruling parts text when it is as long as this share of the column or page text; shorter ones underline.
constexpr double kPartingRule = 60;  // points
// A list of contents: dots in a row that lead to its numbers, in so many of its rows.
constexpr int kLeaderDots = 4;
constexpr double kLedRows = 0.4;
// Lines of turned text belong together when they are this close.
constexpr double kTurnedGapEm = 1.6;

int quarter_of(double angle) { return static_cast<int>(std::lround(angle / kQuarterDegrees) + 4) % 4; }

struct Layouter {
    AnalysedPage& page;
    int quarter = 0;
    bool right_to_left = false;
    Box reading_page{};
    double text_size = 0, text_left = 0, text_right = 0;
    std::vector<int> table_of, figure_of, frame_of;
    std::vector<bool> figure_in_flow;
    std::vector<double> rules;

    Box reading(const Box& box) const { return turned_to_reading(box, quarter, page.facts.width, page.facts.height); }
    bool upright(const Line& line) const {
        return std::abs(line.angle - (quarter == 3 ? -kQuarterDegrees : quarter * kQuarterDegrees)) <= kSameAngle ||
               (quarter == 2 && std::abs(std::abs(line.angle) - 2 * kQuarterDegrees) <= kSameAngle);
    }
    bool is_free(std::uint32_t line) const { return table_of[line] < 0 && figure_of[line] < 0; }

    void choose_direction();
    void collect_rules();
    Atom line_atom(std::uint32_t index) const;
    Atom box_atom(AtomKind kind, std::uint32_t index, const Box& box) const;
    std::vector<Block> lay_out_atoms(const std::vector<Atom>& atoms, int frame, bool at_edge, int& band);
    void lay_out_zones(const std::vector<Atom>& atoms);
    void lay_out_turned();
    void place_floating_figures();
    void append(std::vector<Block> blocks);
};

void Layouter::choose_direction() {
    std::map<int, std::size_t> glyphs;
    std::size_t leftward = 0, all = 0;
    for (const Line& line : page.lines) {
        glyphs[quarter_of(line.angle)] += line.glyphs.size();
        if (line.direction == Direction::RightToLeft) leftward += line.glyphs.size();
        all += line.glyphs.size();
    }
    std::size_t most = 0;
    for (const auto& [turn, count] : glyphs) {
        if (count <= most) continue;
        most = count;
        quarter = turn;
    }
    right_to_left = 2 * leftward > all;
    reading_page = reading({0, 0, page.facts.width, page.facts.height});
    text_size = text_size_of(page.lines);
}

void Layouter::collect_rules() {
    for (const Ruling& ruling : page.facts.rulings) {
        if (ruling.axis != Axis::Horizontal || ruling.to - ruling.from < kPartingRule || quarter != 0) continue;
        rules.push_back(ruling.position);
    }
    std::sort(rules.begin(), rules.end());
}

Atom Layouter::line_atom(std::uint32_t index) const {
    const Line& line = page.lines[index];
    Atom atom{.kind = AtomKind::Line, .index = index, .full = reading(line.box), .size = line.size > 0 ? line.size : 1};
    atom.baseline = quarter == 0 ? line.baseline : atom.full.bottom - kLetterBottomEm * atom.size;
    atom.box = {atom.full.left, atom.baseline - kLetterTopEm * atom.size, atom.full.right, atom.baseline + kLetterBottomEm * atom.size};
    atom.words = static_cast<int>(line.words.size());
    const std::u32string text = opening_of(page.facts, line, kShownOpening);
    std::size_t digits = 0, shown = 0;
    for (char32_t c : text) {
        if (c != U' ') ++shown;
        if (c >= U'0' && c <= U'9') ++digits;
    }
    atom.value_like = shown > 0 && static_cast<double>(digits) >= kValueDigits * static_cast<double>(shown);
    const std::size_t count = line.glyphs.size();
    const char32_t last = count > 0 ? page.facts.glyphs[line.glyphs[count - 1]].code : 0;
    const char32_t before = count > 1 ? page.facts.glyphs[line.glyphs[count - 2]].code : 0;
    atom.label_like = last == U':' || (last == U'.' && before == U'.') || (line.words.size() == 1 && label_of(text + U" x").has_value());
    return atom;
}

Atom Layouter::box_atom(AtomKind kind, std::uint32_t index, const Box& box) const {
    Atom atom{.kind = kind, .index = index, .box = reading(box), .full = reading(box)};
    atom.baseline = atom.box.top;
    return atom;
}

// Blocks of some atoms in reading order; `band` counts on over the page.
std::vector<Block> Layouter::lay_out_atoms(const std::vector<Atom>& atoms, int frame, bool at_edge, int& band) {
    std::vector<Block> out;
    if (atoms.empty()) return out;
    const Skeleton skeleton = read_skeleton(atoms, reading_page, right_to_left);
    if (!at_edge && frame < 0) page.column_count = std::max(page.column_count, skeleton.column_count);
    const ParagraphInput input{.facts = page.facts,
                               .lines = page.lines,
                               .atoms = atoms,
                               .rules = rules,
                               .text_size = text_size,
                               .at_page_edge = at_edge,
                               .left = text_left,
                               .right = text_right};
    int last_band = band;
    for (const Leaf& leaf : skeleton.leaves) {
        for (Block& block : split_paragraphs(input, leaf)) {
            block.band += band;
            last_band = std::max(last_band, block.band);
            if (block.frame < 0) {
                block.frame = frame;
                out.push_back(std::move(block));
                continue;
            }
            std::vector<Atom> inside;
            for (std::uint32_t i = 0; i < page.lines.size(); ++i)
                if (frame_of[i] == block.frame && is_free(i) && upright(page.lines[i])) inside.push_back(line_atom(i));
            int inner_band = 0;
            for (Block& inner : lay_out_atoms(inside, block.frame, false, inner_band)) {
                inner.band = block.band;
                inner.column = block.column;
                out.push_back(std::move(inner));
            }
        }
    }
    band = last_band + 1;
    return out;
}

void Layouter::append(std::vector<Block> blocks) {
    for (Block& block : blocks) page.blocks.push_back(std::move(block));
}

void Layouter::lay_out_zones(const std::vector<Atom>& atoms) {
    const std::vector<Zone> zones = zones_of(atoms, reading_page, text_size);
    std::vector<Atom> head, body, foot;
    for (std::size_t i = 0; i < atoms.size(); ++i)
        (zones[i] == Zone::Head ? head : zones[i] == Zone::Foot ? foot : body).push_back(atoms[i]);
    const std::vector<NumberColumn> numbers = quarter == 0 ? take_line_numbers(page.facts, page.lines, body) : std::vector<NumberColumn>{};
    for (const Atom& atom : body.empty() ? atoms : body) {
        text_left = text_right > text_left ? std::min(text_left, atom.full.left) : atom.full.left;
        text_right = std::max(text_right, atom.full.right);
    }
    int band = 0;
    append(lay_out_atoms(head, -1, true, band));
    append(lay_out_atoms(body, -1, false, band));
    append(lay_out_atoms(foot, -1, true, band));
    for (const NumberColumn& column : numbers) {
        Block block{.lines = column.lines, .band = band++, .column_box = column.box};
        block.line_numbers = true;
        page.blocks.push_back(std::move(block));
    }
}

// Text against the page's direction stands outside the skeleton: margin stamps, turned labels. It comes last.
void Layouter::lay_out_turned() {
    for (std::uint32_t i = 0; i < page.lines.size(); ++i) {
        const Line& line = page.lines[i];
        if (!is_free(i) || upright(line)) continue;
        Block* last = page.blocks.empty() ? nullptr : &page.blocks.back();
        const Line* before = last && last->kind == BlockKind::Text && !last->lines.empty() ? &page.lines[last->lines.back()] : nullptr;
        const bool goes_on = before && std::abs(before->angle - line.angle) <= kSameAngle && !upright(*before) &&
                             !shared(grown(before->box, kTurnedGapEm * line.size / 2), line.box).empty();
        if (goes_on) {
            last->lines.push_back(i);
            last->box = joined(last->box, line.box);
        } else {
            page.blocks.push_back({.box = line.box, .lines = {i}, .column_box = line.box});
        }
    }
}

// Pictures behind or within text come after the text they touch first.
void Layouter::place_floating_figures() {
    for (std::uint32_t i = 0; i < page.figures.size(); ++i) {
        if (figure_in_flow[i]) continue;
        const Box& box = page.figures[i].box;
        std::size_t place = page.blocks.size();
        for (std::size_t b = 0; b < page.blocks.size(); ++b) {
            if (shared(grown(page.blocks[b].box, 1), box).empty()) continue;
            place = b + 1;
            break;
        }
        Block block{.kind = BlockKind::Figure, .box = box, .item = i, .column_box = box};
        if (place <= page.blocks.size() && place > 0) {
            block.band = page.blocks[place - 1].band;
            block.column = page.blocks[place - 1].column;
        }
        page.blocks.insert(page.blocks.begin() + static_cast<std::ptrdiff_t>(place), block);
    }
}

// Entries with dots that lead to a page number are text, though their numbers stand in a column.
bool is_list_of_contents(const AnalysedPage& page, const Table& table) {
    std::vector<bool> led(static_cast<std::size_t>(std::max(table.row_count, 0)), false);
    for (const Cell& cell : table.cells) {
        int dots = 0;
        for (const CellText& text : cell.text) {
            const Line& line = page.lines[text.line];
            for (std::uint32_t w = text.first_word; w < text.first_word + text.word_count; ++w)
                for (std::uint32_t i = line.words[w].first; i < line.words[w].first + line.words[w].count; ++i) {
                    dots = is_leader(page.facts.glyphs[line.glyphs[i]].code) ? dots + 1 : 0;
                    if (dots >= kLeaderDots && static_cast<std::size_t>(cell.row) < led.size())
                        led[static_cast<std::size_t>(cell.row)] = true;
                }
        }
    }
    const auto rows = static_cast<double>(std::count(led.begin(), led.end(), true));
    return rows > 1 && rows >= kLedRows * static_cast<double>(led.size());
}

Box page_box_of(const AnalysedPage& page, const Block& block) {
    if (block.kind == BlockKind::Table) return page.tables[block.item].box;
    if (block.kind == BlockKind::Figure) return page.figures[block.item].box;
    Box box = block.lines.empty() ? block.box : page.lines[block.lines.front()].box;
    for (std::uint32_t line : block.lines) box = joined(box, page.lines[line].box);
    return box;
}

}  // namespace

Box turned_to_reading(const Box& box, int quarter, double page_width, double page_height) {
    switch (quarter) {
        case 1: return {box.top, page_width - box.right, box.bottom, page_width - box.left};
        case 2: return {page_width - box.right, page_height - box.bottom, page_width - box.left, page_height - box.top};
        case 3: return {page_height - box.bottom, box.left, page_height - box.top, box.right};
        default: return box;
    }
}

AnalysedPage lay_out(PageFacts facts, std::vector<Line> lines, std::vector<Table> tables) {
    AnalysedPage page{.facts = std::move(facts), .lines = std::move(lines), .tables = std::move(tables)};
    std::erase_if(page.tables, [&](const Table& table) { return is_list_of_contents(page, table); });
    Layouter layouter{.page = page};
    layouter.table_of = part_lines_and_tables(page.facts, page.lines, page.tables);
    layouter.choose_direction();
    layouter.collect_rules();

    std::vector<Box> table_boxes;
    for (const Table& table : page.tables) table_boxes.push_back(table.box);
    std::vector<bool> free_lines(page.lines.size());
    for (std::size_t i = 0; i < free_lines.size(); ++i) free_lines[i] = layouter.table_of[i] < 0;
    FigureFinds figures = find_figures(page.facts, page.lines, free_lines, table_boxes);
    page.figures = std::move(figures.figures);
    page.picture_only = figures.picture_only;
    layouter.figure_of = std::move(figures.figure_of);
    layouter.figure_in_flow = std::move(figures.in_flow);
    for (std::size_t i = 0; i < free_lines.size(); ++i) free_lines[i] = layouter.is_free(static_cast<std::uint32_t>(i));
    FrameFinds frames = find_frames(page.facts, page.lines, free_lines, table_boxes);
    page.frames = std::move(frames.frames);
    layouter.frame_of = std::move(frames.frame_of);

    std::vector<Atom> atoms;
    for (std::uint32_t i = 0; i < page.lines.size(); ++i)
        if (layouter.is_free(i) && layouter.frame_of[i] < 0 && layouter.upright(page.lines[i])) atoms.push_back(layouter.line_atom(i));
    for (std::uint32_t i = 0; i < page.tables.size(); ++i) atoms.push_back(layouter.box_atom(AtomKind::Table, i, page.tables[i].box));
    for (std::uint32_t i = 0; i < page.figures.size(); ++i)
        if (layouter.figure_in_flow[i]) atoms.push_back(layouter.box_atom(AtomKind::Figure, i, page.figures[i].box));
    for (std::uint32_t i = 0; i < page.frames.size(); ++i) atoms.push_back(layouter.box_atom(AtomKind::Frame, i, page.frames[i].box));
    layouter.lay_out_zones(atoms);
    layouter.lay_out_turned();
    layouter.place_floating_figures();
    for (Block& block : page.blocks) block.box = page_box_of(page, block);
    return page;
}

}  // namespace docwright::extract
