#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/merge/merged_part.h"
#include "docgen/merge/similar_name.h"

namespace docwright::docgen {
namespace {

TEST(SimilarNames, differ_only_in_case) {
    const json::value values = json::parse(R"({"customer": {"name": "Ann", "NAME": "ANN"}, "City": "Bern"})");
    EXPECT_EQ(similar_name(values, "Customer.Name"), "customer.name");
    EXPECT_EQ(similar_name(values, "customer.NAME"), "");
    EXPECT_EQ(similar_name(values, "city"), "City");
    EXPECT_EQ(similar_name(values, "street"), "");
    EXPECT_EQ(similar_name(values, "city.name"), "");
}

TEST(MissingValues, fail_or_keep_the_tag_where_asked) {
    const std::string part = part_of(paragraph("a") + paragraph("{{x}} {{ y \\# 0 }} {{today}}"));
    const Program program = compile(part).take();
    const json::value values = json::parse(R"({"x": null})");
    const auto with = [&](Missing missing) {
        std::string out;
        const Status status = render(
            program, values, {.missing = missing},
            [&](std::string_view bytes) -> Status {
                out += bytes;
                return success();
            },
            [](std::string) {});
        return status.ok() ? text_of(out) : status.error().message;
    };
    EXPECT_EQ(with(Missing::Empty).substr(0, 4), "a.  ");
    EXPECT_EQ(with(Missing::Keep).substr(0, 16), "a. {{ y \\# 0 }} ");
    EXPECT_THAT(with(Missing::Error), ::testing::HasSubstr("There is no value for {{ y \\# 0 }} in paragraph 2. Add \"y\""));
}

}  // namespace
}  // namespace docwright::docgen
