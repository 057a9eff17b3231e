#include "formats/block_stream.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "extract/page/keys.h"

namespace docwright::formats {
namespace {

namespace key = extract::key;

constexpr int kDeepestHead = 6;

std::string id_of(const json::object& element) { return std::string(text_member(element, key::kId)); }
std::string_view type_of(const json::object& element) { return text_member(element, key::kType); }
const json::object& content_of(const json::object& element) { return object_member(element, key::kContent); }
std::string_view role_of(const json::object& element) { return text_member(content_of(element), key::kRole); }

bool later_part(const json::object& element) { return number_member(object_member(element, key::kContinuation), key::kPart, 1) > 1; }

bool held_by(std::string_view owner) { return owner.starts_with("table") || owner.starts_with("sidebar"); }

bool visible_free_text(const json::object& content) {
    return text_member(content, key::kSubtype) == "FreeText" && flag_member(content, key::kVisible, true) &&
           !text_member(content, key::kText).empty();
}

std::uint32_t length_member(const json::object& object, std::string_view name) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number_member(object, name, 0), 0, 1'000'000));
}

int page_of(const json::object& element) { return static_cast<int>(number_member(object_member(element, key::kRegion), key::kPage, 0)); }

// ---- joining the parts of a text -------------------------------------------------------------------------------------------

bool is_hyphen(char32_t letter) { return letter == U'-' || letter == U'\x00AD' || letter == U'\x2010'; }

void join_text(std::u32string& text, std::string_view joiner) {
    if (joiner == "dehyphenate") {
        while (!text.empty() && text.back() == U' ') text.pop_back();
        if (!text.empty() && is_hyphen(text.back())) text.pop_back();
    } else if (joiner == "newline") {
        text += U'\n';
    } else if (joiner != "none") {
        text += U' ';
    }
}

bool same_marks(const json::object& a, const json::object& b) {
    return number_member(a, key::kFontWeight, 0) == number_member(b, key::kFontWeight, 0) &&
           flag_member(a, key::kFontItalic, false) == flag_member(b, key::kFontItalic, false) &&
           flag_member(a, key::kFontMonospaced, false) == flag_member(b, key::kFontMonospaced, false);
}

// The spans of `part`, moved behind `offset` and made to deviate from the style of the first part.
void append_spans(json::array& spans, const json::object& part, const json::object& first_style, std::size_t offset, std::size_t size) {
    const json::object& style = object_member(part, key::kStyle);
    const bool same = same_marks(style, first_style);
    if (!same) spans.push_back(json::object{{key::kStart, offset}, {key::kLength, size}, {key::kStyle, style}});
    for (const json::value& value : array_member(part, key::kSpans)) {
        if (!value.is_object()) continue;
        json::object span = value.get_object();
        span[key::kStart] = number_member(span, key::kStart, 0) + static_cast<std::int64_t>(offset);
        if (!same) {
            json::object whole = style;
            for (const auto& member : object_member(span, key::kStyle)) whole[member.key()] = member.value();
            span[key::kStyle] = std::move(whole);
        }
        spans.push_back(std::move(span));
    }
}

// ---- lists ---------------------------------------------------------------------------------------------------------------------

std::u32string core_of(const std::u32string& label) {
    std::u32string core;
    for (char32_t letter : label) {
        if (std::u32string_view(U".()[]{}:").find(letter) == std::u32string_view::npos) core += letter;
    }
    return core;
}

bool all_digits(const std::u32string& text) {
    return !text.empty() && std::ranges::all_of(text, [](char32_t letter) { return letter >= U'0' && letter <= U'9'; });
}

ListItem item_of(const json::object& element, Runs runs) {
    const json::object& list = object_member(content_of(element), key::kList);
    ListItem item{.label = code_points_of(text_member(list, key::kLabel)), .id = id_of(element)};
    item.level = static_cast<int>(std::clamp<std::int64_t>(number_member(list, key::kLevel, 1), 1, 9));
    item.number = static_cast<int>(std::clamp<std::int64_t>(number_member(list, key::kNumber, 0), 0, 999'999'999));
    item.ordered = flag_member(list, key::kOrdered, false) && all_digits(core_of(item.label));
    if (list.contains(key::kChecked)) item.checked = flag_member(list, key::kChecked, false);
    item.paragraphs.push_back(std::move(runs));
    return item;
}

// ---- fields --------------------------------------------------------------------------------------------------------------------

