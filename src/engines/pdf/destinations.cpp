#include "engines/pdf/destinations.h"

#include "base/ascii.h"

namespace docwright::pdf {
namespace {

using extract::LinkTarget;
using extract::TargetKind;

// "NextPage" → "nextPage"; the contract's own words where it has some (contract/structure-info.md, 4.3).
std::string action_word(const std::string& type, QPDFObjectHandle action) {
    std::string word = type == "Named" ? name_at(action, "/N") : type;
    if (word == "JavaScript") return "script";
    if (word == "SubmitForm") return "submit";
    if (word == "ResetForm") return "reset";
    if (!word.empty()) word[0] = ascii_lower(word[0]);
    return word;
}

// Which of a destination's numbers, from its third entry on, are x and y.
struct Coordinates {
    int x = -1;
    int y = -1;
};
Coordinates coordinates_of(const std::string& view) {
    if (view == "XYZ") return {0, 1};
    if (view == "FitH" || view == "FitBH") return {-1, 0};
    if (view == "FitV" || view == "FitBV") return {0, -1};
    if (view == "FitR") return {0, 3};
    return {};
}

}  // namespace

std::string file_name_of(QPDFObjectHandle specification) {
    if (specification.isString()) return text_of(specification);
    for (const char* key : {"/UF", "/F", "/Unix", "/DOS", "/Mac"}) {
        std::string name = text_at(specification, key);
        if (!name.empty()) return name;
    }
    return {};
}

LinkTarget Destinations::target_of(QPDFObjectHandle holder) {
    QPDFObjectHandle destination = value_at(holder, "/Dest");
    return destination.isNull() ? of_action(value_at(holder, "/A")) : of_destination(destination);
}

LinkTarget Destinations::of_destination(QPDFObjectHandle destination) {
    if (destination.isDictionary()) destination = value_at(destination, "/D");
    if (destination.isArray()) return of_explicit(destination);
    if (destination.isString()) return of_name(destination.getStringValue());
    if (destination.isName()) return of_name(destination.getName().substr(1));
    return {};
}

LinkTarget Destinations::of_explicit(QPDFObjectHandle array) {
    LinkTarget target;
    if (array.getArrayNItems() < 1) return target;
    QPDFObjectHandle page = array.getArrayItem(0);
    // A number belongs to another document's pages, but some writers mean their own.
    if (page.isInteger()) {
        long long number = page.getIntValue();
        target.page_index = number >= 0 && number < model_.page_count() ? static_cast<int>(number) : -1;
    } else {
        target.page_index = model_.page_index(page);
    }
    if (target.page_index < 0) return target;
    target.kind = TargetKind::Page;
    Coordinates at = array.getArrayNItems() > 1 ? coordinates_of(name_of(array.getArrayItem(1))) : Coordinates{};
    auto coordinate = [&](int which) {
        bool given = which >= 0 && 2 + which < array.getArrayNItems();
        QPDFObjectHandle value = given ? array.getArrayItem(2 + which) : QPDFObjectHandle::newNull();
        return value.isNumber() ? std::optional(value.getNumericValue()) : std::nullopt;
    };
    auto x = coordinate(at.x), y = coordinate(at.y);
    if (!x && !y) return target;
    PageMap map = model_.map_of(target.page_index);
    // What is not given is where the page begins.
    target.has_point = true;
    target.point = map.to_page.at(x.value_or(map.left), y.value_or(map.top));
    return target;
}

LinkTarget Destinations::of_name(const std::string& name) {
    if (!by_name_) list_names();
    LinkTarget target;
    auto found = by_name_->find(name);
    if (found != by_name_->end()) target = found->second;
    target.name = valid_utf8(name);
    return target;
}

void Destinations::list_names() {
    by_name_.emplace();
    auto keep = [this](const std::string& name, QPDFObjectHandle value) {
        if (value.isDictionary()) value = value_at(value, "/D");
        if (value.isArray()) contained([&] { by_name_->emplace(name, of_explicit(value)); });
    };
    contained([&] {
        for (const auto& [name, value] : name_tree_entries(value_at(value_at(model_.catalog(), "/Names"), "/Dests"))) keep(name, value);
        QPDFObjectHandle old = value_at(model_.catalog(), "/Dests");
        if (!old.isDictionary()) return;
        for (const std::string& key : old.getKeys()) {
            if (by_name_->size() >= limits::kNamedObjects) return;
            keep(key.substr(1), old.getKey(key));
        }
    });
}

LinkTarget Destinations::of_action(QPDFObjectHandle action) {
    LinkTarget target;
    if (!action.isDictionary()) return target;
    std::string type = name_at(action, "/S");
    if (type == "GoTo") return of_destination(value_at(action, "/D"));
    if (type == "URI") {
        target.uri = text_at(action, "/URI");
        if (!target.uri.empty()) target.kind = TargetKind::Uri;
        return target;
    }
    if (type == "GoToR" || type == "GoToE" || type == "Launch") {
        target.kind = TargetKind::File;
        target.uri = file_name_of(value_at(action, "/F"));
        if (target.uri.empty()) target.uri = file_name_of(value_at(value_at(action, "/Win"), "/F"));
        QPDFObjectHandle destination = value_at(action, "/D");
        if (destination.isArray() && destination.getArrayNItems() > 0 && destination.getArrayItem(0).isInteger()) {
            long long page = destination.getArrayItem(0).getIntValue();
            if (page >= 0 && page < limits::kPages) target.page_index = static_cast<int>(page);
        }
        if (destination.isString()) target.name = text_of(destination);
        return target;
    }
    target.uri = action_word(type, action);
    if (!target.uri.empty()) target.kind = TargetKind::Action;
    return target;
}

}  // namespace docwright::pdf
