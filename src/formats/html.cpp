#include "formats/html.h"

#include <algorithm>
#include <array>
#include <vector>

#include "formats/html_text.h"
#include "formats/runs.h"

namespace docwright::formats {
namespace {

std::string element(std::string_view tag, const std::string& id, const std::string& inner) {
    const std::string name(tag);
    return "<" + name + (id.empty() ? "" : " id=\"" + html_escaped(id) + "\"") + ">" + inner + "</" + name + ">";
}

std::string check_mark(const std::optional<bool>& checked) { return !checked ? "" : *checked ? "☑ " : "☐ "; }

// A bullet that says nothing but "item" is the list's own.
bool is_bullet(const std::u32string& label) {
    return std::ranges::none_of(label, [](char32_t letter) {
        return (letter >= U'0' && letter <= U'9') || (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z') ||
               letter == U'§' || (letter > 0xFF && letter < 0x2000);
    });
}

std::string item_text(const ListItem& item) {
    std::string text = check_mark(item.checked);
    if (!item.ordered && !item.checked && !is_bullet(item.label)) text += html_escaped(item.label) + " ";
    for (std::size_t i = 0; i < item.paragraphs.size(); ++i) {
        text += i == 0 ? html_inline(item.paragraphs[i]) : "<p>" + html_inline(item.paragraphs[i]) + "</p>";
    }
    return text;
}

std::string list_html(const std::vector<ListItem>& items) {
    struct Open {
        int level;
        std::string_view tag;
    };
    std::vector<Open> open;
    std::string out;
    const auto close = [&] {
        out += "</li></" + std::string(open.back().tag) + ">";
        open.pop_back();
    };
    for (const ListItem& item : items) {
        const std::string_view tag = item.ordered ? "ol" : "ul";
        while (!open.empty() && open.back().level > item.level) close();
        if (!open.empty() && open.back().level == item.level && open.back().tag != tag) close();
        if (!open.empty() && open.back().level == item.level) {
            out += "</li>\n";
        } else {
            open.push_back({item.level, tag});
            const bool starts_late = item.ordered && item.number != 1;
            out += "<" + std::string(tag) + (starts_late ? " start=\"" + std::to_string(item.number) + "\">" : ">");
        }
        out += "<li" + (item.id.empty() ? std::string() : " id=\"" + html_escaped(item.id) + "\"") + ">" + item_text(item);
    }
    while (!open.empty()) close();
    return out;
}

std::string contents_html(const Block& block) {
    std::string out = "<ul class=\"toc\">";
    for (const ListItem& item : block.items) out += element("li", item.id, html_inline(item.paragraphs[0]));
    return out + "</ul>";
}

std::string fields_html(const Block& block) {
    std::string out = "<dl>";
    for (const FieldLine& field : block.fields) {
        const std::string value = field.checked ? (*field.checked ? "☑" : "☐") : html_escaped(field.value);
        out += "<dt>" + html_escaped(field.label) + "</dt><dd>" + value + "</dd>";
    }
    return out + "</dl>";
}

std::string image_html(const Block& block) {
    const std::string caption = block.caption.empty() ? "" : "<figcaption>" + html_inline(block.caption) + "</figcaption>";
    std::string picture;
    if (!block.file.empty()) picture = "<img src=\"" + html_escaped(block.file) + "\" alt=\"" + html_escaped(block.alternate_text) + "\">";
    return element("figure", block.id, block.caption_first ? caption + picture : picture + caption);
}

std::string formula_html(const Block& block) {
    const std::string text = html_escaped(block.alternate_text);
    if (!block.latex.empty()) {
        return "<div id=\"" + html_escaped(block.id) + "\" role=\"math\" data-latex=\"" + html_escaped(block.latex) + "\">" + text +
               "</div>";
    }
    if (block.file.empty()) return element("p", block.id, text);
    return element("p", block.id, "<img src=\"" + html_escaped(block.file) + "\" alt=\"" + text + "\">");
}

std::string code_html(const Block& block) {
    return "<pre id=\"" + html_escaped(block.id) + "\"><code>" + html_escaped(plain(block.runs)) + "</code></pre>";
}

std::string sidebar_html(const Block& block) {
    std::string inner;
    for (const Block& each : block.blocks) inner += html_block(each);
    return element("aside", block.id, inner);
}

}  // namespace

std::string html_block(const Block& block) {
    switch (block.kind) {
        case BlockKind::Title: return element("h1", block.id, html_inline(block.runs));
        case BlockKind::Head: return element("h" + std::to_string(block.depth), block.id, html_inline(block.runs));
        case BlockKind::Paragraph: return element("p", block.id, html_inline(block.runs));
        case BlockKind::Quote: return element("blockquote", block.id, html_inline(block.runs));
        case BlockKind::Code: return code_html(block);
        case BlockKind::Contents: return contents_html(block);
        case BlockKind::List: return list_html(block.items);
        case BlockKind::Table: return html_table(block);
        case BlockKind::Image: return image_html(block);
        case BlockKind::Formula: return formula_html(block);
        case BlockKind::Footnote:
            return "<aside role=\"doc-footnote\" id=\"fn-" + std::to_string(block.number) + "\">" + html_inline(block.runs) + "</aside>";
        case BlockKind::Sidebar: return sidebar_html(block);
        case BlockKind::Fields: return fields_html(block);
        case BlockKind::PageStart: return "<hr data-page=\"" + std::to_string(block.number) + "\">";
    }
    return {};
}

Status HtmlWriter::start(std::string_view language, std::string_view title) {
    static constexpr std::array<std::string_view, 5> kRightToLeft = {"ar", "he", "fa", "ur", "yi"};
    const std::string_view base = language.substr(0, language.find('-'));
    const bool leftward = std::ranges::find(kRightToLeft, base) != kRightToLeft.end();
    return out_("<!DOCTYPE html>\n<html lang=\"" + html_escaped(language) + "\" dir=\"" + (leftward ? "rtl" : "ltr") +
                "\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + html_escaped(title) + "</title>\n</head>\n<body>\n");
}

Status HtmlWriter::add(const Block& block) { return out_(html_block(block) + "\n"); }

Status HtmlWriter::finish() { return out_("</body>\n</html>\n"); }

}  // namespace docwright::formats
