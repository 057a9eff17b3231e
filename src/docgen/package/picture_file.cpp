#include "docgen/package/picture_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/limits.h"
#include "docgen/template/xml.h"
#include "formats/jpeg.h"
#include "formats/little_endian.h"

namespace docwright::docgen {
namespace {

constexpr double kPointsPerInch = 72, kUsualDpi = 96, kMetresPerInch = 0.0254;
constexpr double kLeastDpi = 10, kMostDpi = 10'000;  // beyond it the file does not know its resolution

Error wrong(std::string message) { return Error{Fault::InvalidInput, std::move(message)}; }

std::uint32_t big_endian(std::string_view bytes, std::size_t at, int size) {
    std::uint32_t number = 0;
    for (int i = 0; i < size; ++i) {
        const std::size_t place = at + static_cast<std::size_t>(i);
        number = number << 8U | (place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U);
    }
    return number;
}

struct Dpi {
    double x = kUsualDpi, y = kUsualDpi;
};

Result<PictureFile> sized(PictureKind kind, double width, double height, Dpi dpi) {
    if (width < 1 || height < 1) return wrong("it has no size");
    if (width * height > static_cast<double>(limits::kImagePixels)) return wrong("it has too many pixels");
    if (!(dpi.x >= kLeastDpi && dpi.x <= kMostDpi && dpi.y >= kLeastDpi && dpi.y <= kMostDpi)) dpi = {};
    return PictureFile{.kind = kind, .width = width * kPointsPerInch / dpi.x, .height = height * kPointsPerInch / dpi.y};
}

// ISO/IEC 15948: chunks of length, name, data and checksum; IHDR first, pHYs before the data, IEND last.
Result<PictureFile> read_png(std::string_view bytes) {
    constexpr std::size_t kFirstChunk = 8, kChunkFrame = 12, kWidthAt = 16, kHeightAt = 20;
    Dpi dpi;
    bool has_data = false;
    for (std::size_t at = kFirstChunk; at + kChunkFrame <= bytes.size();) {
        const std::size_t length = big_endian(bytes, at, 4);
        const std::string_view name = bytes.substr(at + 4, 4);
        if (length > bytes.size() - at - kChunkFrame) break;
        if (at == kFirstChunk && name != "IHDR") return wrong("its head is damaged");
        if (name == "pHYs" && bytes[at + 16] == 1)
            dpi = {.x = big_endian(bytes, at + 8, 4) * kMetresPerInch, .y = big_endian(bytes, at + 12, 4) * kMetresPerInch};
        if (name == "IDAT") has_data = true;
        if (name == "IEND") {
            if (!has_data) break;
            return sized(PictureKind::Png, big_endian(bytes, kWidthAt, 4), big_endian(bytes, kHeightAt, 4), dpi);
        }
        at += kChunkFrame + length;
    }
    return wrong("it is cut off");
}

// JFIF 1.02: the first segment says dots an inch (1) or a centimetre (2).
Result<PictureFile> read_jpeg(std::string_view bytes) {
    const std::optional<formats::JpegSize> size = formats::jpeg_size(bytes);
    if (!size) return wrong("it is cut off");
    constexpr double kCentimetresPerInch = 2.54;
    Dpi dpi;
    constexpr std::size_t kUnitAt = 13, kDensityAt = 14;
    if (bytes.substr(6, 4) == "JFIF" && bytes.size() > kDensityAt + 4 && (bytes[kUnitAt] == 1 || bytes[kUnitAt] == 2)) {
        const double factor = bytes[kUnitAt] == 1 ? 1 : kCentimetresPerInch;
        dpi = {.x = big_endian(bytes, kDensityAt, 2) * factor, .y = big_endian(bytes, kDensityAt + 2, 2) * factor};
    }
    return sized(PictureKind::Jpeg, size->width, size->height, dpi);
}

Result<PictureFile> read_gif(std::string_view bytes) {
    constexpr std::size_t kSmallest = 14;
    if (bytes.size() < kSmallest) return wrong("it is cut off");
    return sized(PictureKind::Gif, formats::little_endian<std::uint16_t>(bytes, 6), formats::little_endian<std::uint16_t>(bytes, 8), {});
}

// "120", "120px", "3cm" … → CSS pixels; nothing for per cent and words.
std::optional<double> length_of(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, double>, 7> kUnits = {
        {{"", 1}, {"px", 1}, {"pt", 96.0 / 72}, {"in", 96}, {"cm", 96 / 2.54}, {"mm", 96 / 25.4}, {"pc", 16}}};
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || !(number > 0)) return std::nullopt;
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    const auto* found = std::ranges::find(kUnits, unit, &std::pair<std::string_view, double>::first);
    return found == kUnits.end() ? std::nullopt : std::optional(number * found->second);
}

struct Box {
    double width = 0, height = 0;
};

std::optional<Box> view_box(std::string_view text) {
    std::array<double, 4> numbers{};
    for (double& number : numbers) {
        const std::size_t first = std::min(text.find_first_not_of(" ,\t\r\n"), text.size());
        text.remove_prefix(first);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return numbers[2] > 0 && numbers[3] > 0 ? std::optional(Box{numbers[2], numbers[3]}) : std::nullopt;
}

// An address that is neither a place in the file itself nor data.
bool leads_outside(std::string_view address) {
    const std::size_t first = address.find_first_not_of(" \t\r\n'\"");
    return first != std::string_view::npos && address[first] != '#' && !address.substr(first).starts_with("data:image/");
}

// Scripts, foreign content, and everything that a viewer would load.
Status check_svg(std::string_view svg, const std::vector<XmlToken>& tokens) {
    constexpr std::array<std::string_view, 5> kRefused = {"script", "foreignObject", "iframe", "handler", "set"};
    for (const XmlToken& token : tokens) {
        const std::string_view name = token.name.substr(token.name.find(':') + 1);
        if (std::ranges::find(kRefused, name) != kRefused.end()) return wrong(fmt::format("it has a <{}>", name));
        if (token.kind == XmlKind::Other && svg.substr(token.begin).starts_with("<?xml-stylesheet")) return wrong("it loads a style sheet");
        for (std::string_view reference : {"href", "xlink:href", "src"})
            if (const auto address = attribute(svg, token, reference); !token.name.empty() && address && leads_outside(decoded(*address)))
                return wrong("it loads something from outside");
    }
    const std::string text = decoded(svg);  // an attribute may hide the words behind references
    if (text.contains("@import")) return wrong("it loads a style sheet");
    for (std::size_t at = text.find("url("); at != std::string::npos; at = text.find("url(", at + 1))
        if (leads_outside(std::string_view(text).substr(at + 4))) return wrong("it loads something from outside");
    return success();
}

Result<PictureFile> read_svg(std::string_view svg) {
    Result<std::vector<XmlToken>> scanned = scan_xml(svg);
    if (!scanned.ok()) return wrong("its XML is damaged, or has a document type");
    const std::vector<XmlToken> tokens = std::move(scanned).take();
    const auto root = std::ranges::find_if(tokens, [](const XmlToken& token) { return !token.name.empty(); });
    if (root->name.substr(root->name.find(':') + 1) != "svg") return wrong("it is no SVG");
    TRY(check_svg(svg, tokens));
    const std::optional<Box> box = view_box(attribute(svg, *root, "viewBox").value_or(""));
    std::optional<double> width = length_of(attribute(svg, *root, "width").value_or(""));
    std::optional<double> height = length_of(attribute(svg, *root, "height").value_or(""));
    if (box && !width) width = height ? *height * box->width / box->height : box->width;
    if (box && !height) height = *width * box->height / box->width;
    constexpr double kUsualWidth = 300, kUsualHeight = 150;  // CSS 2.1, 10.3.2
    return sized(PictureKind::Svg, width.value_or(kUsualWidth), height.value_or(kUsualHeight), {});
}

bool looks_like_svg(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 4096);
    const std::size_t first = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    return first != std::string_view::npos && head[first] == '<' && head.contains("svg");
}

}  // namespace

Result<PictureFile> read_picture(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return read_png(bytes);
    if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes);
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return read_gif(bytes);
    if (looks_like_svg(bytes)) return read_svg(bytes);
    return wrong("it is neither PNG, JPEG, GIF nor SVG");
}

std::string_view extension_of(PictureKind kind) {
    switch (kind) {
        case PictureKind::Png: return "png";
        case PictureKind::Jpeg: return "jpeg";
        case PictureKind::Gif: return "gif";
        case PictureKind::Svg: return "svg";
    }
    return {};
}

std::string_view media_type_of(PictureKind kind) {
    switch (kind) {
        case PictureKind::Png: return "image/png";
        case PictureKind::Jpeg: return "image/jpeg";
        case PictureKind::Gif: return "image/gif";
        case PictureKind::Svg: return "image/svg+xml";
    }
    return {};
}

}  // namespace docwright::docgen
