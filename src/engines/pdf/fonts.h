// The engine's own fonts: which files stand in for a font that a PDF does not bring along. No fontconfig, no search of the
// machine: a fixed list of files, mapped once in the parent, so that children need no file and the same PDF gives the same
// pixels everywhere. Metric-compatible families where they exist (Arial → Liberation Sans …), else by style. Chinese, Japanese
// and Korean, and Arabic and Hebrew, have one face each, for pictures of pages alone: text is read without it.
// Never fails: a file that is not installed is left out, and PDFium's built-in fonts serve in its place.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace docwright {

enum class FontFamily { Sans, Serif, Mono, Carlito, Caladea, EastAsian, Arabic };

struct FontFile {
    FontFamily family;
    bool bold, italic;
    std::string name;        // "Liberation Sans Bold"
    std::string path;        // where it was found; empty: not installed
    std::string_view bytes;  // the mapping
};

// What a PDF asks for.
struct FontWish {
    std::string_view face;  // as in the PDF: "ABCDEF+Arial-BoldMT", "Times New Roman,Italic"
    int weight = 400;       // 0: not said
    bool italic = false;
    bool fixed_pitch = false;
    bool serif = false;
};

struct FontStyle {
    FontFamily family;
    bool bold, italic;
    bool operator==(const FontStyle&) const = default;
};

FontStyle substitute_for(const FontWish& wish);

// The family that writes a script, by the character set that PDFium asks with (FXFONT_*_CHARSET); nothing for Latin and its like.
std::optional<FontFamily> family_of_charset(int charset);

// Bytes of one sfnt table of a mapped font; empty: it has none. `tag` is big-endian, as OpenType writes it.
std::string_view font_table(std::string_view font, unsigned tag);

// The mapped files, and PDFium's view of them.
class EngineFonts {
public:
    EngineFonts();  // maps what is installed
    ~EngineFonts();
    EngineFonts(const EngineFonts&) = delete;
    EngineFonts& operator=(const EngineFonts&) = delete;

    std::span<const FontFile> files() const { return files_; }
    const FontFile* find(const FontStyle& style) const;  // nullptr: not installed

    // From now on PDFium asks here. After FPDF_InitLibraryWithConfig; this object must outlive the library.
    void offer_to_pdfium();

private:
    struct Source;  // FPDF_SYSFONTINFO
    std::vector<FontFile> files_;
    std::unique_ptr<Source> source_;
};

}  // namespace docwright
