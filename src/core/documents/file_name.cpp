// Names and media types of uploads: what a client says is never trusted further than its last path component.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "core/documents/documents.h"

namespace docwright {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD, for bytes that are no UTF-8

bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    return first < 0x20 || first == 0x7F || (sequence.size() == 2 && first == 0xC2 && static_cast<unsigned char>(sequence[1]) < 0xA0);
}

std::string lower_extension(std::string_view file_name) {
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return {};
    return ascii_lowered(file_name.substr(dot + 1));
}

struct Signature {
    std::string_view bytes;
    std::string_view media_type;
};
constexpr Signature kSignatures[] = {
    {"%PDF-", "application/pdf"},
    {"\x89PNG\r\n\x1a\n", "image/png"},
    {"\xff\xd8\xff", "image/jpeg"},
    {"GIF87a", "image/gif"},
    {"GIF89a", "image/gif"},
    {"BM", "image/bmp"},
    {std::string_view("II*\0", 4), "image/tiff"},
    {std::string_view("MM\0*", 4), "image/tiff"},
    {"{\\rtf", "application/rtf"},
};

constexpr Signature kZipExtensions[] = {
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
};

constexpr Signature kTextExtensions[] = {
    {"txt", "text/plain; charset=UTF-8"},   {"html", "text/html; charset=UTF-8"},        {"htm", "text/html; charset=UTF-8"},
    {"md", "text/markdown; charset=UTF-8"}, {"json", "application/json; charset=UTF-8"},
};

constexpr std::string_view kOctets = "application/octet-stream";

template <std::size_t count>
std::string_view by_extension(const Signature (&table)[count], const std::string& extension, std::string_view otherwise) {
    const Signature* found = std::ranges::find(table, extension, &Signature::bytes);
    return found == std::end(table) ? otherwise : found->media_type;
}

}  // namespace

std::string clean_file_name(std::string_view name) {
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string clean;
    while (!name.empty()) {
        const std::size_t length = utf8_sequence_bytes(name);
        const std::string_view piece = length == 0 ? kReplacement : name.substr(0, length);
        if (clean.size() + piece.size() > limits::kFileNameBytes) break;
        if (!is_control(piece)) clean += piece;
        name.remove_prefix(std::max<std::size_t>(length, 1));
    }
    if (clean.empty() || clean == "." || clean == "..") return "document";
    return clean;
}

std::string media_type_of(std::string_view head, std::string_view file_name) {
    const std::string extension = lower_extension(file_name);
    for (const Signature& signature : kSignatures) {
        if (head.starts_with(signature.bytes)) return std::string(signature.media_type);
    }
    // Readers look for the header in the first 1,024 bytes (ISO 32000-2, annex I).
    if (head.find("%PDF-") != std::string_view::npos) return "application/pdf";
    if (head.starts_with("PK\x03\x04")) return std::string(by_extension(kZipExtensions, extension, "application/zip"));
    if (head.find('\0') == std::string_view::npos) return std::string(by_extension(kTextExtensions, extension, kOctets));
    return std::string(kOctets);
}

}  // namespace docwright
