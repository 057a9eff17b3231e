#include "engines/web/uploaded_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "formats/zip_reader.h"

namespace docwright::web {
namespace {

constexpr std::string_view kZipBegins = "PK\3\4";
constexpr std::array<std::string_view, 3> kByteOrderMarks = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};

// Files that people take for a page: known by their first bytes. Everything else is shown as a browser would show it.
constexpr std::array<std::string_view, 8> kNotPages = {"%PDF-",  "\x89PNG", "GIF8", "\xFF\xD8\xFF", "\xD0\xCF\x11\xE0",
                                                       "{\\rtf", "RIFF",    "II*"};

// How far a browser looks for the encoding that a file names (HTML Standard, 13.2.3.2, says 1024 bytes; browsers look further).
constexpr std::size_t kPrescanBytes = 4096;

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"html", "text/html"},        {"htm", "text/html"},
    {"shtml", "text/html"},       {"xhtml", "application/xhtml+xml"},
    {"css", "text/css"},          {"js", "text/javascript"},
    {"mjs", "text/javascript"},   {"json", "application/json"},
    {"svg", "image/svg+xml"},     {"png", "image/png"},
    {"jpg", "image/jpeg"},        {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},         {"webp", "image/webp"},
    {"avif", "image/avif"},       {"bmp", "image/bmp"},
    {"ico", "image/x-icon"},      {"woff", "font/woff"},
    {"woff2", "font/woff2"},      {"ttf", "font/ttf"},
    {"otf", "font/otf"},          {"xml", "application/xml"},
    {"txt", "text/plain"},        {"csv", "text/csv"},
    {"wasm", "application/wasm"}, {"webmanifest", "application/manifest+json"},
};

std::string extension_of(std::string_view name) {
    const std::size_t dot = name.rfind('.'), slash = name.rfind('/');
    return dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash) ? "" : ascii_lowered(name.substr(dot + 1));
}

bool is_page_name(std::string_view name) {
    const std::string extension = extension_of(name);
    return extension == "html" || extension == "htm" || extension == "shtml" || extension == "xhtml";
}

bool has_byte_order_mark(std::string_view bytes) {
    return std::ranges::any_of(kByteOrderMarks, [&](std::string_view mark) { return bytes.starts_with(mark); });
}

// Binary files have zero bytes early; text in UTF-16 has them too, and a mark.
bool looks_like_text(std::string_view bytes) {
    if (std::ranges::any_of(kNotPages, [&](std::string_view begin) { return bytes.starts_with(begin); })) return false;
    return has_byte_order_mark(bytes) || !bytes.substr(0, kPrescanBytes).contains('\0');
}

bool names_encoding(std::string_view html) {
    if (has_byte_order_mark(html)) return true;
    const std::string head = ascii_lowered(html.substr(0, kPrescanBytes));
    if (head.starts_with("<?xml") && head.substr(0, head.find("?>")).contains("encoding")) return true;
    for (std::size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
        if (head.substr(at, head.find('>', at) - at).contains("charset")) return true;
    }
    return false;
}

// The path of an entry below the root, with '/' alone. None: it is a folder, or hidden data that some packers add.
// Error: it would lead out of the archive.
Result<std::optional<std::string>> path_of(std::string_view name) {
    std::string path(name);
    std::ranges::replace(path, '\\', '/');
    if (path.empty() || path.ends_with('/') || path.starts_with("__MACOSX/") || path.ends_with(".DS_Store"))
        return std::optional<std::string>();
    const std::string framed = "/" + path + "/";
    const bool sound = !path.starts_with('/') && !framed.contains("/../") && !framed.contains("/./") && !framed.contains("//") &&
                       !path.contains('\0') && !path.contains(':');
    if (!sound) return Error{Fault::InvalidInput, "The ZIP has a file whose name is no path inside it.", path, "DAMAGED"};
    return std::optional("/" + path);
}

// "/site/" where all files are in this one folder; else "/".
std::string common_folder(const std::map<std::string, SiteFile>& files) {
    std::string folder;
    for (const auto& [path, file] : files) {
        const std::size_t slash = path.find('/', 1);
        if (slash == std::string::npos) return "/";
        const std::string first = path.substr(0, slash + 1);
        if (!folder.empty() && folder != first) return "/";
        folder = first;
    }
    return folder.empty() ? "/" : folder;
}

Result<std::string> main_page(const std::map<std::string, SiteFile>& files) {
    const std::string folder = common_folder(files);
    std::vector<std::string> pages;
    for (const auto& [path, file] : files) {
        const std::string_view name = std::string_view(path).substr(std::min(folder.size(), path.size()));
        if (!path.starts_with(folder) || name.contains('/') || !is_page_name(name)) continue;
        if (ascii_lowered(name) == "index.html" || ascii_lowered(name) == "index.htm") return path;
        pages.push_back(path);
    }
    if (pages.size() == 1) return pages.front();
    return Error{Fault::InvalidInput, pages.empty() ? "The ZIP has no HTML file at its top level."
                                                    : "The ZIP has several HTML files at its top level and none is index.html."};
}

Result<UploadedPage> read_zip(std::string_view archive) {
    const formats::ZipReader zip = TRY(formats::ZipReader::open(archive));
    if (zip.entries().size() > limits::kSiteFiles) {
        return Error{Fault::LimitExceeded, "The ZIP has more than " + std::to_string(limits::kSiteFiles) + " files."};
    }
    UploadedPage page;
    std::uint64_t left = limits::kSiteBytes;
    for (const formats::ZipEntry& entry : zip.entries()) {
        const std::optional<std::string> path = TRY(path_of(entry.name));
        if (!path) continue;
        page.unpacked.push_back(TRY(zip.read(entry, static_cast<std::size_t>(std::min<std::uint64_t>(left, limits::kWebFileBytes)))));
        const std::string& bytes = page.unpacked.back();
        left -= bytes.size();
        page.source.files[*path] = {bytes, content_type_of(*path, bytes)};
    }
    page.source.page = TRY(main_page(page.source.files));
    return page;
}

}  // namespace

std::string html_type_of(std::string_view html) {
    return !names_encoding(html) && is_utf8(html) ? "text/html; charset=utf-8" : "text/html";
}

std::string content_type_of(std::string_view file_name, std::string_view bytes) {
    const std::string extension = extension_of(file_name);
    const auto type = std::ranges::find(kTypes, extension, [](const auto& each) { return each.first; });
    if (type == std::end(kTypes)) return "";
    if (type->second == "text/html") return html_type_of(bytes);
    // Style sheets and scripts take the encoding of the page that asks, which may be another.
    const bool text = type->second.starts_with("text/");
    return std::string(type->second) + (text && is_utf8(bytes) && !has_byte_order_mark(bytes) ? "; charset=utf-8" : "");
}

Result<UploadedPage> read_upload(std::string_view upload) {
    if (upload.starts_with(kZipBegins)) return read_zip(upload);
    if (!looks_like_text(upload)) {
        return Error{Fault::Unsupported, "The document is not an HTML file, nor a ZIP with one.", "", "NOT_HTML"};
    }
    if (upload.size() > limits::kWebFileBytes) {
        return Error{Fault::LimitExceeded, "The HTML file is larger than " + std::to_string(limits::kWebFileBytes / 1024 / 1024) + " MB."};
    }
    UploadedPage page;
    page.source.page = "/";
    page.source.files["/"] = {upload, html_type_of(upload)};
    return page;
}

}  // namespace docwright::web
