#include "extract/tables/tagged.h"

#include <gtest/gtest.h>

#include "extract/tables/drawn_page.h"
#include "extract/tables/find_tables.h"

namespace docwright::extract::tables {
namespace {

// A tagged page: tags first, then texts with the marked content of a cell each.
struct TaggedPage {
    DrawnPage page;
    std::int32_t next_content = 0;

    int tag(std::string role, int parent, int column_span = 1) {
        page.facts.tags.push_back({.role = std::move(role), .parent = parent, .column_span = column_span});
        return static_cast<int>(page.facts.tags.size()) - 1;
    }
    void cell(int row, double x, double baseline, std::string_view words, int column_span = 1) {
        const int at = tag("TD", row, column_span);
        const std::size_t before = page.facts.glyphs.size();
        page.text(x, baseline, words);
        for (std::size_t i = before; i < page.facts.glyphs.size(); ++i) page.facts.glyphs[i].marked_content = next_content;
        page.facts.tags[static_cast<std::size_t>(at)].marked_contents = {next_content++};
    }
};

TaggedPage tagged_page() {
    TaggedPage tagged;
    const int table = tagged.tag("Table", -1);
    int row = tagged.tag("TR", table);
    tagged.cell(row, 100, 100, "Trade of the countries", 2);
    row = tagged.tag("TR", table);
    tagged.cell(row, 100, 115, "Austria");
    tagged.cell(row, 190, 115, "12");
    row = tagged.tag("TR", table);
    tagged.cell(row, 100, 130, "Belgium");
    tagged.cell(row, 190, 130, "9");
    return tagged;
}

TEST(TaggedTables, take_rows_cells_and_spans_from_the_tags) {
    const TaggedPage tagged = tagged_page();
    const std::vector<Table> tables = find_tables(tagged.page.facts, tagged.page.lines);
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_TRUE(tables[0].from_tags);
    EXPECT_EQ(spelled(tables[0], tagged.page), "Trade of the countries [1x2]\nAustria | 12\nBelgium | 9");
}

TEST(TaggedTables, are_refused_when_their_rows_do_not_follow_each_other_on_the_page) {
    TaggedPage tagged;
    const int table = tagged.tag("Table", -1);
    int row = tagged.tag("TR", table);
    tagged.cell(row, 100, 300, "Austria");
    tagged.cell(row, 190, 300, "12");
    row = tagged.tag("TR", table);
    tagged.cell(row, 100, 100, "Belgium");
    tagged.cell(row, 190, 100, "9");
    const PageWords words = flatten_words(tagged.page.facts, tagged.page.lines);
    EXPECT_TRUE(drafts_from_tags(tagged.page.facts, words).empty());
}

TEST(TaggedTables, survive_parents_that_run_in_a_circle) {
    TaggedPage tagged = tagged_page();
    tagged.page.facts.tags[1].parent = 2;
    tagged.page.facts.tags[2].parent = 1;
    const PageWords words = flatten_words(tagged.page.facts, tagged.page.lines);
    EXPECT_LE(drafts_from_tags(tagged.page.facts, words).size(), 1U);
}

}  // namespace
}  // namespace docwright::extract::tables
