#include "docgen/package/numbering.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr int kLevels = 9, kTwipsPerLevel = 720, kHangingTwips = 360;
constexpr int kMostId = 1'000'000'000;  // beyond it an id is none that a writer chose

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }  // npos + 1 is 0

// The value of the attribute that ends with this name, whatever its prefix.
int number_in(std::string_view xml, const XmlToken& token, std::string_view name) {
    const std::string_view tag = xml.substr(token.begin, token.end - token.begin);
    const std::size_t at = tag.find(fmt::format("{}=", name));
    if (at == std::string_view::npos) return 0;
    const std::string_view digits = tag.substr(at + name.size() + 2);
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return std::clamp(number, 0, kMostId);
}

std::string definition(bool ordered, int id, std::string_view space) {
    constexpr std::array<std::string_view, 3> kBullets = {"•", "◦", "▪"}, kFormats = {"decimal", "lowerLetter", "lowerRoman"};
    std::string out =
        fmt::format("<w:abstractNum xmlns:w=\"{}\" w:abstractNumId=\"{}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>", space, id);
    for (int level = 0; level < kLevels; ++level) {
        const auto style = static_cast<std::size_t>(level) % kBullets.size();
        out += fmt::format(
            "<w:lvl w:ilvl=\"{}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/><w:lvlText w:val=\"{}\"/><w:lvlJc w:val=\"left\"/>"
            "<w:pPr><w:ind w:left=\"{}\" w:hanging=\"{}\"/></w:pPr></w:lvl>",
            level, ordered ? kFormats[style] : "bullet", ordered ? fmt::format("%{}.", level + 1) : std::string(kBullets[style]),
            kTwipsPerLevel * (level + 1), kHangingTwips);
    }
    return out + "</w:abstractNum>";
}

}  // namespace

Result<Numbering> Numbering::read(std::string xml, bool strict) {
    Numbering numbering;
    numbering.strict_ = strict;
    if (!xml.empty()) {
        const std::vector<XmlToken> tokens = TRY(scan_xml(xml));
        for (const XmlToken& token : tokens) {
            if (token.kind != XmlKind::Start && token.kind != XmlKind::Empty) continue;
            if (local_name(token.name) == "num") numbering.next_list_ = std::max(numbering.next_list_, number_in(xml, token, "numId") + 1);
            if (local_name(token.name) == "abstractNum")
                numbering.next_definition_ = std::max(numbering.next_definition_, number_in(xml, token, "abstractNumId") + 1);
        }
    }
    numbering.xml_ = std::move(xml);
    return numbering;
}

int Numbering::add(bool ordered) {
    added_.push_back(ordered);
    return next_list_ + static_cast<int>(added_.size()) - 1;
}

int Numbering::bullets() {
    if (bullets_ == 0) bullets_ = add(false);
    return bullets_;
}

int Numbering::new_numbers() { return add(true); }

// Definitions stand before all lists, and lists before what else there may be (17.9.17).
std::string Numbering::xml() const {
    const std::string_view space =
        strict_ ? "http://purl.oclc.org/ooxml/wordprocessingml/main" : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    std::string definitions, lists;
    if (bullets_ != 0) definitions += definition(false, next_definition_, space);
    if (std::ranges::find(added_, true) != added_.end()) definitions += definition(true, next_definition_ + 1, space);
    int id = next_list_;
    for (const bool ordered : added_) {
        lists += fmt::format("<w:num xmlns:w=\"{}\" w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/>", space, id++,
                             next_definition_ + (ordered ? 1 : 0));
        if (ordered) lists += "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
        lists += "</w:num>";
    }
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    if (xml_.empty()) return head + fmt::format("<w:numbering xmlns:w=\"{}\">{}{}</w:numbering>", space, definitions, lists);
    Result<std::vector<XmlToken>> scanned = scan_xml(xml_);
    if (!scanned.ok()) return xml_;  // read() has refused it
    std::size_t first_list = xml_.size(), behind_lists = 0;
    for (const XmlToken& token : scanned.value()) {
        if (local_name(token.name) == "num" && token.kind != XmlKind::End) first_list = std::min(first_list, token.begin);
        if (local_name(token.name) == "num" && token.kind != XmlKind::Start) behind_lists = token.end;
        const bool is_end = local_name(token.name) == "numIdMacAtCleanup"
                                ? token.kind != XmlKind::End
                                : local_name(token.name) == "numbering" && token.kind == XmlKind::End;
        if (is_end && behind_lists == 0) behind_lists = first_list = token.begin;
        if (local_name(token.name) == "numbering" && token.kind == XmlKind::Empty) {
            const std::string open = xml_.substr(0, token.end - 2) + ">";
            return fmt::format("{}{}{}</{}>{}", open, definitions, lists, token.name, xml_.substr(token.end));
        }
    }
    return xml_.substr(0, first_list) + definitions + xml_.substr(first_list, behind_lists - first_list) + lists +
           xml_.substr(behind_lists);
}

}  // namespace docwright::docgen
