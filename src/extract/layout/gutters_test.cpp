#include "extract/layout/gutters.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace docwright::extract {
namespace {

std::optional<ColumnGutter> gutter_of(const std::vector<Atom>& atoms) {
    std::vector<std::size_t> all(atoms.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return best_gutter(atoms, all);
}

Atom line(Box box, double baseline) { return {.kind = AtomKind::Line, .box = box, .baseline = baseline, .size = 11, .words = 12}; }
Atom bullet(Box box, double baseline) {
    return {.kind = AtomKind::Line, .box = box, .baseline = baseline, .size = 11, .words = 1, .label_like = true};
}

TEST(Gutters, part_two_columns) {
    std::vector<Atom> atoms;
    for (int row = 0; row < 5; ++row) {
        const double top = 100 + 13 * row;
        atoms.push_back(line({50, top, 250, top + 10}, top + 8));
        atoms.push_back(line({300, top, 500, top + 10}, top + 8));
    }
    ASSERT_TRUE(gutter_of(atoms));
    EXPECT_EQ(gutter_of(atoms)->box.left, 250);
    EXPECT_EQ(gutter_of(atoms)->box.right, 300);
}

// The white behind the bullets ends where the second item begins, a fraction before the others.
TEST(Gutters, are_not_seen_behind_bullets_whose_items_begin_at_not_quite_the_same_place) {
    std::vector<Atom> atoms = {bullet({72, 72, 77, 86}, 83.2), bullet({72, 169.6, 77, 184}, 180.6)};
    for (int row = 0; row < 4; ++row) atoms.push_back(line({108, 75.8 + 19.3 * row, 363, 85.6 + 19.3 * row}, 83.2 + 19.3 * row));
    for (int row = 0; row < 4; ++row)
        atoms.push_back(line({row == 0 ? 107.8 : 108, 173.2 + 19.3 * row, 363, 183 + 19.3 * row}, 180.7 + 19.3 * row));
    EXPECT_FALSE(gutter_of(atoms));
}

}  // namespace
}  // namespace docwright::extract
