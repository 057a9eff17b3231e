#include "docgen/package/html_paragraphs.h"

#include <fmt/format.h>

#include <cmath>

#include "docgen/package/properties_xml.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kLinkColor = "0563C1";  // of Word's own style Hyperlink, which a template may lack

std::string text_xml(std::string_view text, const std::string& prefix) {
    std::string out = fmt::format("<{}t xml:space=\"preserve\">", prefix);
    for (std::size_t at; (at = text.find('\n')) != std::string_view::npos; text.remove_prefix(at + 1)) {
        append_escaped(out, text.substr(0, at));
        out += fmt::format("</{0}t><{0}br/><{0}t xml:space=\"preserve\">", prefix);
    }
    append_escaped(out, text);
    return out + fmt::format("</{}t>", prefix);
}

std::string run_xml(const HtmlRun& run, const RichPlace& place, bool is_link) {
    Properties properties(PropertiesOf::Run, place.run_properties, place.prefix);
    const HtmlStyle& style = run.style;
    const std::string val = place.prefix + "val=";
    for (const auto& [set, name] :
         {std::pair(style.bold, "b"), {style.bold, "bCs"}, {style.italic, "i"}, {style.italic, "iCs"}, {style.strike, "strike"}})
        if (set) properties.set(name);
    if (style.underline || is_link) properties.set("u", val + "\"single\"");
    if (!style.color.empty() || is_link)
        properties.set("color", fmt::format("{}\"{}\"", val, style.color.empty() ? kLinkColor : std::string_view(style.color)));
    if (style.size > 0)
        for (const char* name : {"sz", "szCs"}) properties.set(name, fmt::format("{}\"{}\"", val, std::lround(style.size * 2)));
    return fmt::format("<{0}r>{1}{2}</{0}r>", place.prefix, properties.xml(), text_xml(run.text, place.prefix));
}

std::string linked(const std::string& runs, const std::string& relationship, const RichPlace& place) {
    const std::string_view relationships = place.strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                                                        : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    return fmt::format("<{0}hyperlink xmlns:r=\"{1}\" r:id=\"{2}\" {0}history=\"1\">{3}</{0}hyperlink>", place.prefix, relationships,
                       relationship, runs);
}

std::string runs_xml(const HtmlBlock& block, const RichPlace& place, const MarkupParts& parts) {
    std::string out;
    for (const HtmlRun& run : block.runs) {
        const std::string link = run.style.link.empty() || place.in_link ? std::string() : parts.link(run.style.link);
        const std::string xml = run_xml(run, place, !link.empty());
        out += link.empty() ? xml : linked(xml, link, place);
    }
    return out;
}

std::string end_of_run(const RichPlace& place) { return fmt::format("</{0}t></{0}r>", place.prefix); }

std::string start_of_run(const RichPlace& place) {
    return fmt::format("<{0}r>{1}<{0}t xml:space=\"preserve\">", place.prefix, place.run_properties);
}

// A paragraph like the tag's own; only the last one ends the section that that one ends.
std::string paragraph_properties(const HtmlBlock* block, bool last, const RichPlace& place, const MarkupParts& parts) {
    Properties properties(PropertiesOf::Paragraph, place.paragraph_properties, place.prefix);
    if (!last) properties.remove("sectPr");
    if (block && block->item) {
        properties.remove("ind");
        properties.set_content("numPr", fmt::format("<{0}ilvl {0}val=\"{1}\"/><{0}numId {0}val=\"{2}\"/>", place.prefix, block->level,
                                                    parts.numbering(*block)));
    }
    return properties.xml();
}

std::string paragraphs_xml(const std::vector<HtmlBlock>& blocks, const RichPlace& place, const MarkupParts& parts) {
    if (blocks.empty()) return fmt::format("<{0}p>{1}</{0}p>", place.prefix, place.paragraph_properties);
    std::string out;
    for (const HtmlBlock& block : blocks)
        out += fmt::format("<{0}p>{1}{2}</{0}p>", place.prefix, paragraph_properties(&block, &block == &blocks.back(), place, parts),
                           runs_xml(block, place, parts));
    return out;
}

// Where a paragraph cannot be parted: lines, with signs for items.
std::string lines_xml(const std::vector<HtmlBlock>& blocks, const RichPlace& place) {
    std::string lines;
    int number = 0, list = -1;
    for (const HtmlBlock& block : blocks) {
        if (!lines.empty()) lines += '\n';
        if (block.list != list) number = 0;
        list = block.list;
        if (block.item) lines += block.ordered ? fmt::format("{}. ", ++number) : "• ";
        for (const HtmlRun& run : block.runs) lines += run.text;
    }
    const std::string xml = text_xml(lines, place.prefix);
    const std::string open = fmt::format("<{}t xml:space=\"preserve\">", place.prefix), close = fmt::format("</{}t>", place.prefix);
    return close + xml + open;
}

}  // namespace

std::string html_xml(const std::vector<HtmlBlock>& blocks, const RichPlace& place, const MarkupParts& parts) {
    if (place.whole_paragraph) return paragraphs_xml(blocks, place, parts);
    if (blocks.empty()) return {};
    const bool ends_section = place.paragraph_properties.contains(place.prefix + "sectPr");
    const bool one_line = blocks.size() == 1 && !blocks[0].item;
    if (!place.in_paragraph || (ends_section && !one_line)) return lines_xml(blocks, place);
    std::string out = end_of_run(place);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i > 0 || blocks[i].item)
            out += fmt::format("</{0}p><{0}p>{1}", place.prefix, paragraph_properties(&blocks[i], false, place, parts));
        out += runs_xml(blocks[i], place, parts);
    }
    return out + start_of_run(place);
}

std::string link_xml(const std::string& text, const std::string& relationship, const RichPlace& place) {
    if (relationship.empty() || place.in_link || !place.in_paragraph) {
        std::string out;
        append_escaped(out, text);
        return out;
    }
    return end_of_run(place) + linked(run_xml({text, {}}, place, true), relationship, place) + start_of_run(place);
}

}  // namespace docwright::docgen
