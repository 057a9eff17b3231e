#include "formats/plain_text.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "formats/runs.h"

namespace docwright::formats {
namespace {

std::string inline_text(const Runs& runs) {
    std::string text;
    for (const Run& run : runs) text += run.note > 0 ? "[" + std::to_string(run.note) + "]" : utf8_of(run.text);
    std::erase(text, '\r');
    return text;
}

std::string on_one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    std::ranges::replace(text, '\t', ' ');
    return text;
}

std::string block_text(const Block& block);

std::string table_text(const Block& block) {
    std::string out = inline_text(block.caption);
    const auto columns = static_cast<std::size_t>(std::max(0, block.column_count));
    std::size_t cell = 0;
    for (int row = 0; row < block.row_count; ++row) {
        std::vector<std::string> texts(columns);
        for (; cell < block.cells.size() && block.cells[cell].row <= row; ++cell) {
            const TableCell& source = block.cells[cell];
            if (source.row != row || source.column < 0 || static_cast<std::size_t>(source.column) >= columns) continue;
            std::string& text = texts[static_cast<std::size_t>(source.column)];
            for (const Runs& line : source.lines) text += (text.empty() ? "" : " ") + on_one_line(inline_text(line));
            for (const Block& nested : source.nested) text += (text.empty() ? "" : " ") + on_one_line(block_text(nested));
        }
        if (!out.empty()) out += '\n';
        for (std::size_t i = 0; i < columns; ++i) out += (i > 0 ? "\t" : "") + texts[i];
    }
    return out;
}

std::string list_text(const Block& block) {
    std::string out;
    for (const ListItem& item : block.items) {
        const std::string indent(static_cast<std::size_t>(std::max(0, item.level - 1)) * 2, ' ');
        for (std::size_t i = 0; i < item.paragraphs.size(); ++i) {
            if (!out.empty()) out += '\n';
            out += indent;
            if (i == 0 && !item.label.empty()) out += utf8_of(item.label) + " ";
            out += inline_text(item.paragraphs[i]);
        }
    }
    return out;
}

std::string fields_text(const Block& block) {
    std::string out;
    for (const FieldLine& field : block.fields) {
        if (!out.empty()) out += '\n';
        out +=
            field.checked ? (*field.checked ? "[x] " : "[ ] ") + utf8_of(field.label) : utf8_of(field.label) + ": " + utf8_of(field.value);
    }
    return out;
}

std::string block_text(const Block& block) {
    switch (block.kind) {
        case BlockKind::Title:
        case BlockKind::Head:
        case BlockKind::Paragraph:
        case BlockKind::Quote:
        case BlockKind::Code: return inline_text(block.runs);
        case BlockKind::Contents:
        case BlockKind::List: return list_text(block);
        case BlockKind::Table: return table_text(block);
        case BlockKind::Image: return inline_text(block.caption);
        case BlockKind::Formula: return utf8_of(block.alternate_text);
        case BlockKind::Footnote: return "[" + std::to_string(block.number) + "] " + inline_text(block.runs);
        case BlockKind::Fields: return fields_text(block);
        case BlockKind::PageStart: return "\f";
        case BlockKind::Sidebar: {
            std::string out;
            for (const Block& each : block.blocks) out += (out.empty() ? "" : "\n\n") + block_text(each);
            return out;
        }
    }
    return {};
}

}  // namespace

Status PlainTextWriter::add(const Block& block) {
    const std::string text = block_text(block);
    if (text.empty()) return success();
    return out_((std::exchange(any_, true) ? "\n" : "") + text + "\n");
}

}  // namespace docwright::formats
