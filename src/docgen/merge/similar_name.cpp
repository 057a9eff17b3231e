#include "docgen/merge/similar_name.h"

#include <algorithm>

#include "base/ascii.h"

namespace docwright::docgen {

std::string similar_name(const json::value& value, std::string_view name) {
    std::string found;
    const json::value* at = &value;
    for (std::string_view rest = name; !rest.empty(); rest.remove_prefix(std::min(rest.find('.') + 1, rest.size()))) {
        const std::string_view part = rest.substr(0, rest.find('.'));
        const json::object* object = at->if_object();
        if (!object) return {};
        const auto* key = object->find(part);  // as it is, if it can be
        if (key == object->end()) key = std::ranges::find_if(*object, [&](const auto& pair) { return same_word(pair.key(), part); });
        if (key == object->end()) return {};
        found += (found.empty() ? "" : ".") + std::string(key->key());
        at = &key->value();
        if (!rest.contains('.')) break;
    }
    return found == name ? std::string() : found;
}

}  // namespace docwright::docgen
