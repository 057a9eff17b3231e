#include "engines/office/declared_fonts.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/limits.h"
#include "formats/zip_reader.h"

namespace docwright::office {
namespace {

struct FontElement {
    std::string_view element;
    std::array<std::string_view, 4> attributes;
};
constexpr FontElement kElements[] = {
    {"<w:rFonts ", {"w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"}},
    {"<a:latin ", {"typeface"}},
    {"<a:ea ", {"typeface"}},
    {"<a:cs ", {"typeface"}},
    {"<a:sym ", {"typeface"}},
    {"<a:buFont ", {"typeface"}},
    {"<name ", {"val"}},
    {"<rFont ", {"val"}},
    {"<style:font-face ", {"svg:font-family"}},
};

constexpr std::size_t kLongestName = 64;

// &apos; &quot; &amp; and quotation marks around a name.
std::string unquoted(std::string_view written) {
    constexpr std::string_view kQuotes[] = {"&apos;", "&quot;", "'", "\""};
    constexpr std::string_view kAnd = "&amp;";
    std::string name;
    while (!written.empty()) {
        auto quote = std::ranges::find_if(kQuotes, [&](std::string_view each) { return written.starts_with(each); });
        if (quote != std::end(kQuotes)) {
            written.remove_prefix(quote->size());
            continue;
        }
        name += written[0];
        written.remove_prefix(written.starts_with(kAnd) ? kAnd.size() : 1);
    }
    return name;
}

// Adds a name as it stands in markup. Left out: references to a theme ("+mn-lt"), vertical variants ("@SimSun"), style names
// behind a semicolon.
void add_name(std::set<std::string>& names, std::string_view written) {
    std::string name = unquoted(written);
    if (const std::size_t list = name.find_first_of(";,"); list != std::string::npos) name.resize(list);
    if (name.empty() || name.size() > kLongestName || name[0] == '+' || name[0] == '@') return;
    if (names.size() < limits::kOfficeFontsReported) names.insert(std::move(name));
}

void add_attribute(std::set<std::string>& names, std::string_view element, std::string_view attribute) {
    for (std::size_t at = 0; (at = element.find(attribute, at)) != std::string_view::npos;) {
        at += attribute.size();
        if (at + 1 >= element.size() || element[at] != '=' || element[at + 1] != '"') continue;
        const std::string_view value = element.substr(at + 2);
        add_name(names, value.substr(0, value.find('"')));
        return;
    }
}

void add_from_markup(std::set<std::string>& names, std::string_view markup) {
    for (const FontElement& each : kElements) {
        for (std::size_t at = 0; (at = markup.find(each.element, at)) != std::string_view::npos;) {
            at += each.element.size() - 1;
            const std::size_t end = markup.find('>', at);
            if (end == std::string_view::npos) break;
            for (std::string_view attribute : each.attributes) {
                if (!attribute.empty()) add_attribute(names, markup.substr(at, end - at), attribute);
            }
        }
    }
}

// {\fonttbl{\f0\fswiss\fcharset0 Arial{\*\falt Helvetica};}{\f1 …}}, or the same without the inner braces.
void add_from_rich_text(std::set<std::string>& names, std::string_view text) {
    const std::size_t table = text.find("{\\fonttbl");
    if (table == std::string_view::npos) return;
    constexpr int kInsideEntry = 2;
    int depth = 0;
    std::string entry;
    for (char c : text.substr(table)) {
        if (c == '{') ++depth;
        if (c == '}' && --depth == 0) return;
        if (c == '{' || c == '}' || depth > kInsideEntry || entry.size() > limits::kOfficePartBytes) continue;
        if (c != ';') {
            entry += c;
            continue;
        }
        const std::size_t last_word = entry.rfind('\\');
        const std::size_t space = last_word == std::string::npos ? std::string::npos : entry.find(' ', last_word);
        if (space != std::string::npos) add_name(names, std::string_view(entry).substr(space + 1));
        entry.clear();
    }
}

bool holds_fonts(std::string_view name) {
    if (!name.ends_with(".xml") || name.starts_with("xl/worksheets/") || name.find("fontTable") != std::string_view::npos) return false;
    return name.starts_with("word/") || name.starts_with("xl/") || name.starts_with("ppt/") || name == "content.xml" ||
           name == "styles.xml";
}

}  // namespace

std::vector<std::string> declared_fonts(std::string_view bytes, const DocumentKind& kind) {
    std::set<std::string> names;
    if (kind.encrypted) return {};
    if (kind.extension == "rtf") {
        add_from_rich_text(names, bytes.substr(0, limits::kOfficePartBytes));
    } else if (kind.extension.starts_with("fod")) {
        add_from_markup(names, bytes);
    } else if (bytes.starts_with("PK")) {
        Result<formats::ZipReader> zip = formats::ZipReader::open(bytes);
        std::size_t most = limits::kOfficePartBytes;  // over all parts
        for (std::size_t i = 0; zip.ok() && i < zip.value().entries().size(); ++i) {
            const formats::ZipEntry& entry = zip.value().entries()[i];
            if (!holds_fonts(entry.name)) continue;
            Result<std::string> markup = zip.value().read(entry, most);
            if (!markup.ok()) continue;
            most -= markup.value().size();
            add_from_markup(names, markup.value());
        }
    }
    return {names.begin(), names.end()};
}

}  // namespace docwright::office
