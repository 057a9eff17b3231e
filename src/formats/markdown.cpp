#include "formats/markdown.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "formats/html_text.h"
#include "formats/markdown_text.h"
#include "formats/runs.h"

namespace docwright::formats {
namespace {

constexpr std::size_t kBulletWidth = 2;  // of "- ": what belongs to the item is indented so far

std::string block_text(const Block& block);

std::string prefixed(const std::string& text, const std::string& first, const std::string& others) {
    std::string out = first;
    for (char letter : text) {
        out += letter;
        if (letter == '\n') out += others;
    }
    // No trailing blanks on empty lines.
    std::string clean;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i] == '\n') {
            const std::size_t line = clean.rfind('\n') + 1;
            if (clean.find_first_not_of(' ', line) == std::string::npos) clean.resize(line);
            if (std::string_view(clean).substr(line) == "> ") clean.pop_back();
        }
        clean += out[i];
    }
    return clean;
}

std::string list_text(const Block& block) {
    std::string out;
    std::vector<std::size_t> indents;  // of the text at each level
    for (const ListItem& item : block.items) {
        const auto level = static_cast<std::size_t>(item.level);
        indents.resize(std::min(indents.size(), level - 1));
        const std::size_t indent = indents.empty() ? 0 : indents.back();
        const std::string marker = item.ordered ? std::to_string(item.number) + ". " : "- ";
        while (indents.size() < level) indents.push_back(indent + (item.ordered ? marker.size() : kBulletWidth));
        for (std::size_t i = 0; i < item.paragraphs.size(); ++i) {
            std::string text;
            if (i == 0 && item.checked) text += *item.checked ? "[x] " : "[ ] ";
            if (i == 0 && !item.ordered && !item.checked) text += markdown_label(item.label);
            text += markdown_inline(item.paragraphs[i], LineStart::Text);
            if (!out.empty()) out += i == 0 ? "\n" : "\n\n";
            const std::string blanks(indents.back(), ' ');
            out += prefixed(text, i == 0 ? std::string(indent, ' ') + marker : blanks, blanks);
        }
    }
    return out;
}

std::string contents_text(const Block& block) {
    std::string out;
    for (const ListItem& item : block.items) {
        out += (out.empty() ? "- " : "\n- ") + prefixed(markdown_inline(item.paragraphs[0], LineStart::Text), "", "  ");
    }
    return out;
}

// ---- tables --------------------------------------------------------------------------------------------------------------------

bool fits_pipes(const Block& table) {
    if (table.header_rows != 1 ||
        table.cells.size() != static_cast<std::size_t>(table.row_count) * static_cast<std::size_t>(table.column_count)) {
        return false;
    }
    return std::ranges::all_of(table.cells,
                               [](const TableCell& cell) { return cell.row_span == 1 && cell.column_span == 1 && cell.nested.empty(); });
}

std::string pipe_table(const Block& table) {
    std::string out;
    for (const TableCell& cell : table.cells) {
        std::string text;
        for (const Runs& line : cell.lines) text += (text.empty() ? "" : "<br>") + markdown_inline(line, LineStart::Cell);
        if (cell.column == 0) out += out.empty() ? "|" : "\n|";
        out += " " + text + (text.empty() ? "|" : " |");
        if (cell.row == 0 && cell.column == table.column_count - 1) {
            out += "\n|";
            for (int i = 0; i < table.column_count; ++i) out += " --- |";
        }
    }
    return out;
}

std::string table_text(const Block& table) {
    if (!fits_pipes(table)) return html_table(table);
    const std::string caption = markdown_inline(table.caption, LineStart::Text);
    if (caption.empty()) return pipe_table(table);
    return table.caption_first ? caption + "\n\n" + pipe_table(table) : pipe_table(table) + "\n\n" + caption;
}

// ---- the rest ------------------------------------------------------------------------------------------------------------------

std::string image_text(const Block& block) {
    const std::string caption = markdown_inline(block.caption, LineStart::Text);
    if (block.file.empty()) return caption;
    const std::string picture = "![" + markdown_label_text(block.alternate_text) + "](" + block.file + ")";
    if (caption.empty()) return picture;
    return block.caption_first ? caption + "\n\n" + picture : picture + "\n\n" + caption;
}

std::string formula_text(const Block& block) {
    if (block.latex.empty()) {
        if (!block.file.empty()) return "![" + markdown_label_text(block.alternate_text) + "](" + block.file + ")";
        return markdown_inline({{.text = block.alternate_text}}, LineStart::Text);
    }
    std::string number = utf8_of(block.formula_number);
    std::erase_if(number, [](char letter) { return letter == '(' || letter == ')'; });
    return "$$" + block.latex + (number.empty() ? "" : " \\tag{" + number + "}") + "$$";
}

std::string code_text(const Block& block) {
    const std::string text = utf8_of(plain(block.runs));
    std::string fence = "```";
    while (text.find(fence) != std::string::npos) fence += '`';
    return fence + "\n" + text + "\n" + fence;
}

std::string fields_text(const Block& block) {
    std::string out;
    for (const FieldLine& field : block.fields) {
        if (!out.empty()) out += "  \n";
        const std::string label = markdown_inline({{.text = field.label}}, LineStart::Inside);
        if (field.checked) {
            out += (*field.checked ? "[x] " : "[ ] ") + label;
        } else {
            out += "**" + label + ":** " + markdown_inline({{.text = field.value}}, LineStart::Inside);
        }
    }
    return out;
}

std::string sidebar_text(const Block& block) {
    std::string inner;
    for (const Block& each : block.blocks) inner += (inner.empty() ? "" : "\n\n") + block_text(each);
    return prefixed(inner, "> ", "> ");
}

std::string head_text(const Block& block, int depth) {
    std::string text = markdown_inline(block.runs, LineStart::Inside);
    std::ranges::replace(text, '\n', ' ');
    return std::string(static_cast<std::size_t>(depth), '#') + " " + text;
}

std::string block_text(const Block& block) {
    switch (block.kind) {
        case BlockKind::Title: return head_text(block, 1);
        case BlockKind::Head: return head_text(block, block.depth);
        case BlockKind::Paragraph: return markdown_inline(block.runs, LineStart::Text);
        case BlockKind::Quote: return prefixed(markdown_inline(block.runs, LineStart::Text), "> ", "> ");
        case BlockKind::Code: return code_text(block);
        case BlockKind::Contents: return contents_text(block);
        case BlockKind::List: return list_text(block);
        case BlockKind::Table: return table_text(block);
        case BlockKind::Image: return image_text(block);
        case BlockKind::Formula: return formula_text(block);
        case BlockKind::Footnote:
            return prefixed(markdown_inline(block.runs, LineStart::Text), "[^" + std::to_string(block.number) + "]: ", "    ");
        case BlockKind::Sidebar: return sidebar_text(block);
        case BlockKind::Fields: return fields_text(block);
        case BlockKind::PageStart: return "<!-- page " + std::to_string(block.number) + " -->";
    }
    return {};
}

}  // namespace

Status MarkdownWriter::add(const Block& block) {
    const std::string text = block_text(block);
    if (text.empty()) return success();
    return out_((std::exchange(any_, true) ? "\n" : "") + text + "\n");
}

}  // namespace docwright::formats
