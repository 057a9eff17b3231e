#include "cli/generation.h"

#include <gtest/gtest.h>

namespace docwright {
namespace {

struct NameCase {
    const char* says;
    const char* pattern;
    const char* name;
};
const NameCase kNameCases[] = {
    {"is_the_number_so_that_names_sort", "{n}.docx", "0042.docx"},
    {"is_a_value", "invoice-{number}.pdf", "invoice-A 7.pdf"},
    {"is_several_values", "{number}_{customer.name}", "A 7_Ann"},
    {"is_a_number_as_it_is_written", "{total}", "12"},
    {"never_leads_to_another_folder", "{path}", ".._.._etc_x_y"},
    {"leaves_out_what_is_no_text", "a{list}{nothing}{customer}{gone.deep}", "a"},
    {"keeps_what_is_no_pattern", "a{b", "a{b"},
};

class DocumentName : public testing::TestWithParam<NameCase> {};
TEST_P(DocumentName, ) {
    const std::string record =
        R"({"number": "A 7", "total": 12, "path": "../../etc/x\\y", "list": [1], "nothing": null, "customer": {"name": "Ann"}})";
    EXPECT_EQ(document_name(GetParam().pattern, record, 42, 1000), GetParam().name);
}
INSTANTIATE_TEST_SUITE_P(, DocumentName, testing::ValuesIn(kNameCases), [](auto& test) { return test.param.says; });

}  // namespace
}  // namespace docwright
