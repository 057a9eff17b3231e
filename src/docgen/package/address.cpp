#include "docgen/package/address.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace docwright::docgen {
namespace {

constexpr std::size_t kLongest = 2083;  // what Word and the browsers it hands links to agree on

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'); }
bool is_unreserved(char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~'; }
bool is_reserved(char c) { return std::string_view(":/?#[]@!$&'()*+,;=").contains(c); }

void append_hex(std::string& out, char c) { out += fmt::format("%{:02X}", static_cast<unsigned char>(c)); }

bool has_hex(std::string_view text, std::size_t at) {
    return at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
}

std::string decoded_hex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && has_hex(text, i)) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

// "%7b" and "%7D" → braces; all else stays.
std::string with_braces(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view three = text.substr(i, 3);
        if (same_word(three, "%7b") || same_word(three, "%7d")) {
            out += ascii_lower(three[2]) == 'b' ? '{' : '}';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::optional<std::string> safe_address(std::string_view address) {
    while (!address.empty() && (address.front() == ' ' || address.front() == '\n')) address.remove_prefix(1);
    while (!address.empty() && (address.back() == ' ' || address.back() == '\n')) address.remove_suffix(1);
    const auto begins = [&](std::string_view scheme) {
        return address.size() > scheme.size() && same_word(address.substr(0, scheme.size()), scheme);
    };
    if (!begins("http://") && !begins("https://") && !begins("mailto:")) return std::nullopt;
    if (address.size() > kLongest) return std::nullopt;
    const std::string_view host = address.substr(address.find(':') + 1);
    if (host.starts_with("//") && (host.size() < 3 || !(is_letter_or_digit(host[2]) || host[2] == '[' || host[2] & 0x80)))
        return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < address.size(); ++i) {
        const char c = address[i];
        if (is_unreserved(c) || is_reserved(c) || (c == '%' && has_hex(address, i))) {
            out += c;
        } else {
            append_hex(out, c);
        }
    }
    return out;
}

std::string percent_encoded(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (is_unreserved(c) || c == '/') {
            out += c;
        } else {
            append_hex(out, c);
        }
    }
    return out;
}

std::optional<AddressTemplate> address_template(std::string_view target) {
    const std::string text = with_braces(target);
    const std::vector<FoundTag> found = find_tags(text);
    if (found.empty()) return std::nullopt;
    AddressTemplate address;
    std::size_t at = 0;
    for (const FoundTag& each : found) {
        if (each.begin > at) address.pieces.push_back({.text = text.substr(at, each.begin - at), .tag = {}});
        const std::string written = decoded_hex(std::string_view(text).substr(each.begin, each.end - each.begin));
        if (each.escape) {
            address.pieces.push_back({.text = "%7B%7B", .tag = {}});
        } else {
            address.pieces.push_back({.text = {}, .tag = parse_tag(written.substr(2, written.size() - 4)), .written = written});
        }
        at = each.end;
    }
    if (at < text.size()) address.pieces.push_back({.text = text.substr(at), .tag = {}});
    return address;
}

}  // namespace docwright::docgen
