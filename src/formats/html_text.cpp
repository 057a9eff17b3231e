#include "formats/html_text.h"

#include <algorithm>

#include "base/utf8.h"
#include "formats/html.h"
#include "formats/runs.h"

namespace docwright::formats {
namespace {

std::string wrapped(const std::string& text, std::string_view tag) {
    return "<" + std::string(tag) + ">" + text + "</" + std::string(tag) + ">";
}

std::string inner_lines(const TableCell& cell) {
    std::string text;
    for (const Runs& line : cell.lines) {
        if (!text.empty()) text += "<br>";
        text += html_inline(line);
    }
    for (const Block& block : cell.nested) text += html_block(block);
    return text;
}

std::string span_attribute(std::string_view name, int count) {
    return count > 1 ? " " + std::string(name) + "=\"" + std::to_string(count) + "\"" : "";
}

std::string cell_html(const TableCell& cell) {
    const bool head = cell.kind == "columnHeader" || cell.kind == "rowHeader" || cell.kind == "stubHead" || cell.kind == "sectionHeader";
    std::string tag = head ? "th" : "td";
    std::string open = "<" + tag + span_attribute("rowspan", cell.row_span) + span_attribute("colspan", cell.column_span);
    if (cell.kind == "columnHeader") open += cell.column_span > 1 ? " scope=\"colgroup\"" : " scope=\"col\"";
    if (cell.kind == "rowHeader") open += cell.row_span > 1 ? " scope=\"rowgroup\"" : " scope=\"row\"";
    if (cell.kind == "sectionHeader") open += " scope=\"rowgroup\"";
    return open + ">" + inner_lines(cell) + "</" + tag + ">";
}

}  // namespace

std::string html_escaped(std::string_view utf8) {
    std::string out;
    for (char letter : utf8) {
        switch (letter) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += letter;
        }
    }
    return out;
}

std::string html_escaped(std::u32string_view text) { return html_escaped(utf8_of(text)); }

std::string html_inline(const Runs& runs) {
    std::string out;
    for (const Run& run : runs) {
        if (run.note > 0) {
            const std::string number = std::to_string(run.note);
            out += "<sup><a href=\"#fn-" + number + "\">" + number + "</a></sup>";
            continue;
        }
        std::string text;
        for (char letter : html_escaped(run.text)) {
            if (letter == '\n') text += "<br>";
            if (letter != '\r') text += letter == '\n' ? ' ' : letter;
        }
        // "<br> x" and "<br>x" look the same; the blank keeps words apart for readers that drop tags.
        if (run.code) text = wrapped(text, "code");
        if (run.superscript) text = wrapped(text, "sup");
        if (run.subscript) text = wrapped(text, "sub");
        if (run.strikethrough) text = wrapped(text, "s");
        if (run.italic) text = wrapped(text, "em");
        if (run.bold) text = wrapped(text, "strong");
        const std::string target = !run.link.empty() ? html_escaped(run.link) : run.element.empty() ? "" : "#" + html_escaped(run.element);
        out += target.empty() ? text : "<a href=\"" + target + "\">" + text + "</a>";
    }
    return out;
}

std::string html_table(const Block& table) {
    std::string out = "<table id=\"" + html_escaped(table.id) + "\">";
    if (!table.caption.empty()) out += wrapped(html_inline(table.caption), "caption");
    int row = -1;
    const auto open_row = [&](int next) {
        if (row >= 0) out += "</tr>\n";
        for (++row; row <= next; ++row) {
            if (row == table.header_rows && row > 0) out += "</thead>\n";
            if (row == 0 && table.header_rows > 0) out += "\n<thead>\n";
            if (row == table.header_rows) out += row == 0 ? "\n<tbody>\n" : "<tbody>\n";
            out += row < next ? "<tr></tr>\n" : "<tr>";
        }
        row = next;
    };
    for (const TableCell& cell : table.cells) {
        if (cell.row != row) open_row(cell.row);
        out += cell_html(cell);
    }
    if (row >= 0) out += "</tr>\n";
    return out + (row >= table.header_rows ? "</tbody></table>" : row >= 0 ? "</thead></table>" : "</table>");
}

}  // namespace docwright::formats
