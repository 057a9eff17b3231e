#include "engines/office/document_kind.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/limits.h"
#include "engines/office/binary_documents.h"
#include "formats/compound_file.h"
#include "formats/zip_reader.h"

namespace docwright::office {
namespace {

// Extensions under which LibreOffice may look at bytes that are of no known kind.
constexpr std::string_view kKnownExtensions[] = {"doc",  "docx", "docm", "dot",  "dotx", "dotm", "rtf",  "wpd", "odt",  "ott",  "fodt",
                                                 "xls",  "xlsx", "xlsm", "xlsb", "xlt",  "xltx", "xltm", "csv", "tsv",  "ods",  "ots",
                                                 "fods", "ppt",  "pptx", "pptm", "pps",  "ppsx", "ppsm", "pot", "potx", "potm", "odp",
                                                 "otp",  "fodp", "txt",  "html", "htm",  "xml",  "wps",  "slk", "dbf"};

std::string known_extension(std::string_view file_name) {
    const std::size_t dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string extension = ascii_lowered(file_name.substr(dot + 1));
    return std::ranges::find(kKnownExtensions, extension) == std::end(kKnownExtensions) ? "" : extension;
}

// ---- ZIP: OOXML and OpenDocument -------------------------------------------------------------------------------------

struct NamedType {
    std::string_view type;  // part of the media type that tells it from the others
    std::string_view extension;
};

constexpr NamedType kMainParts[] = {
    {"wordprocessingml.document.main+xml", "docx"},
    {"wordprocessingml.template.main+xml", "dotx"},
    {"ms-word.document.macroEnabled.main+xml", "docm"},
    {"ms-word.template.macroEnabledTemplate.main+xml", "dotm"},
    {"spreadsheetml.sheet.main+xml", "xlsx"},
    {"spreadsheetml.template.main+xml", "xltx"},
    {"ms-excel.sheet.macroEnabled.main+xml", "xlsm"},
    {"ms-excel.template.macroEnabled.main+xml", "xltm"},
    {"ms-excel.sheet.binary.macroEnabled.main", "xlsb"},
    {"presentationml.presentation.main+xml", "pptx"},
    {"presentationml.slideshow.main+xml", "ppsx"},
    {"presentationml.template.main+xml", "potx"},
    {"ms-powerpoint.presentation.macroEnabled.main+xml", "pptm"},
    {"ms-powerpoint.slideshow.macroEnabled.main+xml", "ppsm"},
    {"ms-powerpoint.template.macroEnabled.main+xml", "potm"},
};

constexpr NamedType kOpenDocuments[] = {
    // longer words before those that they begin with
    {"opendocument.text-template", "ott"},         {"opendocument.text", "odt"},
    {"opendocument.spreadsheet-template", "ots"},  {"opendocument.spreadsheet", "ods"},
    {"opendocument.presentation-template", "otp"}, {"opendocument.presentation", "odp"},
};

template <std::size_t count>
std::string named_in(std::string_view text, const NamedType (&table)[count]) {
    for (const NamedType& each : table) {
        if (text.find(each.type) != std::string_view::npos) return std::string(each.extension);
    }
    return {};
}

std::string part(const formats::ZipReader& zip, std::string_view name) {
    const formats::ZipEntry* entry = zip.find(name);
    if (!entry) return {};
    Result<std::string> text = zip.read(*entry, limits::kOfficePartBytes);
    return text.ok() ? std::move(text).take() : "";
}

std::optional<DocumentKind> kind_of_zip(std::string_view bytes) {
    Result<formats::ZipReader> opened = formats::ZipReader::open(bytes);
    if (!opened.ok()) return std::nullopt;
    const formats::ZipReader zip = std::move(opened).take();
    if (std::string extension = named_in(part(zip, "mimetype"), kOpenDocuments); !extension.empty()) {
        const bool encrypted = part(zip, "META-INF/manifest.xml").find("encryption-data") != std::string::npos;
        return DocumentKind{extension, encrypted};
    }
    if (std::string extension = named_in(part(zip, "[Content_Types].xml"), kMainParts); !extension.empty()) return DocumentKind{extension};
    return std::nullopt;
}

// ---- text ------------------------------------------------------------------------------------------------------------

constexpr std::size_t kHeadBytes = 4096;  // in which a text says what it is

std::string_view without_white(std::string_view text) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    return start == std::string_view::npos ? "" : text.substr(start);
}

std::string extension_of_markup(std::string_view head) {
    const std::string text = ascii_lowered(head);
    auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
    if (has("office:document")) return has("opendocument.spreadsheet") ? "fods" : has("opendocument.presentation") ? "fodp" : "fodt";
    if (has("word.document") || has("excel.sheet") || has("schemas-microsoft-com:office:spreadsheet")) return "xml";
    if (text.starts_with("<!doctype html") || text.starts_with("<html") || (text.starts_with("<?xml") && has("<html")) || has("<table")) {
        return "html";
    }
    return {};
}

// No byte that no text has: a name that says "csv" or "txt" is then believed.
bool looks_like_text(std::string_view head) {
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return true;  // UTF-16
    return std::ranges::none_of(head, [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f'; });
}

// ---- what is not for this engine -------------------------------------------------------------------------------------

struct OtherKind {
    std::string_view magic;
    std::string_view says;
};
constexpr OtherKind kOthers[] = {
    {"%PDF-", "The document is a PDF already."},
    {"\x89PNG", "The document is a PNG picture; create/pdf-from-image converts it."},
    {"\xFF\xD8\xFF", "The document is a JPEG picture; create/pdf-from-image converts it."},
    {"GIF8", "The document is a GIF picture; create/pdf-from-image converts it."},
    {std::string_view("II*\0", 4), "The document is a TIFF picture; create/pdf-from-image converts it."},
    {std::string_view("MM\0*", 4), "The document is a TIFF picture; create/pdf-from-image converts it."},
};

}  // namespace

Result<DocumentKind> kind_of(std::string_view bytes, std::string_view file_name) {
    if (bytes.empty()) return Error{Fault::InvalidInput, "The document is empty.", {}, "DAMAGED"};
    const std::string named = known_extension(file_name);
    for (const OtherKind& other : kOthers) {
        if (bytes.starts_with(other.magic)) return Error{Fault::Unsupported, std::string(other.says)};
    }
    if (formats::is_compound_file(bytes)) return kind_of_binary(formats::CompoundFile(bytes), named);
    if (bytes.starts_with("PK")) {
        if (std::optional<DocumentKind> kind = kind_of_zip(bytes)) return *kind;
    }
    const std::string_view head = without_white(bytes.substr(0, kHeadBytes));
    if (head.starts_with("{\\rt")) return DocumentKind{"rtf"};
    if (bytes.starts_with("\xFFWPC")) return DocumentKind{"wpd"};
    if (head.starts_with("<")) {
        if (std::string extension = extension_of_markup(head); !extension.empty()) return DocumentKind{extension};
    }
    // A text under an Office name is a list of values if it was sent as a table, else plain text.
    if (looks_like_text(bytes.substr(0, kHeadBytes))) {
        const bool table = named.starts_with("xl") || named == "csv" || named == "tsv" || named == "ods";
        if (named == "slk") return DocumentKind{named};
        return DocumentKind{table ? "csv" : "txt"};
    }
    if (!named.empty()) return DocumentKind{named};
    return Error{Fault::Unsupported,
                 "The document is of no kind that this operation can read: Word, Excel, PowerPoint, RTF or OpenDocument."};
}

}  // namespace docwright::office
