#include "engines/office/font_match.h"

#include <dlfcn.h>

#include <algorithm>

namespace docwright::office {
namespace {

// fontconfig's C interface, as far as it is needed. Its header is not: the engine must not link the library by itself.
struct Pattern;
constexpr int kMatchPattern = 0;  // FcMatchPattern
constexpr int kFound = 0;         // FcResultMatch

struct Fontconfig {
    Pattern* (*create)() = nullptr;
    int (*add)(Pattern*, const char*, const unsigned char*) = nullptr;
    int (*substitute)(void*, Pattern*, int) = nullptr;
    void (*defaults)(Pattern*) = nullptr;
    Pattern* (*match)(void*, Pattern*, int*) = nullptr;
    int (*get)(const Pattern*, const char*, int, unsigned char**) = nullptr;
    void (*destroy)(Pattern*) = nullptr;
    bool whole = false;
};

template <class Function>
bool find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));  // what dlsym is for
    return function != nullptr;
}

Fontconfig loaded_fontconfig() {
    Fontconfig all;
    void* library = ::dlopen("libfontconfig.so.1", RTLD_LAZY | RTLD_NOLOAD);
    all.whole = library && find(library, "FcPatternCreate", all.create) && find(library, "FcPatternAddString", all.add) &&
                find(library, "FcConfigSubstitute", all.substitute) && find(library, "FcDefaultSubstitute", all.defaults) &&
                find(library, "FcFontMatch", all.match) && find(library, "FcPatternGetString", all.get) &&
                find(library, "FcPatternDestroy", all.destroy);
    return all;
}

std::string best_family(const std::string& requested) {
    const Fontconfig fonts = loaded_fontconfig();
    if (!fonts.whole) return {};
    Pattern* pattern = fonts.create();
    fonts.add(pattern, "family", reinterpret_cast<const unsigned char*>(requested.c_str()));
    fonts.substitute(nullptr, pattern, kMatchPattern);
    fonts.defaults(pattern);
    int outcome = 0;
    Pattern* found = fonts.match(nullptr, pattern, &outcome);
    unsigned char* family = nullptr;
    std::string name;
    if (found && fonts.get(found, "family", 0, &family) == kFound) name = reinterpret_cast<const char*>(family);
    if (found) fonts.destroy(found);
    fonts.destroy(pattern);
    return name;
}

struct KnownPair {
    const char* requested;
    const char* used;
};
constexpr KnownPair kMetricCompatible[] = {
    {"Arial", "Liberation Sans"},
    {"Helvetica", "Liberation Sans"},
    {"Times New Roman", "Liberation Serif"},
    {"Times", "Liberation Serif"},
    {"Courier New", "Liberation Mono"},
    {"Courier", "Liberation Mono"},
    {"Calibri", "Carlito"},
    {"Cambria", "Caladea"},
    {"Arial Narrow", "Liberation Sans Narrow"},
};
constexpr const char* kSymbolFonts[] = {"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings", "ZapfDingbats", "MT Extra"};

}  // namespace

std::vector<FontMatch> matches_of(const std::string& requested) {
    std::vector<FontMatch> matches;
    for (const KnownPair& pair : kMetricCompatible) {
        if (requested == pair.requested) matches.push_back({pair.used, true});
    }
    // LibreOffice draws the characters of symbol fonts with its own, by a table of equivalents.
    const bool symbols = std::ranges::any_of(kSymbolFonts, [&](const char* name) { return requested == name; });
    if (symbols) matches.push_back({"OpenSymbol"});
    const std::string family = best_family(requested);
    if (!family.empty() && std::ranges::find(matches, family, &FontMatch::family) == matches.end()) matches.push_back({family});
    if (family == requested) return {{requested, true}};
    return matches;
}

}  // namespace docwright::office
