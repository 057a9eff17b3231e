// What find_tables promises for every page, tried on thousands of pages out of seeded random bytes.
#include <gtest/gtest.h>

#include <random>

#include "extract/tables/any_page.h"
#include "extract/tables/candidates.h"
#include "extract/tables/find_tables.h"

namespace docwright::extract::tables {
namespace {

std::vector<std::uint8_t> bytes_of(unsigned seed) {
    std::mt19937 random(seed);
    std::vector<std::uint8_t> bytes(6 * (5 + random() % 120));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    return bytes;
}

TEST(FindTablesPromises, hold_on_pages_out_of_random_bytes) {
    for (unsigned seed = 0; seed < 800; ++seed) {
        const AnyPage page = page_from(bytes_of(seed));
        const std::vector<Table> tables = find_tables(page.facts, page.lines);
        ASSERT_EQ(broken_promise(tables, page), "") << "seed " << seed;
    }
}

TEST(FindTablesPromises, hold_for_every_candidate_even_those_that_the_judge_refuses) {
    int seen = 0;
    for (unsigned seed = 0; seed < 800; ++seed) {
        const AnyPage page = page_from(bytes_of(seed));
        const PageWords words = flatten_words(page.facts, page.lines);
        for (const Candidate& candidate : candidates_of(page.facts, words)) {
            const Table table = to_table(candidate.draft, words, page.facts);
            ASSERT_EQ(broken_promise({&table, 1}, page), "") << "seed " << seed;
            ++seen;
        }
    }
    EXPECT_GT(seen, 200) << "the pages are too odd to say anything";
}

TEST(FindTablesPromises, same_page_same_tables) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        const AnyPage page = page_from(bytes_of(seed));
        const std::vector<Table> once = find_tables(page.facts, page.lines);
        const std::vector<Table> again = find_tables(page.facts, page.lines);
        ASSERT_EQ(once.size(), again.size());
        for (std::size_t i = 0; i < once.size(); ++i) {
            EXPECT_EQ(once[i].cells.size(), again[i].cells.size());
            EXPECT_EQ(once[i].score, again[i].score);
        }
    }
}

}  // namespace
}  // namespace docwright::extract::tables
