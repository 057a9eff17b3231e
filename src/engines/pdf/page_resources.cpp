#include "engines/pdf/page_resources.h"

#include "engines/pdf/font_name.h"

namespace docwright::pdf {
namespace {

constexpr int kDeepestForm = 8;
constexpr std::size_t kMostObjects = 5000;  // fonts, images and forms of one page

class ResourceWalk {
public:
    explicit ResourceWalk(PageResources& found) : found_(found) {}

    void enter(QPDFObjectHandle resources, int depth) {
        if (depth > kDeepestForm || !resources.isDictionary()) return;
        if (resources.isIndirect() && !seen_.insert(resources.getObjGen()).second) return;
        QPDFObjectHandle fonts = resources.getKey("/Font"), objects = resources.getKey("/XObject");
        if (fonts.isDictionary()) {
            for (const std::string& key : fonts.getKeys()) {
                if (seen_.size() < kMostObjects) add_font(fonts.getKey(key));
            }
        }
        add_patterns(resources.getKey("/Pattern"));
        if (!objects.isDictionary()) return;
        for (const std::string& key : objects.getKeys()) {
            QPDFObjectHandle object = objects.getKey(key);
            if (seen_.size() >= kMostObjects || !object.isStream() || !seen_.insert(object.getObjGen()).second) continue;
            std::string subtype = name_at(object, "/Subtype");
            if (subtype == "Image") add_image(object);
            if (subtype == "Form") enter(value_at(object, "/Resources"), depth + 1);
        }
    }

private:
    void add_patterns(QPDFObjectHandle patterns) {
        if (!patterns.isDictionary() || found_.shading_patterns) return;
        for (const std::string& key : patterns.getKeys()) {
            if (integer_at(patterns.getKey(key), "/PatternType", 0) == 2) found_.shading_patterns = true;
        }
    }

    void add_font(QPDFObjectHandle font) {
        if (!font.isDictionary() || (font.isIndirect() && !seen_.insert(font.getObjGen()).second)) return;
        FontEntry entry;
        entry.type = name_at(font, "/Subtype");
        QPDFObjectHandle holder = font;
        QPDFObjectHandle descendants = font.getKey("/DescendantFonts");
        if (descendants.isArray() && descendants.getArrayNItems() > 0) {
            holder = descendants.getArrayItem(0);
            if (std::string type = name_at(holder, "/Subtype"); !type.empty()) entry.type = type;
        }
        std::int64_t weight = static_cast<std::int64_t>(number_at(value_at(holder, "/FontDescriptor"), "/FontWeight", 0));
        if (weight >= 100 && weight <= 900) entry.weight = static_cast<int>(weight);
        std::string name = name_at(font, "/BaseFont");
        entry.subset = has_subset_prefix(name);
        found_.fonts.emplace(without_subset_prefix(name), entry);
    }

    void add_image(QPDFObjectHandle image) {
        std::pair<int, int> size(static_cast<int>(integer_at(image, "/Width", 0)), static_cast<int>(integer_at(image, "/Height", 0)));
        QPDFObjectHandle stencil = value_at(image, "/ImageMask");
        if (stencil.isBool() && stencil.getBoolValue()) found_.stencil_images.insert(size);
        bool mask = !value_at(image, "/SMask").isNull() || !value_at(image, "/Mask").isNull() || integer_at(image, "/SMaskInData", 0) > 0;
        if (mask) found_.masked_images.insert(size);
    }

    PageResources& found_;
    std::set<QPDFObjGen> seen_;
};

}  // namespace

PageResources read_resources(ObjectModel& model, int page_index) {
    PageResources found;
    contained([&] { ResourceWalk(found).enter(inherited(model.page(page_index), "/Resources"), 0); });
    return found;
}

}  // namespace docwright::pdf