std::u32string label_of(const json::object& field) {
    std::string_view label = text_member(object_member(field, key::kLabel), key::kText);
    if (label.empty()) label = text_member(field, key::kAlternateName);
    if (label.empty()) label = text_member(field, key::kName);
    while (label.ends_with(':') || label.ends_with(' ')) label.remove_suffix(1);
    return code_points_of(label);
}

std::u32string signature_text(const json::object& signature) {
    if (text_member(signature, key::kState) != "signed") return U"not signed";
    std::string text = "signed";
    if (const std::string_view signer = text_member(signature, key::kSigner); !signer.empty()) text += " by " + std::string(signer);
    if (const std::string_view time = text_member(signature, key::kTime); !time.empty()) text += " on " + std::string(time);
    return code_points_of(text);
}

}  // namespace

// ---- learning ------------------------------------------------------------------------------------------------------------------

Status BlockStream::learn(const json::object& element) {
    const std::string id = id_of(element);
    const std::string_view type = type_of(element);
    if (id.empty() || type.empty()) return Error{Fault::InvalidInput, "An element has no id or type."};
    const json::object& content = content_of(element);
    if (type == "title") has_title_ = true;
    if (type == "image" || type == "table") met_.insert(id);
    if (type == "hyperlink") {
        const json::object& target = object_member(content, key::kTarget);
        links_[id] = {.address = std::string(text_member(target, key::kUri)), .element = std::string(text_member(target, key::kElementId))};
    }
    if (type == "footnote" && !array_member(content, key::kReferences).empty() && !later_part(element)) {
        const auto number = static_cast<int>(footnotes_.size()) + 1;
        footnotes_.emplace(id, number);
    }
    if (later_part(element)) {
        parts_[std::string(text_member(object_member(element, key::kContinuation), key::kGroup))].push_back(element);
        return success();
    }
    if (const std::string_view owner = text_member(content, key::kCaptionOf); !owner.empty()) {
        captions_[std::string(owner)].push_back({.id = id, .content = content, .first = !met_.contains(std::string(owner))});
    }
    if (const std::string_view label = text_member(object_member(object_member(content, key::kField), key::kLabel), key::kElementId);
        !label.empty()) {
        labels_.insert(std::string(label));
    }
    if (const std::string_view owner = text_member(element, key::kParent); held_by(owner))
        contained_[std::string(owner)].push_back(element);
    return success();
}

// ---- the stream ------------------------------------------------------------------------------------------------------------------

bool BlockStream::dropped(const json::object& element) const {
    const std::string_view type = type_of(element);
    const json::object& content = content_of(element);
    if (type == "hyperlink" || later_part(element)) return true;
    if (type == "headerFooter") return !options_.furniture;
    if (type == "annotation") return !visible_free_text(content) && !options_.comments;
    if (labels_.contains(id_of(element)) || !text_member(content, key::kCaptionOf).empty()) return true;
    if (type != "form") return false;
    const json::object& field = object_member(content, key::kField);
    const json::array& widgets = array_member(field, key::kWidgets);
    const bool seen = std::ranges::any_of(
        widgets, [](const json::value& widget) { return widget.is_object() && flag_member(widget.get_object(), key::kVisible, true); });
    return text_member(field, key::kType) == "pushButton" || (!widgets.empty() && !seen);
}

Status BlockStream::add(const json::object& element, const BlockSink& out) {
    if (options_.pages && page_of(element) > page_) {
        TRY(flush(out));
        const bool first = std::exchange(page_, page_of(element)) == 0;
        if (!first) TRY(out(Block{.kind = BlockKind::PageStart, .number = page_}));
    }
    if (dropped(element) || held_by(text_member(element, key::kParent))) return success();
    if (type_of(element) == "form" ? add_field(element) : add_item(element)) return success();
    TRY(flush(out));
    if (type_of(element) == "form") {
        open_ = Block{.kind = BlockKind::Fields, .id = id_of(element)};
        is_open_ = true;
        add_field(element);
        return success();
    }
    if (type_of(element) == "paragraph" && (role_of(element) == "listItem" || role_of(element) == "toc")) {
        open_ = Block{.kind = role_of(element) == "toc" ? BlockKind::Contents : BlockKind::List, .id = id_of(element)};
        is_open_ = true;
        open_list_ = text_member(object_member(content_of(element), key::kList), key::kListId);
        add_item(element);
        return success();
    }
    for (const Block& block : blocks_of(element)) TRY(out(block));
    return success();
}

