#include "docgen/package/properties_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::array<std::string_view, 40> kRunOrder = {
    "rStyle",          "rFonts",     "b",      "bCs",      "i",         "iCs",     "caps",       "smallCaps", "strike",
    "dstrike",         "outline",    "shadow", "emboss",   "imprint",   "noProof", "snapToGrid", "vanish",    "webHidden",
    "color",           "spacing",    "w",      "kern",     "position",  "sz",      "szCs",       "highlight", "u",
    "effect",          "bdr",        "shd",    "fitText",  "vertAlign", "rtl",     "cs",         "em",        "lang",
    "eastAsianLayout", "specVanish", "oMath",  "rPrChange"};
constexpr std::array<std::string_view, 36> kParagraphOrder = {"pStyle",
                                                              "keepNext",
                                                              "keepLines",
                                                              "pageBreakBefore",
                                                              "framePr",
                                                              "widowControl",
                                                              "numPr",
                                                              "suppressLineNumbers",
                                                              "pBdr",
                                                              "shd",
                                                              "tabs",
                                                              "suppressAutoHyphens",
                                                              "kinsoku",
                                                              "wordWrap",
                                                              "overflowPunct",
                                                              "topLinePunct",
                                                              "autoSpaceDE",
                                                              "autoSpaceDN",
                                                              "bidi",
                                                              "adjustRightInd",
                                                              "snapToGrid",
                                                              "spacing",
                                                              "ind",
                                                              "contextualSpacing",
                                                              "mirrorIndents",
                                                              "suppressOverlap",
                                                              "jc",
                                                              "textDirection",
                                                              "textAlignment",
                                                              "textboxTightWrap",
                                                              "outlineLvl",
                                                              "divId",
                                                              "cnfStyle",
                                                              "rPr",
                                                              "sectPr",
                                                              "pPrChange"};

}  // namespace

Properties::Properties(PropertiesOf of, std::string_view xml, std::string prefix) : of_(of), prefix_(std::move(prefix)) {
    if (xml.empty()) return;
    Result<std::vector<XmlToken>> scanned = scan_xml(xml);
    if (!scanned.ok()) return;
    const std::vector<XmlToken>& tokens = scanned.value();
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i].kind != XmlKind::Start && tokens[i].kind != XmlKind::Empty) continue;
        std::string_view name = tokens[i].name;
        if (name.starts_with(prefix_)) name.remove_prefix(prefix_.size());
        const XmlToken& last = tokens[tokens[i].partner];
        children_.push_back({std::string(name), std::string(xml.substr(tokens[i].begin, last.end - tokens[i].begin))});
        i = tokens[i].partner;
    }
}

void Properties::set(std::string_view name, std::string_view attributes) {
    put(name, fmt::format("<{}{}{}{}/>", prefix_, name, attributes.empty() ? "" : " ", attributes));
}

void Properties::set_content(std::string_view name, std::string_view content) {
    put(name, fmt::format("<{0}{1}>{2}</{0}{1}>", prefix_, name, content));
}

void Properties::put(std::string_view name, std::string xml) {
    remove(name);
    const auto after = std::ranges::find_if(children_, [&](const Child& child) { return rank(child.name) > rank(name); });
    children_.insert(after, {std::string(name), std::move(xml)});
}

void Properties::remove(std::string_view name) {
    std::erase_if(children_, [&](const Child& child) { return child.name == name; });
}

bool Properties::has(std::string_view name) const { return std::ranges::find(children_, name, &Child::name) != children_.end(); }

std::string Properties::xml() const {
    if (children_.empty()) return {};
    const std::string_view name = of_ == PropertiesOf::Run ? "rPr" : "pPr";
    std::string out = fmt::format("<{}{}>", prefix_, name);
    for (const Child& child : children_) out += child.xml;
    return out + fmt::format("</{}{}>", prefix_, name);
}

// Children of other namespaces come after all that the schema names.
std::size_t Properties::rank(std::string_view name) const {
    const std::span<const std::string_view> order =
        of_ == PropertiesOf::Run ? std::span<const std::string_view>(kRunOrder) : std::span<const std::string_view>(kParagraphOrder);
    return static_cast<std::size_t>(std::ranges::find(order, name) - order.begin());
}

}  // namespace docwright::docgen
