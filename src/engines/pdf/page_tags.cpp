#include "engines/pdf/page_tags.h"

#include <cmath>
#include <string>

#include "base/pdf_limits.h"
#include "engines/pdf/utf16.h"

namespace docwright::pdf {
namespace {

using extract::Tag;

constexpr int kDeepestTag = 64;

template <auto get>
std::string text_of(FPDF_STRUCTELEMENT element) {
    return utf8_from([&](void* buffer, unsigned long bytes) { return get(element, buffer, bytes); });
}

class TagReader {
public:
    explicit TagReader(extract::PageFacts& facts) : facts_(facts) {}

    void enter(FPDF_STRUCTELEMENT element, std::int32_t parent, int depth) {
        if (!element || depth > kDeepestTag) return;
        if (facts_.tags.size() >= limits::kTagsPerPage) {
            facts_.limit_reached = true;
            return;
        }
        auto index = static_cast<std::int32_t>(facts_.tags.size());
        facts_.tags.push_back(tag_of(element, parent));
        int count = FPDF_StructElement_CountChildren(element);
        for (int i = 0; i < count; ++i) {
            int content = FPDF_StructElement_GetChildMarkedContentID(element, i);
            if (content >= 0) {
                facts_.tags[static_cast<std::size_t>(index)].marked_contents.push_back(content);
            } else {
                enter(FPDF_StructElement_GetChildAtIndex(element, i), index, depth + 1);
            }
        }
    }

private:
    static Tag tag_of(FPDF_STRUCTELEMENT element, std::int32_t parent) {
        Tag tag;
        tag.parent = parent;
        tag.role = text_of<FPDF_StructElement_GetType>(element);
        tag.alternate_text = text_of<FPDF_StructElement_GetAltText>(element);
        tag.actual_text = text_of<FPDF_StructElement_GetActualText>(element);
        tag.language = text_of<FPDF_StructElement_GetLang>(element);
        if (tag.role == "TD" || tag.role == "TH") {
            tag.row_span = span(element, "RowSpan");
            tag.column_span = span(element, "ColSpan");
            tag.scope = text_attribute(element, "Scope");
        }
        return tag;
    }

    static FPDF_STRUCTELEMENT_ATTR_VALUE attribute(FPDF_STRUCTELEMENT element, const char* name) {
        constexpr int kMostAttributes = 16;
        int count = std::min(FPDF_StructElement_GetAttributeCount(element), kMostAttributes);
        for (int i = 0; i < count; ++i) {
            FPDF_STRUCTELEMENT_ATTR attributes = FPDF_StructElement_GetAttributeAtIndex(element, i);
            FPDF_STRUCTELEMENT_ATTR_VALUE value = attributes ? FPDF_StructElement_Attr_GetValue(attributes, key_of(name)) : nullptr;
            if (value) return value;
        }
        return nullptr;
    }

    static int span(FPDF_STRUCTELEMENT element, const char* name) {
        constexpr float kWidest = 1000;  // cells wider than that are damage
        FPDF_STRUCTELEMENT_ATTR_VALUE value = attribute(element, name);
        float number = 0;
        bool plausible = value && FPDF_StructElement_Attr_GetNumberValue(value, &number) && number >= 1 && number <= kWidest;
        return plausible ? static_cast<int>(std::lround(number)) : 1;
    }

    static std::string text_attribute(FPDF_STRUCTELEMENT element, const char* name) {
        FPDF_STRUCTELEMENT_ATTR_VALUE value = attribute(element, name);
        if (!value) return {};
        return utf8_from([&](void* buffer, unsigned long bytes) {
            unsigned long needed = 0;
            return FPDF_StructElement_Attr_GetStringValue(value, buffer, bytes, &needed) ? needed : 0UL;
        });
    }

    extract::PageFacts& facts_;
};

}  // namespace

void read_tags(FPDF_PAGE page, extract::PageFacts& facts) {
    StructureHandle tree(FPDF_StructTree_GetForPage(page));
    if (!tree) return;
    TagReader reader(facts);
    int count = FPDF_StructTree_CountChildren(tree.get());
    for (int i = 0; i < count; ++i) reader.enter(FPDF_StructTree_GetChildAtIndex(tree.get(), i), -1, 0);
}

}  // namespace docwright::pdf