Status BlockStream::finish(const BlockSink& out) { return flush(out); }

Status BlockStream::flush(const BlockSink& out) {
    if (!std::exchange(is_open_, false)) return success();
    const Block block = std::exchange(open_, Block{});
    open_list_.clear();
    return out(block);
}

bool BlockStream::add_field(const json::object& element) {
    if (!is_open_ || open_.kind != BlockKind::Fields) return false;
    const json::object& content = content_of(element);
    const json::object& field = object_member(content, key::kField);
    FieldLine line{.label = label_of(field), .value = code_points_of(text_member(content, key::kText))};
    const std::string_view type = text_member(field, key::kType);
    if (type == "checkbox") line.checked = flag_member(field, key::kChecked, false);
    if (type == "signature") line.value = signature_text(object_member(field, key::kSignature));
    open_.fields.push_back(std::move(line));
    return true;
}

bool BlockStream::add_item(const json::object& element) {
    if (!is_open_ || type_of(element) != "paragraph") return false;
    const json::object content = joined_content(element);
    if (open_.kind == BlockKind::Contents && role_of(element) == "toc") {
        ListItem item{.id = id_of(element)};
        item.paragraphs.push_back(runs(content));
        open_.items.push_back(std::move(item));
        return true;
    }
    const json::object& list = object_member(content, key::kList);
    const bool same_list = open_.kind == BlockKind::List && role_of(element) == "listItem" && text_member(list, key::kListId) == open_list_;
    if (!same_list) return false;
    const std::uint32_t label = length_member(list, key::kLabelLength);
    if (label == 0 && text_member(list, key::kLabel).empty() && !open_.items.empty()) {
        open_.items.back().paragraphs.push_back(runs(content));
    } else {
        open_.items.push_back(item_of(element, runs(content, label)));
    }
    return true;
}

// ---- blocks ------------------------------------------------------------------------------------------------------------------------

std::vector<Block> BlockStream::blocks_of(const json::object& element) {
    const std::string_view type = type_of(element);
    if (type == "title") return {text_block(element, BlockKind::Title)};
    if (type == "head") return {text_block(element, BlockKind::Head)};
    if (type == "table") return {table_block(element)};
    if (type == "image" || type == "formula") return {image_block(element)};
    if (type == "footnote") return {footnote_block(element)};
    if (type == "sidebar") return {sidebar_block(element)};
    if (type == "annotation" && !visible_free_text(content_of(element))) {
        Block block{.kind = BlockKind::Quote, .id = id_of(element)};
        const std::string author(text_member(content_of(element), key::kAuthor));
        block.runs.push_back(
            {.text = code_points_of((author.empty() ? "" : author + ": ") + std::string(text_member(content_of(element), key::kText)))});
        return {block};
    }
    const std::string_view role = role_of(element);
    return {text_block(element, role == "quote" ? BlockKind::Quote : role == "code" ? BlockKind::Code : BlockKind::Paragraph)};
}

Runs BlockStream::runs(const json::object& content, std::uint32_t skip, MarkRule rule) const {
    return runs_of(content, nullptr, skip, rule, links_, footnotes_);
}

json::object BlockStream::joined_content(const json::object& element) const {
    json::object content = content_of(element);
    const auto parts = parts_.find(id_of(element));
    if (parts == parts_.end()) return content;
    std::u32string text = code_points_of(text_member(content, key::kText));
    json::array spans = array_member(content, key::kSpans);
    for (const json::object& part : parts->second) {
        join_text(text, text_member(object_member(part, key::kContinuation), key::kJoiner));
        const std::u32string more = code_points_of(text_member(content_of(part), key::kText));
        append_spans(spans, content_of(part), object_member(content, key::kStyle), text.size(), more.size());
        text += more;
    }
    content[key::kText] = utf8_of(text);
    content[key::kSpans] = std::move(spans);
    return content;
}

Block BlockStream::text_block(const json::object& element, BlockKind kind) {
    Block block{.kind = kind, .id = id_of(element)};
    const bool head = kind == BlockKind::Title || kind == BlockKind::Head;
    block.runs = runs(joined_content(element), 0, head ? MarkRule::NoBoldOrItalic : MarkRule::All);
    if (kind == BlockKind::Head) {
        const std::int64_t level = std::clamp<std::int64_t>(number_member(element, key::kLevel, 1), 1, kDeepestHead);
        block.depth = std::min(kDeepestHead, static_cast<int>(level) + (has_title_ ? 1 : 0));
    }
    return block;
}

