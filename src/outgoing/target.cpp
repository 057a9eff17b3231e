#include "outgoing/target.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

#include "base/ascii.h"
#include "base/limits.h"

namespace docwright {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;
constexpr std::size_t kNameBytes = 253;  // RFC 1035, 2.3.4, as text
constexpr std::size_t kLabelBytes = 63;

Error bad_url(std::string what) { return Error{Fault::InvalidInput, "The URL " + std::move(what), {}, "FETCH_FAILED"}; }

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// What a browser sends of a path or query typed with spaces, brackets or letters outside ASCII (WHATWG URL, 1.3).
std::string escape_resource(std::string_view text) {
    constexpr std::string_view kEscaped = " \"<>`{}|^[]";
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string escaped;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool stray_percent = c == '%' && !(i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]));
        if (stray_percent || static_cast<unsigned char>(c) >= 0x7f || kEscaped.find(c) != std::string_view::npos) {
            const auto byte = static_cast<unsigned char>(c);
            escaped += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        } else {
            escaped += c;
        }
    }
    return escaped;
}

// Trimmed, without fragment, path and query escaped, and free of what two readers would take differently.
Result<std::string> tidy_reference(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return bad_url("is empty.");
    text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    if (text.size() > limits::kUrlBytes) return bad_url("is longer than " + std::to_string(limits::kUrlBytes) + " bytes.");
    if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return bad_url("has control characters.");
    text = text.substr(0, text.find('#'));
    if (text.substr(0, text.find('?')).find('\\') != std::string_view::npos) return bad_url("has a backslash; write '/' or '%5C'.");
    std::size_t resource = 0;
    const std::size_t slashes = text.find("//");
    if (slashes == 0 || (slashes != std::string_view::npos && text.find_first_of("/?") == slashes && text[slashes - 1] == ':'))
        resource = std::min(text.size(), text.find_first_of("/?", slashes + 2));
    std::string escaped = escape_resource(text.substr(resource));
    std::ranges::replace(escaped, '\\', '/');  // only a query has one here
    return std::string(text.substr(0, resource)) + escaped;
}

// One part of a v4 address: decimal, 0 octal, 0x hexadecimal.
std::optional<std::uint64_t> address_part(std::string_view part) {
    int base = 10;
    if (part.starts_with("0x")) {
        base = 16;
        part.remove_prefix(2);
        if (part.empty()) return 0;
    } else if (part.size() > 1 && part[0] == '0') {
        base = 8;
    }
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(part.data(), part.data() + part.size(), value, base);
    if (part.empty() || failure != std::errc() || end != part.data() + part.size()) return std::nullopt;
    return value;
}

std::vector<std::string_view> split_labels(std::string_view host) {
    std::vector<std::string_view> labels;
    for (std::size_t dot = host.find('.'); dot != std::string_view::npos; dot = host.find('.')) {
        labels.push_back(host.substr(0, dot));
        host.remove_prefix(dot + 1);
    }
    labels.push_back(host);
    return labels;
}

// A host whose last label is a number is an address or nothing (WHATWG URL, 3.5, "ends in a number").
bool ends_in_number(std::string_view last_label) {
    const bool digits = std::ranges::all_of(last_label, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    return (digits && !last_label.empty()) || (last_label.starts_with("0x") && address_part(last_label));
}

Result<Address> parse_loose_v4(const std::vector<std::string_view>& labels) {
    if (labels.size() > 4) return bad_url("has a number as its host that is no address.");
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::optional<std::uint64_t> part = address_part(labels[i]);
        const bool last = i + 1 == labels.size();
        // The last part fills all bytes that are left: 127.1 is 127.0.0.1.
        const std::uint64_t most = last ? (1ULL << (8 * (5 - labels.size()))) - 1 : 255;
        if (!part || *part > most) return bad_url("has a number as its host that is no address.");
        number |= last ? *part : *part << (24 - 8 * i);
    }
    return address_v4(static_cast<std::uint32_t>(number));
}

bool is_name_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; }

Status read_named_host(std::string name, Target& target) {
    name = ascii_lowered(name);
    if (name.ends_with('.')) name.pop_back();
    const std::vector<std::string_view> labels = split_labels(name);
    if (ends_in_number(labels.back())) {
        target.address = TRY(parse_loose_v4(labels));
        target.host = address_text(*target.address);
        return success();
    }
    for (std::string_view label : labels) {
        if (label.empty() || label.size() > kLabelBytes || !std::ranges::all_of(label, is_name_byte))
            return bad_url("has no usable host name; international names are written in their xn-- form.");
    }
    if (name.size() > kNameBytes) return bad_url("has a host name longer than " + std::to_string(kNameBytes) + " bytes.");
    target.host = name;
    return success();
}

