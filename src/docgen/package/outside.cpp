#include "docgen/package/outside.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kNowhere = "about:blank", kOwnTemplate = "Normal.dotm";
constexpr std::string_view kDocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

bool is_any_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool is_web_address(std::string_view target) {
    return same_word(target.substr(0, 7), "http://") || same_word(target.substr(0, 8), "https://");
}

Status close_one(Relationship& one, std::vector<std::string>& warnings) {
    const std::string_view kind = kind_of(one);
    if (kind == "hyperlink") return success();
    if (kind == "attachedTemplate") {
        if (one.target != kOwnTemplate)
            warnings.push_back(fmt::format("The template it is based on, \"{}\", is not loaded from there.", one.target));
        one.target = kOwnTemplate;
        return success();
    }
    if (is_any_of(kind, {"image", "video", "audio", "media"})) {
        if (is_web_address(one.target)) return success();
        warnings.push_back(
            fmt::format("The linked picture \"{}\" is left out: it is no part of the template. Insert it instead.", one.target));
        one.target = kNowhere;
        return success();
    }
    if (is_any_of(kind, {"mailMergeSource", "mailMergeHeaderSource", "recipientData", "transform"})) {
        one.target = kNowhere;
        return success();
    }
    return Error{
        Fault::InvalidInput,
        fmt::format("The template loads another document, \"{}\" ({}). Insert its content instead of the link.", one.target, kind)};
}

bool is_macro(const Relationship& one) {
    return is_any_of(kind_of(one), {"vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3",
                                    "keyMapCustomizations", "attachedToolbars"});
}

bool is_macro_type(std::string_view type) { return type.contains("vbaProject") || type.contains("vbaData"); }

}  // namespace

// Parts that nothing leads to are taken away until none is left; what remains leads to itself.
Status check_circles(const AllRelationships& all) {
    std::map<std::string, std::vector<std::string>> leads_to;
    std::map<std::string, int> led_from;
    for (const auto& [owner, relationships] : all) {
        led_from[owner];
        for (const Relationship& one : relationships) {
            if (one.external || kind_of(one) == "hyperlink" || one.target.starts_with('#')) continue;
            std::string part = TRY(part_of_target(owner, one.target));
            ++led_from[part];
            leads_to[owner].push_back(std::move(part));
        }
    }
    std::vector<std::string> free;
    for (const auto& [part, count] : led_from)
        if (count == 0) free.push_back(part);
    std::size_t taken = 0;
    for (; !free.empty(); ++taken) {
        const std::string part = free.back();
        free.pop_back();
        for (const std::string& target : leads_to[part])
            if (--led_from[target] == 0) free.push_back(target);
    }
    if (taken == led_from.size()) return success();
    return Error{Fault::InvalidInput, "The template is damaged: its parts refer to each other in a circle.", {}, "DAMAGED"};
}

Status close_outside(AllRelationships& all, std::vector<std::string>& warnings) {
    for (auto& [owner, relationships] : all)
        for (Relationship& one : relationships)
            if (one.external) TRY(close_one(one, warnings));
    return success();
}

std::set<std::string> drop_macros(AllRelationships& all, ContentTypes& types, const std::string& main_part) {
    std::set<std::string> dropped;
    for (auto& [owner, relationships] : all) {
        for (const Relationship& one : relationships) {
            if (!is_macro(one) || one.external) continue;
            if (Result<std::string> part = part_of_target(owner, one.target); part.ok()) dropped.insert(std::move(part).take());
        }
        std::erase_if(relationships, is_macro);
    }
    for (const ContentTypes::Entry& entry : types.parts)
        if (is_macro_type(entry.type)) dropped.insert(entry.key);
    for (const std::string& part : std::vector<std::string>(dropped.begin(), dropped.end())) {
        dropped.insert(relationships_name(part));
        all.erase(part);
    }
    std::erase_if(types.parts, [&](const ContentTypes::Entry& entry) { return dropped.contains(entry.key); });
    std::erase_if(types.extensions, [](const ContentTypes::Entry& entry) { return is_macro_type(entry.type); });
    const std::string_view type = types.of(main_part);
    if (type.contains("macroEnabled") || type.contains("template.main")) types.set_part(main_part, kDocumentType);
    return dropped;
}

}  // namespace docwright::docgen
