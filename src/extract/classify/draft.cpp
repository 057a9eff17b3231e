#include "extract/classify/draft.h"

#include <algorithm>

#include "extract/classify/cells.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr double kTenths = 10;
// Probabilities of plain types, to be calibrated on samples.
constexpr double kParagraphScore = 0.85;
constexpr double kFurnitureScore = 0.9;
constexpr double kImageScore = 0.85;
constexpr double kVectorImageScore = 0.7;
// A line that leaves this share of its column free was ended on purpose.
constexpr double kFreeShare = 0.25;
constexpr std::size_t kLeastVerse = 2;

PagePart part_of(FurnitureKind kind) {
    return kind == FurnitureKind::Header || kind == FurnitureKind::Watermark ? PagePart::Head : PagePart::Foot;
}

// Each line starts with a capital, and one at least had room for the word that follows it.
bool has_capital_lines(const PageDrafts& drafts, const Block& block) {
    bool had_room = false;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        const Line& line = drafts.page.lines[block.lines[i]];
        if (line.glyphs.empty() || line.words.empty() || !is_upper(drafts.page.facts.glyphs[line.glyphs.front()].code)) return false;
        if (i == 0) continue;
        const Line& before = drafts.page.lines[block.lines[i - 1]];
        had_room |= block.column_box.right - before.box.right > line.words.front().box.width() + line.size;
    }
    return had_room;
}

// Addresses and verse: every line but the last ends on purpose.
bool is_verse(const PageDrafts& drafts, const Block& block, const BlockFacts& facts) {
    if (block.lines.size() < kLeastVerse || block.align == Align::Center || facts.caption_like) return false;
    if (!facts.upper_case && has_capital_lines(drafts, block)) return true;
    const double free = kFreeShare * block.column_box.width();
    std::size_t full = 0;
    for (std::size_t i = 0; i + 1 < block.lines.size(); ++i) {
        const Line& line = drafts.page.lines[block.lines[i]];
        const Line& next = drafts.page.lines[block.lines[i + 1]];
        const double word = next.words.empty() ? 0 : next.words.front().box.width();
        if (block.column_box.right - line.box.right < std::max(free, word + line.size)) ++full;
    }
    return full == 0;
}

Element text_element(const PageDrafts& drafts, const Block& block, const BlockFacts& facts) {
    Element element{.type = ElementType::Paragraph, .box = block.box, .score = kParagraphScore};
    element.text = text_of_block(drafts, block, is_verse(drafts, block, facts));
    element.angle = drafts.page.lines[block.lines.front()].angle;
    return element;
}

Element image_element(const PageDrafts& drafts, const Block& block) {
    const Figure& figure = drafts.page.figures[block.item];
    Element element{.type = ElementType::Image, .box = figure.box};
    element.score = figure.images.empty() ? kVectorImageScore : kImageScore;
    element.figure = figure;
    std::vector<LinePiece> pieces;
    for (std::uint32_t line : figure.lines) pieces.push_back(whole(drafts.page.lines[line]));
    element.text = assemble(drafts.page.facts, pieces, LineEnds::Newline, drafts.known);
    return element;
}

}  // namespace

double PageDrafts::body_size() const { return context.body.size_tenths / kTenths; }

Box box_of_lines(const AnalysedPage& page, std::span<const std::uint32_t> lines) {
    Box box;
    for (std::size_t i = 0; i < lines.size(); ++i) box = i == 0 ? page.lines[lines[i]].box : joined(box, page.lines[lines[i]].box);
    return box;
}

TextContent text_of_block(const PageDrafts& drafts, const Block& block, bool forced) {
    std::vector<LinePiece> pieces;
    for (std::size_t i = 0; i < block.lines.size(); ++i) {
        LinePiece piece = whole(drafts.page.lines[block.lines[i]]);
        const bool same_row = i + 1 < block.lines.size() &&
                              shared_height(piece.line->box, drafts.page.lines[block.lines[i + 1]].box) > piece.line->box.height() / 2;
        piece.forced_end = forced && !same_row;
        pieces.push_back(piece);
    }
    TextContent text = assemble(drafts.page.facts, pieces, LineEnds::Space, drafts.known);
    text.align = block.align;
    return text;
}

PageDrafts start_drafts(const AnalysedPage& page, const DocumentFacts& document, const DocumentContext& context) {
    static const PageContext kNothing;
    const auto index = static_cast<std::size_t>(std::max(page.facts.page_index, 0));
    PageDrafts out{
        .page = page, .document = document, .context = context, .own = index < context.pages.size() ? context.pages[index] : kNothing};
    out.known = words_of(page.facts, page.lines);
    out.facts = facts_of_blocks(page, document.fonts, out.known);
    for (std::size_t b = 0; b < page.blocks.size(); ++b) {
        const Block& block = page.blocks[b];
        ElementDraft draft{.block = static_cast<int>(b)};
        switch (block.kind) {
            case BlockKind::Table: draft.element = table_element(out, block); break;
            case BlockKind::Figure: draft.element = image_element(out, block); break;
            case BlockKind::Text:
                if (block.lines.empty()) continue;
                draft.element = text_element(out, block, out.facts[b]);
                break;
        }
        if (!out.facts[b].tag.empty() && block.kind == BlockKind::Text) draft.element.structure = Structure::Tagged;
        out.drafts.push_back(std::move(draft));
    }
    for (ElementDraft& draft : out.drafts) {
        auto is_block = [&](const auto& decision) { return static_cast<int>(decision.block) == draft.block; };
        if (draft.element.type == ElementType::Paragraph && out.block_of(draft).line_numbers) {
            draft.element.type = ElementType::HeaderFooter;
            draft.element.furniture = FurnitureKind::SideNote;
            draft.element.score = kFurnitureScore;
            draft.part = PagePart::Foot;
        } else if (auto found = std::find_if(out.own.furniture.begin(), out.own.furniture.end(), is_block);
                   found != out.own.furniture.end()) {
            draft.element.type = ElementType::HeaderFooter;
            draft.element.furniture = found->kind;
            draft.element.repeat_group = found->repeat_group;
            draft.element.page_label = found->page_label;
            draft.element.score = kFurnitureScore;
            draft.part = found->kind == FurnitureKind::PageNumber && draft.element.box.bottom < page.facts.height / 2
                             ? PagePart::Foot
                             : part_of(found->kind);
        } else if (auto head = std::find_if(out.own.heads.begin(), out.own.heads.end(), is_block); head != out.own.heads.end()) {
            draft.element.type = head->title ? ElementType::Title : ElementType::Head;
            draft.element.level = head->title ? 0 : head->level;
            draft.element.score = head->score;
            if (!head->title) draft.element.number = out.facts[head->block].section;
            draft.element.text = text_of_block(out, out.block_of(draft), false);
        }
    }
    return out;
}

}  // namespace docwright::extract