// "%31" is "1"; nothing where an escape is cut off.
std::optional<std::string> unescape(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        unsigned byte = 0;
        if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return std::nullopt;
        std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16);
        plain += static_cast<char>(byte);
        i += 2;
    }
    return plain;
}

Status read_port(std::string_view digits, Target& target) {
    target.port = target.secure ? kHttpsPort : kHttpPort;
    if (digits.empty()) return success();
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), target.port);
    if (failure != std::errc() || end != digits.data() + digits.size() || target.port == 0) return bad_url("has a port that is none.");
    return success();
}

Status read_authority(std::string_view authority, Target& target) {
    if (authority.find('@') != std::string_view::npos) return bad_url("carries a user name or password; these are never sent.");
    const bool bracketed = authority.starts_with('[');
    const std::size_t host_end = std::min(authority.size(), bracketed ? authority.find(']') : authority.find(':'));
    const std::string_view host = authority.substr(0, host_end);
    std::string_view rest = authority.substr(host_end);
    if (host.empty()) return bad_url("names no host.");
    if (bracketed) {
        target.address = parse_address(host.substr(1));
        const bool v6_text = host.find(':') != std::string_view::npos;
        if (rest.empty() || !target.address || !v6_text)
            return bad_url("has an IPv6 address that cannot be dialled; zone ids are refused.");
        target.host = address_text(*target.address);
        rest.remove_prefix(1);
    } else {
        const std::optional<std::string> name = unescape(host);
        if (!name || name->empty()) return bad_url("has no usable host name.");
        TRY(read_named_host(*name, target));
    }
    if (!rest.empty() && rest[0] != ':') return bad_url("has no usable host name.");
    return read_port(rest.empty() ? rest : rest.substr(1), target);
}

// A path's segment with the dots that browsers see in it.
std::string with_plain_dots(std::string_view segment) {
    std::string plain(segment);
    for (const char* escaped : {"%2e", "%2E"}) {
        for (std::size_t at = plain.find(escaped); at != std::string::npos; at = plain.find(escaped)) plain.replace(at, 3, ".");
    }
    return plain;
}

// RFC 3986, 5.2.4. A path that begins with '/'.
std::string without_dot_segments(std::string_view path) {
    std::vector<std::string_view> kept;
    bool folder = false;  // the path ends in a folder: "/a/.", "/a/.."
    path.remove_prefix(1);
    for (bool more = true; more;) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        const std::string plain = with_plain_dots(segment);
        more = slash != std::string_view::npos;
        folder = plain == "." || plain == "..";
        if (plain == ".." && !kept.empty()) kept.pop_back();
        if (!folder) kept.push_back(segment);
        if (more) path.remove_prefix(slash + 1);
    }
    std::string clean;
    for (std::string_view segment : kept) clean += "/" + std::string(segment);
    return folder || clean.empty() ? clean + "/" : clean;
}

// `text` is tidy.
Result<Target> read_target(std::string_view text) {
    Target target;
    const std::size_t scheme_end = text.find("://");
    const std::string scheme = ascii_lowered(text.substr(0, scheme_end));
    target.secure = scheme == "https";
    if (scheme_end == std::string_view::npos || (!target.secure && scheme != "http"))
        return bad_url("must begin with http:// or https://.");
    text.remove_prefix(scheme_end + 3);
    const std::size_t authority_end = std::min(text.size(), text.find_first_of("/?"));
    TRY(read_authority(text.substr(0, authority_end), target));
    text.remove_prefix(authority_end);
    const std::size_t query = std::min(text.size(), text.find('?'));
    target.resource = query == 0 ? "/" : without_dot_segments(text.substr(0, query));
    target.resource += text.substr(query);
    return target;
}

}  // namespace

std::string Target::authority() const {
    std::string text = address && address->v6 ? "[" + host + "]" : host;
    if (port != (secure ? kHttpsPort : kHttpPort)) text += ":" + std::to_string(port);
    return text;
}

std::string Target::url() const { return (secure ? "https://" : "http://") + authority() + resource; }

Result<Target> parse_target(std::string_view url) { return read_target(TRY(tidy_reference(url))); }

// RFC 3986, 5.2.2.
Result<Target> resolve_location(const Target& base, std::string_view location) {
    const std::string text = TRY(tidy_reference(location));
    const std::string scheme = base.secure ? "https:" : "http:";
    const std::string origin = scheme + "//" + base.authority();
    const std::string path = base.resource.substr(0, base.resource.find('?'));
    const std::size_t mark = text.find_first_of(":/?");
    if (mark != std::string::npos && text[mark] == ':') return read_target(text);
    if (text.empty()) return base;  // it was a fragment
    if (text.starts_with("//")) return read_target(scheme + text);
    if (text[0] == '/') return read_target(origin + text);
    if (text[0] == '?') return read_target(origin + path + text);
    return read_target(origin + path.substr(0, path.rfind('/') + 1) + text);
}

}  // namespace docwright
