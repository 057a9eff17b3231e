// Any bytes as an Office document: a refusal with words, or a kind that LibreOffice may be given, and names of fonts within limits.
#include <cstdint>
#include <cstdlib>

#include "base/limits.h"
#include "engines/office/declared_fonts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace docwright;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const char* name : {"a.docx", "a.xls", "a"}) {
        Result<office::DocumentKind> kind = office::kind_of(bytes, name);
        if (!kind.ok()) {
            if (kind.error().message.empty()) std::abort();
            continue;
        }
        const std::string& extension = kind.value().extension;
        if (extension.empty() || extension.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos) std::abort();
        for (const std::string& font : office::declared_fonts(bytes, kind.value())) {
            if (font.empty()) std::abort();
        }
    }
    return 0;
}
