#include "docgen/package/html_blocks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::size_t kMostOpen = 200;                        // elements inside elements; what is deeper keeps the marks that it has
constexpr int kDeepestLevel = 8;                              // a list of Word has nine levels
constexpr double kPointsPerPixel = 0.75, kMostPoints = 1638;  // Word's largest size

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_block(std::string_view name) {
    return is_any_of(name, {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr"});
}

struct Element {
    std::string name;
    bool closes = false;
    std::vector<std::pair<std::string, std::string>> attributes;  // values decoded

    std::string attribute(std::string_view key) const {
        for (const auto& [found, value] : attributes)
            if (found == key) return value;
        return {};
    }
};

std::string with_entities(std::string_view text) {
    std::string out(text);
    for (std::size_t at = out.find("&nbsp;"); at != std::string::npos; at = out.find("&nbsp;", at)) out.replace(at, 6, "\u00A0");
    return decoded(out);
}

// What stands between "<" and ">".
Element element_of(std::string_view inside) {
    Element element;
    if (inside.starts_with('/')) {
        element.closes = true;
        inside.remove_prefix(1);
    }
    const auto name_end = std::ranges::find_if(inside, [](char c) { return is_space(c) || c == '/'; });
    element.name = ascii_lowered(inside.substr(0, static_cast<std::size_t>(name_end - inside.begin())));
    inside.remove_prefix(static_cast<std::size_t>(name_end - inside.begin()));
    while (true) {
        while (!inside.empty() && (is_space(inside.front()) || inside.front() == '/')) inside.remove_prefix(1);
        if (inside.empty()) return element;
        const std::size_t key_end = std::min(inside.find_first_of("= \t\r\n", 1), inside.size());
        std::string key = ascii_lowered(inside.substr(0, key_end));
        inside.remove_prefix(key_end);
        std::string_view value;
        if (inside.starts_with('=')) {
            inside.remove_prefix(1);
            const bool quoted = !inside.empty() && (inside.front() == '"' || inside.front() == '\'');
            const std::size_t begin = quoted ? 1 : 0;
            const std::size_t end = std::min(quoted ? inside.find(inside.front(), 1) : inside.find_first_of(" \t\r\n"), inside.size());
            value = inside.substr(begin, end - begin);
            inside.remove_prefix(std::min(end + begin, inside.size()));
        }
        element.attributes.emplace_back(std::move(key), with_entities(value));
    }
}

std::optional<std::string> color_of(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kNames = {{{"black", "000000"},
                                                                                       {"white", "FFFFFF"},
                                                                                       {"red", "FF0000"},
                                                                                       {"green", "008000"},
                                                                                       {"blue", "0000FF"},
                                                                                       {"gray", "808080"},
                                                                                       {"grey", "808080"},
                                                                                       {"orange", "FFA500"},
                                                                                       {"yellow", "FFFF00"},
                                                                                       {"purple", "800080"},
                                                                                       {"navy", "000080"},
                                                                                       {"maroon", "800000"}}};
    for (const auto& [name, digits] : kNames)
        if (same_word(text, name)) return std::string(digits);
    constexpr std::size_t kLong = 7, kShort = 4;
    if (!text.starts_with('#') || (text.size() != kLong && text.size() != kShort)) return std::nullopt;
    std::string out;
    for (const char c : text.substr(1)) {
        if (hex_digit(c) < 0) return std::nullopt;
        out.append(text.size() == kShort ? 2 : 1, c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return out;
}

std::optional<double> size_of(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit == "px") number *= kPointsPerPixel;
    if ((unit != "px" && unit != "pt") || !(number >= 1 && number <= kMostPoints)) return std::nullopt;
    return number;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

void read_css(std::string_view css, HtmlStyle& style) {
    while (!css.empty()) {
        const std::size_t end = std::min(css.find(';'), css.size());
        const std::string_view one = css.substr(0, end);
        css.remove_prefix(std::min(end + 1, css.size()));
        const std::size_t colon = one.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string name = ascii_lowered(trimmed(one.substr(0, colon))), value = ascii_lowered(trimmed(one.substr(colon + 1)));
        if (name == "color") style.color = color_of(value).value_or(style.color);
        if (name == "font-size") style.size = size_of(value).value_or(style.size);
        if (name == "font-weight") style.bold = value == "bold" || value == "700";
        if (name == "font-style") style.italic = value == "italic";
        if (name == "text-decoration") style.underline = value.contains("underline");
    }
}

class Reader {
public:
    explicit Reader(std::string_view html) : rest_(html) {}

    std::vector<HtmlBlock> read() {
        while (!rest_.empty()) {
            const std::size_t open = std::min(rest_.find('<'), rest_.size());
            add_text(with_entities(rest_.substr(0, open)));
            rest_.remove_prefix(open);
            if (!rest_.empty()) take_markup();
        }
        end_block();
        return std::move(blocks_);
    }

private:
    struct Open {
        std::string name;
        HtmlStyle style;
    };
    struct List {
        bool ordered;
        int number;
    };

    void take_markup() {
        if (rest_.starts_with("<!--")) return skip_to("-->", 3);
        const bool is_tag = rest_.size() > 1 && (rest_[1] == '/' || (ascii_lower(rest_[1]) >= 'a' && ascii_lower(rest_[1]) <= 'z'));
        const std::size_t close = rest_.find('>');
        if (!is_tag || close == std::string_view::npos) {
            if (rest_.starts_with("<!")) return skip_to(">", 1);
            add_text("<");
            rest_.remove_prefix(1);
            return;
        }
        const Element element = element_of(rest_.substr(1, close - 1));
        rest_.remove_prefix(close + 1);
        if (element.closes) {
            end(element.name);
        } else if (is_any_of(element.name, {"script", "style", "head", "title"})) {
            skip_to("</" + element.name, element.name.size() + 2);
            skip_to(">", 1);
        } else {
            start(element);
        }
    }

    void skip_to(std::string_view end, std::size_t bytes) {
        const std::size_t at = rest_.find(end);
        rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + bytes);
    }

    void start(const Element& element) {
        if (element.name == "br") return add_break();
        if (is_block(element.name)) end_block();
        if (element.name == "ul" || element.name == "ol") lists_.push_back({element.name == "ol", list_count_++});
        if (element.name == "li") in_item_ = !lists_.empty();
        if (open_.size() >= kMostOpen) return;
        HtmlStyle style = this->style();
        if (is_any_of(element.name, {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"})) style.bold = true;
        if (is_any_of(element.name, {"i", "em"})) style.italic = true;
        if (is_any_of(element.name, {"u", "ins"})) style.underline = true;
        if (is_any_of(element.name, {"s", "strike", "del"})) style.strike = true;
        if (element.name == "a") style.link = element.attribute("href");
        read_css(element.attribute("style"), style);
        open_.push_back({element.name, std::move(style)});
    }

    void end(std::string_view name) {
        if (is_block(name)) end_block();
        if ((name == "ul" || name == "ol") && !lists_.empty()) lists_.pop_back();
        if (name == "li") in_item_ = false;
        const auto found = std::ranges::find(open_.rbegin(), open_.rend(), name, &Open::name);
        if (found != open_.rend()) open_.erase(std::prev(found.base()), open_.end());
    }

    HtmlStyle style() const { return open_.empty() ? HtmlStyle() : open_.back().style; }

    void add_text(std::string_view text) {
        std::string out;
        for (const char c : text) {
            if (!is_space(c)) {
                if (static_cast<unsigned char>(c) >= 0x20) out += c;
            } else if (const char last = out.empty() ? last_ : out.back(); last != ' ' && last != '\n') {
                out += ' ';
            }
        }
        if (out.empty()) return;
        last_ = out.back();
        add(is_utf8(out) ? out : utf8_of(code_points_of(out)));
    }

    void add_break() {
        add("\n");
        last_ = '\n';
    }

    void add(const std::string& text) {
        HtmlStyle style = this->style();
        if (!block_.runs.empty() && block_.runs.back().style == style) {
            block_.runs.back().text += text;
        } else {
            block_.runs.push_back({text, std::move(style)});
        }
    }

    // White space at the end of a block is none.
    void end_block() {
        while (!block_.runs.empty() && (block_.runs.back().text.empty() || block_.runs.back().text.ends_with(' '))) {
            if (!block_.runs.back().text.empty()) block_.runs.back().text.pop_back();
            if (block_.runs.back().text.empty()) block_.runs.pop_back();
        }
        last_ = '\n';
        if (block_.runs.empty()) return;
        block_.item = in_item_ && !lists_.empty();
        if (!lists_.empty()) {
            block_.ordered = lists_.back().ordered;
            block_.list = lists_.back().number;
            block_.level = std::min(static_cast<int>(lists_.size()) - 1, kDeepestLevel);
        }
        in_item_ = false;  // what follows in the item has no number of its own
        blocks_.push_back(std::move(block_));
        block_ = {};
    }

    std::string_view rest_;
    std::vector<Open> open_;
    std::vector<List> lists_;
    int list_count_ = 0;
    bool in_item_ = false;
    char last_ = '\n';  // of the block's text
    HtmlBlock block_;
    std::vector<HtmlBlock> blocks_;
};

}  // namespace

std::vector<HtmlBlock> html_blocks(std::string_view html) { return Reader(html).read(); }

}  // namespace docwright::docgen
