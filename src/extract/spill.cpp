#include "extract/spill.h"

#include <algorithm>
#include <span>

#include "extract/page/byte_codec.h"

namespace docwright::extract {
namespace {

// ---- glyphs: most follow the one before on its line, so what is usual costs one flag -------------------------------

constexpr std::uint64_t kSpaceBefore = 1;
constexpr std::uint64_t kNewStyle = 2;
constexpr std::uint64_t kNewContent = 4;   // marked content
constexpr std::uint64_t kMoved = 8;        // does not start where the advance of the one before ended
constexpr std::uint64_t kNewLine = 16;     // another baseline
constexpr std::uint64_t kNewHeight = 32;   // ascent or descent differ
constexpr std::uint64_t kSpecial = 64;     // hidden or with further code points
constexpr std::uint64_t kOffOrigin = 128;  // its advance box does not start at its origin
constexpr std::uint64_t kLowContrast = 256;

struct GlyphUnits {  // a glyph's places in codec units; height relative to the baseline
    std::int64_t x = 0, y = 0, left = 0, width = 0, above = 0, below = 0;
};

GlyphUnits units_of(const Glyph& glyph) {
    GlyphUnits units{.x = codec_units(glyph.origin_x), .y = codec_units(glyph.origin_y), .left = codec_units(glyph.advance.left)};
    units.width = codec_units(glyph.advance.right) - units.left;
    units.above = codec_units(glyph.advance.top) - units.y;
    units.below = codec_units(glyph.advance.bottom) - units.y;
    return units;
}

void place(Glyph& glyph, const GlyphUnits& units) {
    glyph.origin_x = static_cast<float>(from_codec_units(units.x));
    glyph.origin_y = static_cast<float>(from_codec_units(units.y));
    glyph.advance = {from_codec_units(units.left), from_codec_units(units.y + units.above), from_codec_units(units.left + units.width),
                     from_codec_units(units.y + units.below)};
    glyph.ink = glyph.advance;
}

std::uint64_t flags_of(const Glyph& glyph, const GlyphUnits& units, const Glyph& before, const GlyphUnits& last) {
    return (glyph.space_before ? kSpaceBefore : 0) | (glyph.style != before.style ? kNewStyle : 0) |
           (glyph.marked_content != before.marked_content ? kNewContent : 0) | (units.x != last.left + last.width ? kMoved : 0) |
           (units.y != last.y ? kNewLine : 0) | (units.above != last.above || units.below != last.below ? kNewHeight : 0) |
           (glyph.hidden != Hidden::No || glyph.further_count > 0 ? kSpecial : 0) | (units.left != units.x ? kOffOrigin : 0) |
           (glyph.low_contrast ? kLowContrast : 0);
}

void write_glyphs(ByteWriter& to, std::span<const Glyph> glyphs) {
    to.number(glyphs.size());
    Glyph before;
    GlyphUnits last;
    for (Glyph glyph : glyphs) {
        const GlyphUnits units = units_of(glyph);
        const std::uint64_t flags = flags_of(glyph, units, before, last);
        to.number(flags);
        to.number(glyph.code);
        to.folded(units.width);
        if (flags & kNewStyle) to.number(glyph.style);
        if (flags & kNewContent) to.folded(glyph.marked_content);
        if (flags & kMoved) to.folded(units.x - (last.left + last.width));
        if (flags & kNewLine) to.folded(units.y - last.y);
        if (flags & kNewHeight) {
            to.folded(units.above);
            to.folded(units.below);
        }
        if (flags & kSpecial) {
            to.number(static_cast<std::uint64_t>(glyph.hidden));
            to.number(glyph.first_further);
            to.number(glyph.further_count);
        }
        if (flags & kOffOrigin) to.folded(units.left - units.x);
        before = glyph;
        last = units;
    }
}

std::int64_t bounded(ByteReader& from) {
    const std::int64_t value = from.folded();
    if (std::abs(value) > static_cast<std::int64_t>(4 * kCodecLargest)) from.fail();
    return value;
}

// A number that must fit the member it goes to.
template <class T>
T fitting(ByteReader& from, std::uint64_t largest) {
    const std::uint64_t value = from.number();
    if (value > largest) {
        from.fail();
        return T{};
    }
    return static_cast<T>(value);
}

void read_special(ByteReader& from, Glyph& glyph, std::size_t further_size) {
    glyph.hidden = static_cast<Hidden>(fitting<std::uint8_t>(from, static_cast<std::uint64_t>(Hidden::Duplicate)));
    glyph.first_further = fitting<std::uint32_t>(from, further_size);
    glyph.further_count = fitting<std::uint16_t>(from, std::min<std::uint64_t>(0xFFFF, further_size - glyph.first_further));
}

void read_glyphs(ByteReader& from, std::vector<Glyph>& glyphs, std::size_t style_count, std::size_t further_size) {
    const std::uint64_t count = from.number();
    if (count > from.left() / 3) return from.fail();  // flags, code and width take a byte each
    glyphs.resize(count);
    Glyph before;
    GlyphUnits last;
    for (Glyph& glyph : glyphs) {
        const std::uint64_t flags = from.number();
        glyph.code = static_cast<char32_t>(fitting<std::uint32_t>(from, 0x7FFFFFFF));
        glyph.low_contrast = (flags & kLowContrast) != 0;
        GlyphUnits units = last;
        units.width = bounded(from);
        glyph.style = flags & kNewStyle ? fitting<StyleIndex>(from, 0xFFFF) : before.style;
        glyph.marked_content = before.marked_content;
        if (flags & kNewContent) keep(from, glyph.marked_content);
        units.x = last.left + last.width + (flags & kMoved ? bounded(from) : 0);
        if (flags & kNewLine) units.y += bounded(from);
        if (flags & kNewHeight) {
            units.above = bounded(from);
            units.below = bounded(from);
        }
        if (flags & kSpecial) read_special(from, glyph, further_size);
        units.left = units.x + (flags & kOffOrigin ? bounded(from) : 0);
        glyph.space_before = (flags & kSpaceBefore) != 0;
        // Distances add up: a hostile row of them must not run over.
        if (std::max(std::abs(units.left), std::abs(units.y)) > static_cast<std::int64_t>(8 * kCodecLargest)) from.fail();
        if (glyph.style >= style_count) from.fail();
        if (!from.ok()) return;
        place(glyph, units);
        before = glyph;
        last = units;
    }
}

// ---- everything else: one description for both directions -----------------------------------------------------------

template <class Archive>
void fields(Archive& a, TextStyle& style) {
    keep(a, style.font);
    keep_exact(a, style.size);
    keep_exact(a, style.angle);
    keep(a, style.color);
    keep_exact(a, style.alpha);
    keep(a, style.render_mode);
}

template <class Archive>
void fields(Archive& a, Ruling& ruling) {
    keep_choice(a, ruling.axis, Axis::Vertical);
    keep_points(a, ruling.position);
    keep_points(a, ruling.from);
    keep_points(a, ruling.to);
    keep_points(a, ruling.thickness);
    keep(a, ruling.color);
    keep_choice(a, ruling.source, RulingSource::FillEdge);
}

template <class Archive>
void fields(Archive& a, Fill& fill) {
    keep(a, fill.box);
    keep(a, fill.color);
    keep_exact(a, fill.alpha);
    keep(a, fill.paint_order);
}

template <class Archive>
void fields(Archive& a, ImagePlacement& image) {
    keep(a, image.box);
    for (Point& corner : image.corners) keep(a, corner);
    keep(a, image.pixel_width);
    keep(a, image.pixel_height);
    keep(a, image.mask);
    keep(a, image.upright);
    keep(a, image.plain_jpeg);
    keep(a, image.marked_content);
    keep(a, image.paint_order);
    keep(a, image.object);
}

template <class Archive>
void fields(Archive& a, Drawing& drawing) {
    keep(a, drawing.box);
    keep(a, drawing.path_count);
    keep(a, drawing.segment_count);
    keep(a, drawing.curve_count);
    keep(a, drawing.paint_order);
}

template <class Archive>
void keep_quads(Archive& a, std::vector<Quad>& quads) {
    keep_list(a, quads, [](Archive& to, Quad& quad) {
        for (Point& corner : quad) keep(to, corner);
    });
}

template <class Archive>
void fields(Archive& a, Link& link) {
    keep(a, link.box);
    keep_quads(a, link.quads);
    keep_choice(a, link.target.kind, TargetKind::Action);
    keep(a, link.target.uri);
    keep(a, link.target.page_index);
    keep(a, link.target.has_point);
    keep(a, link.target.point);
    keep(a, link.target.name);
    keep(a, link.tooltip);
    keep(a, link.hidden);
}

template <class Archive>
void fields(Archive& a, Annotation& note) {
    keep(a, note.box);
    keep_quads(a, note.quads);
    for (std::string* text : {&note.subtype, &note.contents, &note.author, &note.subject, &note.name, &note.created, &note.modified,
                              &note.color, &note.state, &note.state_model, &note.attachment_name, &note.attachment_type}) {
        keep(a, *text);
    }
    keep_exact(a, note.opacity);
    keep(a, note.hidden);
    keep(a, note.has_appearance);
    keep(a, note.reply_to);
    keep(a, note.reply_is_group);
    keep(a, note.popup_owner);
    keep(a, note.attachment_bytes);
}

template <class Archive>
void fields(Archive& a, Tag& tag) {
    keep(a, tag.role);
    keep(a, tag.parent);
    keep_list(a, tag.marked_contents, [](Archive& to, std::int32_t& id) { keep(to, id); });
    keep(a, tag.alternate_text);
    keep(a, tag.actual_text);
    keep(a, tag.language);
    keep(a, tag.row_span);
    keep(a, tag.column_span);
    keep(a, tag.scope);
}

template <class Archive>
void fields(Archive& a, Word& word) {
    keep(a, word.first);
    keep(a, word.count);
    keep(a, word.box);
}

template <class Archive>
void fields(Archive& a, Line& line) {
    keep_rising(a, line.glyphs);
    keep_list(a, line.raised, [](Archive& to, Raised& raised) {
        auto number = static_cast<std::int8_t>(raised);
        keep(to, number);
        if constexpr (Archive::kReads) {
            if (number < -1 || number > 1) return to.fail();
            raised = static_cast<Raised>(number);
        }
    });
    keep_list(a, line.words, [](Archive& to, Word& word) { fields(to, word); });
    keep(a, line.box);
    keep_points(a, line.baseline);
    keep_exact(a, line.angle);
    keep_exact(a, line.size);
    keep(a, line.style);
    keep_choice(a, line.direction, Direction::TopToBottom);
}

template <class Archive>
void fields(Archive& a, Cell& cell) {
    keep(a, cell.row);
    keep(a, cell.column);
    keep(a, cell.row_span);
    keep(a, cell.column_span);
    keep(a, cell.box);
    keep_list(a, cell.text, [](Archive& to, CellText& text) {
        keep(to, text.line);
        keep(to, text.first_word);
        keep(to, text.word_count);
    });
    keep_choice(a, cell.kind, CellKind::SectionHeader);
    keep(a, cell.has_background);
    keep(a, cell.background);
}

template <class Archive>
void fields(Archive& a, Table& table) {
    keep(a, table.box);
    keep(a, table.row_count);
    keep(a, table.column_count);
    keep(a, table.header_row_count);
    keep(a, table.header_column_count);
    keep_list(a, table.cells, [](Archive& to, Cell& cell) { fields(to, cell); });
    for (std::vector<double>* edges : {&table.column_edges, &table.row_edges}) {
        keep_list(a, *edges, [](Archive& to, double& edge) { keep_points(to, edge); });
    }
    keep_choice(a, table.ruling, TableRuling::None);
    keep_exact(a, table.score);
    keep_exact(a, table.structure_score);
    keep(a, table.from_tags);
}

template <class Archive>
void fields(Archive& a, Figure& figure) {
    keep(a, figure.box);
    keep_rising(a, figure.images);
    keep_rising(a, figure.drawings);
    keep_rising(a, figure.lines);
}

template <class Archive>
void fields(Archive& a, Frame& frame) {
    keep(a, frame.box);
    keep(a, frame.bordered);
    keep(a, frame.shaded);
    keep(a, frame.background);
}

template <class Archive>
void fields(Archive& a, Block& block) {
    keep_choice(a, block.kind, BlockKind::Figure);
    keep(a, block.box);
    keep_rising(a, block.lines);
    keep(a, block.item);
    keep(a, block.frame);
    keep(a, block.band);
    keep(a, block.column);
    keep_choice(a, block.align, Align::Unknown);
    keep_points(a, block.leading);
    keep_points(a, block.first_indent);
    keep_points(a, block.space_above);
    keep_points(a, block.space_below);
    keep(a, block.column_box);
    keep(a, block.line_numbers);
}

template <class Archive>
void fields(Archive& a, FontFacts& font) {
    keep(a, font.name);
    keep(a, font.family);
    keep(a, font.type);
    keep(a, font.weight);
    for (bool* flag :
         {&font.italic, &font.serif, &font.monospaced, &font.symbolic, &font.embedded, &font.subset, &font.maps_badly, &font.math}) {
        keep(a, *flag);
    }
    keep_exact(a, font.ascent);
    keep_exact(a, font.descent);
}

template <class Archive, class T>
void keep_structs(Archive& a, std::vector<T>& list) {
    keep_list(a, list, [](Archive& to, T& each) { fields(to, each); });
}

template <class Archive>
void page_fields(Archive& a, AnalysedPage& page) {
    PageFacts& facts = page.facts;
    keep(a, facts.page_index);
    keep_exact(a, facts.width);
    keep_exact(a, facts.height);
    keep(a, facts.rotation);
    keep(a, facts.label);
    keep_structs(a, facts.styles);
    keep(a, facts.further);
    if constexpr (Archive::kReads) {
        read_glyphs(a, facts.glyphs, facts.styles.size(), facts.further.size());
    } else {
        write_glyphs(a, facts.glyphs);
    }
    keep_structs(a, facts.rulings);
    keep_structs(a, facts.fills);
    keep_structs(a, facts.images);
    keep_structs(a, facts.drawings);
    keep_structs(a, facts.links);
    keep_structs(a, facts.annotations);
    keep_structs(a, facts.tags);
    keep_list(a, facts.artifact_contents, [](Archive& to, std::int32_t& id) { keep(to, id); });
    keep(a, facts.limit_reached);
    keep(a, facts.image_failed);
    keep_structs(a, page.lines);
    keep_structs(a, page.tables);
    keep_structs(a, page.figures);
    keep_structs(a, page.frames);
    keep_structs(a, page.blocks);
    keep(a, page.column_count);
    keep(a, page.picture_only);
}

// ---- what a decoded page must hold before anyone may use its indexes --------------------------------------------------

bool all_below(std::span<const std::uint32_t> indexes, std::size_t end) {
    return std::ranges::all_of(indexes, [end](std::uint32_t index) { return index < end; });
}

bool sound(const Line& line, const PageFacts& facts) {
    const bool words_fit = std::ranges::all_of(
        line.words, [&](const Word& word) { return word.first <= line.glyphs.size() && word.count <= line.glyphs.size() - word.first; });
    return words_fit && all_below(line.glyphs, facts.glyphs.size()) && (line.raised.empty() || line.raised.size() == line.glyphs.size()) &&
           (line.style < facts.styles.size() || line.glyphs.empty());
}

bool sound(const Table& table, std::span<const Line> lines) {
    if (table.row_count < 1 || table.column_count < 1 ||
        table.cells.size() > static_cast<std::uint64_t>(table.row_count) * static_cast<std::uint64_t>(table.column_count)) {
        return false;
    }
    if (table.header_row_count < 0 || table.header_row_count > table.row_count) return false;
    if (table.header_column_count < 0 || table.header_column_count > table.column_count) return false;
    return std::ranges::all_of(table.cells, [&](const Cell& cell) {
        const bool inside = cell.row >= 0 && cell.column >= 0 && cell.row_span >= 1 && cell.column_span >= 1 &&
                            cell.row <= table.row_count - cell.row_span && cell.column <= table.column_count - cell.column_span;
        return inside && std::ranges::all_of(cell.text, [&](const CellText& text) {
                   return text.line < lines.size() && text.first_word <= lines[text.line].words.size() &&
                          text.word_count <= lines[text.line].words.size() - text.first_word;
               });
    });
}

bool sound(const Figure& figure, const AnalysedPage& page) {
    return all_below(figure.images, page.facts.images.size()) && all_below(figure.drawings, page.facts.drawings.size()) &&
           all_below(figure.lines, page.lines.size());
}

bool sound(const Block& block, const AnalysedPage& page) {
    const std::size_t items = block.kind == BlockKind::Table ? page.tables.size() : page.figures.size();
    return all_below(block.lines, page.lines.size()) && (block.kind == BlockKind::Text || block.item < items) && block.frame >= -1 &&
           block.frame < static_cast<int>(page.frames.size());
}

bool sound_links(const PageFacts& facts) {
    const auto count = static_cast<int>(facts.annotations.size());
    const bool notes = std::ranges::all_of(facts.annotations, [count](const Annotation& note) {
        return note.reply_to >= -1 && note.reply_to < count && note.popup_owner >= -1 && note.popup_owner < count;
    });
    std::int32_t index = 0;
    return notes && std::ranges::all_of(facts.tags, [&index](const Tag& tag) { return tag.parent >= -1 && tag.parent < index++; });
}

bool sound(const AnalysedPage& page, std::size_t font_count) {
    const PageFacts& facts = page.facts;
    return std::ranges::all_of(facts.styles, [&](const TextStyle& style) { return style.font < font_count; }) && sound_links(facts) &&
           std::ranges::all_of(page.lines, [&](const Line& line) { return sound(line, facts); }) &&
           std::ranges::all_of(page.tables, [&](const Table& table) { return sound(table, page.lines); }) &&
           std::ranges::all_of(page.figures, [&](const Figure& figure) { return sound(figure, page); }) &&
           std::ranges::all_of(page.blocks, [&](const Block& block) { return sound(block, page); });
}

}  // namespace

std::string encode_page(const AnalysedPage& page) {
    ByteWriter writer;
    // The description takes what it may change; a writer only reads through it.
    page_fields(writer, const_cast<AnalysedPage&>(page));
    return writer.take();
}

Result<AnalysedPage> decode_page(std::string_view bytes, std::size_t font_count) {
    ByteReader reader(bytes);
    AnalysedPage page;
    page_fields(reader, page);
    if (!reader.ok() || !reader.at_end() || !sound(page, font_count)) {
        return Error{Fault::Internal, "A page cannot be read back from scratch."};
    }
    return page;
}

std::string encode_fonts(std::span<const FontFacts> fonts) {
    ByteWriter writer;
    std::vector<FontFacts> list(fonts.begin(), fonts.end());
    keep_structs(writer, list);
    return writer.take();
}

Result<std::vector<FontFacts>> decode_fonts(std::string_view bytes) {
    ByteReader reader(bytes);
    std::vector<FontFacts> fonts;
    keep_structs(reader, fonts);
    if (!reader.ok() || !reader.at_end()) return Error{Fault::Internal, "The fonts cannot be read back from scratch."};
    return fonts;
}

}  // namespace docwright::extract
