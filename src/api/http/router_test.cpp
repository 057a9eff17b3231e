#include "api/http/router.h"

#include <gtest/gtest.h>

namespace docwright::http {
namespace {

Router example() {
    Router router;
    router.add({"DELETE", "/documents/{id}", {}});
    router.add({"GET", "/documents/{id}/download", {}});
    router.add({"POST", "/documents/upload", {}});
    router.add({"GET", "/tasks/{id}", {}});
    router.add({"DELETE", "/tasks/{id}", {}});
    return router;
}

TEST(Router, fills_names_and_answers_head_like_get) {
    Router router = example();
    RouteMatch match = router.match("HEAD", "/documents/abc/download");
    ASSERT_TRUE(match.route);
    EXPECT_EQ(match.segments, std::vector<std::string>{"abc"});
}

TEST(Router, prefers_words_to_names) {
    Router router = example();
    EXPECT_EQ(router.match("POST", "/documents/upload").pattern, "/documents/upload");
    EXPECT_EQ(router.match("DELETE", "/documents/upload").pattern, "/documents/{id}");
}

TEST(Router, names_the_methods_of_an_address_it_knows) {
    Router router = example();
    RouteMatch match = router.match("PUT", "/tasks/1");
    EXPECT_EQ(match.route, nullptr);
    EXPECT_EQ(match.allowed, "GET, HEAD, DELETE");
}

TEST(Router, does_not_know_longer_or_shorter_addresses) {
    Router router = example();
    EXPECT_TRUE(router.match("GET", "/documents/a/b/download").pattern.empty());
    EXPECT_TRUE(router.match("GET", "/tasks").pattern.empty());
    EXPECT_TRUE(router.match("GET", "/tasks/").pattern.empty());
    EXPECT_TRUE(router.match("GET", "/").pattern.empty());
}

TEST(BelowBase, takes_the_base_with_and_without_api) {
    EXPECT_EQ(below_base("/pdf-services/api/tasks/1", "/pdf-services"), "/tasks/1");
    EXPECT_EQ(below_base("/pdf-services/tasks/1", "/pdf-services"), "/tasks/1");
    EXPECT_EQ(below_base("/pdf-services", "/pdf-services"), "");
    EXPECT_EQ(below_base("/pdf-servicesx/a", "/pdf-services"), "");
}

}  // namespace
}  // namespace docwright::http
