// The document is checked as its readers use it: every reference leads somewhere, every operation and parameter is there.
#include "api/platform/openapi.h"

#include <gtest/gtest.h>

#include <set>

#include "operations/all.h"

namespace docwright::platform {
namespace {

const json::value& document() {
    static const json::value made = openapi_document(all_operations(), "/pdf-services/api");
    return made;
}

void visit_references(const json::value& value, std::vector<std::string>& out) {
    if (const json::object* object = value.if_object()) {
        for (const auto& member : *object) {
            if (member.key() == "$ref") out.emplace_back(member.value().get_string());
            visit_references(member.value(), out);
        }
    } else if (const json::array* array = value.if_array()) {
        for (const json::value& item : *array) visit_references(item, out);
    }
}

TEST(OpenApi, has_every_reference_it_makes) {
    std::vector<std::string> references;
    visit_references(document(), references);
    EXPECT_FALSE(references.empty());
    for (const std::string& each : references) {
        boost::system::error_code error;
        EXPECT_TRUE(document().find_pointer(each.substr(1), error)) << each;
    }
}

TEST(OpenApi, has_every_route_and_parameter_of_every_operation) {
    const json::object& paths = document().at("paths").get_object();
    for (const Operation* operation : all_operations()) {
        std::vector<std::string_view> routes = operation->aliases;
        routes.push_back(operation->route);
        for (std::string_view route : routes) {
            ASSERT_TRUE(paths.contains(route.substr(5))) << route;
            const json::value& post = paths.at(route.substr(5)).at("post");
            const json::value& media = post.at("requestBody").at("content").at("application/json");
            for (const Parameter& parameter : operation->body.parameters)
                EXPECT_TRUE(media.at("schema").at("properties").get_object().contains(parameter.name));
            EXPECT_TRUE(media.get_object().contains("example")) << route;
        }
    }
}

TEST(OpenApi, gives_every_operation_a_name_of_its_own_and_an_answer) {
    std::set<std::string> names;
    for (const auto& [path, item] : document().at("paths").get_object()) {
        for (const auto& [method, operation] : item.get_object()) {
            EXPECT_TRUE(names.insert(std::string(operation.at("operationId").get_string())).second) << path;
            EXPECT_FALSE(operation.at("responses").get_object().empty());
        }
    }
}

TEST(OpenApi, declares_every_name_in_a_path_as_a_parameter) {
    for (const auto& [path, item] : document().at("paths").get_object()) {
        std::string_view rest = path;
        for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
            std::string_view name = rest.substr(open + 1, rest.find('}') - open - 1);
            rest.remove_prefix(rest.find('}') + 1);
            for (const auto& [method, operation] : item.get_object()) {
                bool found = false;
                for (const json::value& parameter : operation.at("parameters").get_array()) {
                    found = found || (parameter.get_object().contains("name") && parameter.at("name").get_string() == name);
                }
                EXPECT_TRUE(found) << path;
            }
        }
    }
}

}  // namespace
}  // namespace docwright::platform
