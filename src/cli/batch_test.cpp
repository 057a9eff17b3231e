#include "cli/batch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "cli/progress_bar.h"
#include "operations/all.h"

namespace docwright {
namespace {

namespace fs = std::filesystem;

class PlanBatch : public testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(folder_);
        for (const char* name : {"a.pdf", "b.PDF", "notes.txt", "deep/c.pdf", "deep/a.pdf"}) {
            fs::create_directories((folder_ / name).parent_path());
            std::ofstream(folder_ / name) << "x";
        }
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string in(std::string_view name) const { return folder_ / name; }
    // "out/a <- a.pdf", one a line.
    std::string plan(const std::vector<std::string>& inputs, const std::string& output) const {
        auto items = plan_batch(pdf_structural_extract, inputs, output);
        if (!items.ok()) return items.error().message;
        std::string out;
        for (const BatchItem& item : items.value()) {
            out += (item.target.folder / item.target.name).string() + (item.target.name_is_stem ? ".*" : "") + " <- " +
                   item.inputs.front().lexically_relative(folder_).string() + "\n";
        }
        return out;
    }

    fs::path folder_ = fs::temp_directory_path() / ("docwright_batch_" + std::to_string(getpid()));
};

TEST_F(PlanBatch, gives_one_file_the_name_that_was_asked_for) { EXPECT_EQ(plan({in("a.pdf")}, "out/x.md"), "out/x.md <- a.pdf\n"); }

TEST_F(PlanBatch, puts_one_file_into_a_folder_that_is_named_as_one) { EXPECT_EQ(plan({in("a.pdf")}, "out/"), "out/a.* <- a.pdf\n"); }

TEST_F(PlanBatch, takes_what_the_operation_reads_below_a_folder_and_keeps_its_tree) {
    EXPECT_EQ(plan({folder_}, "out"), "out/a.* <- a.pdf\nout/b.* <- b.PDF\nout/deep/a.* <- deep/a.pdf\nout/deep/c.* <- deep/c.pdf\n");
}

TEST_F(PlanBatch, takes_a_pattern) { EXPECT_EQ(plan({in("*.pdf")}, "out"), "out/a.* <- a.pdf\n"); }

TEST_F(PlanBatch, keeps_whole_names_where_stems_would_meet) {
    std::ofstream(folder_ / "a.PDF") << "x";
    EXPECT_EQ(plan({in("a.pdf"), in("a.PDF")}, "out"), "out/a.pdf.* <- a.pdf\nout/a.PDF.* <- a.PDF\n");
}

TEST_F(PlanBatch, refuses_two_inputs_of_one_name) { EXPECT_TRUE(plan({in("a.pdf"), in("deep/a.pdf")}, "out").starts_with("Two inputs")); }

TEST_F(PlanBatch, says_when_there_is_nothing) {
    EXPECT_TRUE(plan({in("none.pdf")}, "out").starts_with("There is no "));
    fs::create_directories(folder_ / "empty");
    EXPECT_TRUE(plan({in("empty")}, "out").contains("There is no file below"));
}

TEST(BarText, shows_share_and_counts) { EXPECT_EQ(bar_text(0.5, 1, 2, "a.pdf", 4), "[##..]  50%  1/2  a.pdf"); }

}  // namespace
}  // namespace docwright