Block BlockStream::footnote_block(const json::object& element) {
    Block block{.kind = BlockKind::Footnote, .id = id_of(element)};
    const auto number = footnotes_.find(block.id);
    if (number == footnotes_.end()) return text_block(element, BlockKind::Paragraph);
    block.number = number->second;
    const json::object content = joined_content(element);
    // What closes a printed marker, "1." or "1)", goes with it.
    const std::u32string text = code_points_of(text_member(content, key::kText));
    std::uint32_t skip = length_member(content, key::kMarkerLength);
    while (skip > 0 && skip < text.size() && std::u32string_view(U".) ").find(text[skip]) != std::u32string_view::npos) ++skip;
    block.runs = runs(content, skip);
    return block;
}

Block BlockStream::sidebar_block(const json::object& element) {
    Block block{.kind = BlockKind::Sidebar, .id = id_of(element)};
    for (const json::value& value : array_member(content_of(element), key::kParagraphs)) {
        if (!value.is_object()) continue;
        block.blocks.push_back(
            {.kind = BlockKind::Paragraph, .id = id_of(value.get_object()), .runs = runs(content_of(value.get_object()))});
    }
    for (const json::object& inside : contained_[block.id]) {
        if (dropped(inside) || type_of(inside) == "form") continue;
        for (Block& each : blocks_of(inside)) block.blocks.push_back(std::move(each));
    }
    return block;
}

Block BlockStream::image_block(const json::object& element) {
    const json::object& content = content_of(element);
    const bool formula = type_of(element) == "formula";
    Block block{.kind = formula ? BlockKind::Formula : BlockKind::Image, .id = id_of(element)};
    block.file = text_member(content, key::kFile);
    block.latex = text_member(content, key::kLatex);
    block.formula_number = code_points_of(text_member(content, key::kNumber));
    block.alternate_text = code_points_of(text_member(content, formula ? key::kText : key::kAltText));
    for (const Caption& caption : captions_[block.id]) {
        if (!block.caption.empty()) block.caption.push_back({.text = U" "});
        for (Run& run : runs(caption.content)) block.caption.push_back(std::move(run));
        block.caption_first = caption.first;
        block.caption_id = caption.id;
    }
    if (block.alternate_text.empty()) block.alternate_text = plain(block.caption);
    return block;
}

Block BlockStream::table_block(const json::object& element) {
    Block block = image_block(element);
    block.kind = BlockKind::Table;
    const json::object& body = object_member(content_of(element), key::kBody);
    block.row_count = static_cast<int>(number_member(body, key::kRowCount, 0));
    block.column_count = static_cast<int>(number_member(body, key::kColumnCount, 0));
    block.header_rows = static_cast<int>(number_member(body, key::kHeaderRowCount, 0));
    for (const json::value& value : array_member(body, key::kCells)) {
        if (!value.is_object()) continue;
        const json::object& source = value.get_object();
        TableCell cell{.row = static_cast<int>(number_member(source, key::kRowIndex, 0))};
        cell.column = static_cast<int>(number_member(source, key::kColumnIndex, 0));
        cell.row_span = static_cast<int>(number_member(source, key::kRowSpan, 1));
        cell.column_span = static_cast<int>(number_member(source, key::kColumnSpan, 1));
        cell.kind = text_member(source, key::kKind);
        const json::object& content = content_of(object_member(source, key::kParagraph));
        for (const json::value& line : array_member(source, key::kParagraphs)) {
            if (!line.is_object()) continue;
            cell.lines.push_back(runs_of(line.get_object(), &object_member(content, key::kStyle), 0, MarkRule::All, links_, footnotes_));
        }
        if (cell.lines.empty() && !text_member(content, key::kText).empty()) cell.lines.push_back(runs(content));
        for (const json::value& id : array_member(source, key::kContains)) {
            for (const json::object& inside : contained_[block.id]) {
                if (!id.is_string() || id_of(inside) != std::string_view(id.get_string()) || dropped(inside)) continue;
                for (Block& each : blocks_of(inside)) cell.nested.push_back(std::move(each));
            }
        }
        block.cells.push_back(std::move(cell));
    }
    return block;
}

}  // namespace docwright::formats
