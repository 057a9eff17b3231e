#include "engines/pdf/layers.h"

#include "engines/pdf/rewriting.h"

namespace docwright::pdf {
namespace {

void mark_form(QPDFObjectHandle form) {
    std::string content = stream_text(form, limits::kMarkedFormBytes);
    form.replaceStreamData("/OC <</" + std::string(kLayerOffKey) + " 1>> BDC\n" + content + "\nEMC\n", QPDFObjectHandle::newNull(),
                           QPDFObjectHandle::newNull());
}

// A picture that nobody sees is drawn as nothing.
void empty_image(QPDFObjectHandle image) {
    QPDFObjectHandle dictionary = image.getDict();
    for (const std::string& key : dictionary.getKeys()) dictionary.removeKey(key);
    dictionary.replaceKey("/Type", QPDFObjectHandle::newName("/XObject"));
    dictionary.replaceKey("/Subtype", QPDFObjectHandle::newName("/Form"));
    dictionary.replaceKey("/BBox", QPDFObjectHandle::parse("[0 0 0 0]"));
    image.replaceStreamData("", QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

constexpr int kMostGroups = 10'000;

void collect(QPDFObjectHandle list, std::set<QPDFObjGen>& groups) {
    for (int i = 0; list.isArray() && i < std::min(list.getArrayNItems(), kMostGroups); ++i)
        groups.insert(list.getArrayItem(i).getObjGen());
}

}  // namespace

HiddenLayers::HiddenLayers(QPDFObjectHandle catalog) {
    QPDFObjectHandle properties = value_at(catalog, "/OCProperties"), view = value_at(properties, "/D");
    if (!properties.isDictionary()) return;
    if (name_at(view, "/BaseState") == "OFF") {
        collect(value_at(properties, "/OCGs"), off_);
        std::set<QPDFObjGen> on;
        collect(value_at(view, "/ON"), on);
        for (const QPDFObjGen& group : on) off_.erase(group);
    }
    collect(value_at(view, "/OFF"), off_);
}

bool HiddenLayers::hide(QPDFObjectHandle content) const {
    if (off_.empty() || !content.isDictionary()) return false;
    if (name_at(content, "/Type") != "OCMD") return off_.contains(content.getObjGen());
    std::vector<QPDFObjectHandle> groups;
    QPDFObjectHandle named = value_at(content, "/OCGs");
    if (named.isDictionary()) groups.push_back(named);
    for (int i = 0; named.isArray() && i < std::min(named.getArrayNItems(), kMostGroups); ++i) groups.push_back(named.getArrayItem(i));
    if (groups.empty()) return false;
    auto off = [this](QPDFObjectHandle group) { return off_.contains(group.getObjGen()); };
    auto count = static_cast<std::size_t>(std::ranges::count_if(groups, off));
    std::string policy = name_at(content, "/P");
    if (policy == "AllOn") return count > 0;
    if (policy == "AnyOff") return count == 0;
    if (policy == "AllOff") return count < groups.size();
    return count == groups.size();  // AnyOn, the default
}

std::optional<std::string> copy_with_hidden_layers_marked(ObjectModel& model) {
    const HiddenLayers layers(model.catalog());
    if (layers.none() || model.bytes().size() > limits::kMarkedCopyBytes) return std::nullopt;
    for (QPDFObjectHandle object : model.file().getAllObjects()) {
        if (object.isDictionary() && layers.hide(object)) {
            object.replaceKey("/" + std::string(kLayerOffKey), QPDFObjectHandle::newInteger(1));
        }
        if (!object.isStream() || !layers.hide(value_at(object, "/OC"))) continue;
        std::string subtype = name_at(object, "/Subtype");
        if (subtype == "Form") mark_form(object);
        if (subtype == "Image") empty_image(object);
    }
    QPDFWriter writer(model.file());
    writer.setPreserveEncryption(false);
    writer.setStaticID(true);
    return write_to_memory(writer);
}

}  // namespace docwright::pdf
