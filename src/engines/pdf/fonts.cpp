#include "engines/pdf/fonts.h"

#include <fcntl.h>
#include <pdfium.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>

#include "base/file_descriptor.h"

namespace docwright {
namespace {

struct FamilyFiles {
    FontFamily family;
    std::string_view name;    // for people
    std::string_view prefix;  // of its file names
};
constexpr FamilyFiles kFamilies[] = {
    {FontFamily::Sans, "Liberation Sans", "LiberationSans"},
    {FontFamily::Serif, "Liberation Serif", "LiberationSerif"},
    {FontFamily::Mono, "Liberation Mono", "LiberationMono"},
    {FontFamily::Carlito, "Carlito", "Carlito"},
    {FontFamily::Caladea, "Caladea", "Caladea"},
};

// One file for a script; bold and italic are made from it. Debian's fonts-droid-fallback (4 MB) and fonts-dejavu-core.
struct ScriptFile {
    FontFamily family;
    std::string_view name, path;
};
constexpr ScriptFile kScripts[] = {
    {FontFamily::EastAsian, "Droid Sans Fallback", "/usr/share/fonts-droid-fallback/truetype/DroidSansFallback.ttf"},
    {FontFamily::Arabic, "DejaVu Sans", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"},
};

// Where Debian's fonts-liberation2, fonts-liberation and fonts-crosextra-* put them.
constexpr std::string_view kFolders[] = {"/usr/share/fonts/truetype/liberation2/", "/usr/share/fonts/truetype/liberation/",
                                         "/usr/share/fonts/truetype/crosextra/"};

// The file stays mapped for the life of the process; a mapping of a file costs nothing at a fork, a copy in the heap does.
std::string_view map_file(const std::string& path) {
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts {};
    if (!file.open() || ::fstat(file.get(), &facts) != 0 || facts.st_size <= 0) return {};
    auto size = static_cast<std::size_t>(facts.st_size);
    void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    return bytes == MAP_FAILED ? std::string_view{} : std::string_view(static_cast<const char*>(bytes), size);
}

unsigned number_at(std::string_view bytes, std::size_t at, int count) {
    unsigned number = 0;
    for (int i = 0; i < count; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return number;
}

}  // namespace

std::string_view font_table(std::string_view font, unsigned tag) {
    constexpr std::size_t kHead = 12, kEntry = 16;  // OpenType 1.9, "Table Directory"
    if (font.size() < kHead) return {};
    unsigned count = number_at(font, 4, 2);
    for (std::size_t at = kHead; count-- > 0 && at + kEntry <= font.size(); at += kEntry) {
        if (number_at(font, at, 4) != tag) continue;
        std::size_t offset = number_at(font, at + 8, 4), size = number_at(font, at + 12, 4);
        if (offset > font.size() || size > font.size() - offset) return {};
        return font.substr(offset, size);
    }
    return {};
}

// PDFium calls through C function pointers and gives the struct back; what follows it is ours.
struct EngineFonts::Source : FPDF_SYSFONTINFO {
    explicit Source(const EngineFonts& owner) : FPDF_SYSFONTINFO{}, fonts(owner) {
        version = 1;
        MapFont = [](FPDF_SYSFONTINFO* self, int weight, int italic, int charset, int pitch_family, char* face, int* exact) -> void* {
            if (exact) *exact = 0;
            return static_cast<Source*>(self)->map(weight, italic, charset, pitch_family, face ? face : "");
        };
        GetFont = [](FPDF_SYSFONTINFO*, char*) -> void* { return nullptr; };
        GetFontData = [](FPDF_SYSFONTINFO*, void* font, unsigned tag, unsigned char* buffer, unsigned long size) -> unsigned long {
            std::string_view file = static_cast<const FontFile*>(font)->bytes;
            std::string_view data = tag == 0 ? file : font_table(file, tag);
            if (buffer && size >= data.size()) std::memcpy(buffer, data.data(), data.size());
            return data.size();
        };
        GetFaceName = [](FPDF_SYSFONTINFO*, void* font, char* buffer, unsigned long size) -> unsigned long {
            const std::string& name = static_cast<const FontFile*>(font)->name;
            if (buffer && size > name.size()) std::memcpy(buffer, name.c_str(), name.size() + 1);
            return name.size() + 1;
        };
        GetFontCharset = [](FPDF_SYSFONTINFO*, void*) -> int { return FXFONT_ANSI_CHARSET; };
        DeleteFont = [](FPDF_SYSFONTINFO*, void*) {};
        EnumFonts = [](FPDF_SYSFONTINFO*, void*) {};
    }

    // nullptr: PDFium uses its built-in fonts. So for symbols and for scripts that none of our files writes.
    void* map(int weight, int italic, int charset, int pitch_family, std::string_view face) const {
        if (charset == FXFONT_SYMBOL_CHARSET || charset == FXFONT_THAI_CHARSET) return nullptr;
        if (const auto family = family_of_charset(charset)) return const_cast<FontFile*>(fonts.find({*family, false, false}));
        FontStyle style =
            substitute_for({face, weight, italic != 0, (pitch_family & FXFONT_FF_FIXEDPITCH) != 0, (pitch_family & FXFONT_FF_ROMAN) != 0});
        return const_cast<FontFile*>(fonts.find(style));  // PDFium only hands it back
    }

    const EngineFonts& fonts;
};

EngineFonts::EngineFonts() {
    for (const FamilyFiles& family : kFamilies) {
        for (bool bold : {false, true}) {
            for (bool italic : {false, true}) {
                FontFile file{
                    family.family, bold, italic, std::string(family.name) + (bold ? " Bold" : "") + (italic ? " Italic" : ""), {}, {}};
                std::string style = bold || italic ? std::string(bold ? "Bold" : "") + (italic ? "Italic" : "") : "Regular";
                for (std::string_view folder : kFolders) {
                    std::string path = std::string(folder) + std::string(family.prefix) + "-" + style + ".ttf";
                    file.bytes = map_file(path);
                    if (file.bytes.empty()) continue;
                    file.path = path;
                    break;
                }
                files_.push_back(std::move(file));
            }
        }
    }
    for (const ScriptFile& script : kScripts) {
        FontFile file{script.family, false, false, std::string(script.name), {}, map_file(std::string(script.path))};
        if (!file.bytes.empty()) file.path = script.path;
        files_.push_back(std::move(file));
    }
}

std::optional<FontFamily> family_of_charset(int charset) {
    constexpr int kHebrew = 177;  // PDFium has no name for it
    switch (charset) {
        case FXFONT_SHIFTJIS_CHARSET:
        case FXFONT_HANGEUL_CHARSET:
        case FXFONT_GB2312_CHARSET:
        case FXFONT_CHINESEBIG5_CHARSET: return FontFamily::EastAsian;
        case FXFONT_ARABIC_CHARSET:
        case kHebrew: return FontFamily::Arabic;
        default: return std::nullopt;
    }
}

EngineFonts::~EngineFonts() {
    for (const FontFile& file : files_) {
        if (!file.bytes.empty()) ::munmap(const_cast<char*>(file.bytes.data()), file.bytes.size());
    }
}

const FontFile* EngineFonts::find(const FontStyle& style) const {
    auto file = std::ranges::find_if(files_, [&](const FontFile& each) {
        return each.family == style.family && each.bold == style.bold && each.italic == style.italic;
    });
    return file == files_.end() || file->bytes.empty() ? nullptr : &*file;
}

void EngineFonts::offer_to_pdfium() {
    source_ = std::make_unique<Source>(*this);
    ::FPDF_SetSystemFontInfo(source_.get());
}

}  // namespace docwright
