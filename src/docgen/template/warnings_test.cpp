#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "docgen/template/compile.h"

namespace docwright::docgen {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> warnings(std::string_view text) {
    const std::string part = "<w:p xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:r><w:t>" +
                             std::string(text) + "</w:t></w:r></w:p>";
    return compile(part).take().warnings;
}

TEST(TemplateWarnings, name_tags_that_are_never_closed) {
    EXPECT_THAT(warnings("a {{name and {{other}}"),
                ElementsAre(AllOf(HasSubstr("{{name and {{other}} in paragraph 1"), HasSubstr("never closed"), HasSubstr("}}"))));
    EXPECT_THAT(warnings("{{{{ is fine"), IsEmpty());
}

TEST(TemplateWarnings, name_braces_of_other_kinds) {
    EXPECT_THAT(warnings("｛｛name｝｝"), ElementsAre(HasSubstr("｛｛name｝｝ in paragraph 1 is no tag")));
    EXPECT_THAT(warnings("{ {name}}"), ElementsAre(HasSubstr("without a space")));
}

TEST(TemplateWarnings, name_curly_quotes_and_unknown_switches) {
    EXPECT_THAT(warnings("{{d \\@ “MM/dd/yyyy”}}"), ElementsAre(AllOf(HasSubstr("curly quotes"), HasSubstr("straight"))));
    EXPECT_THAT(warnings("{{d \\% x}}"), ElementsAre(AllOf(HasSubstr("{{d \\% x}} in paragraph 1 shows nothing"), HasSubstr("no switch"))));
}

}  // namespace
}  // namespace docwright::docgen
