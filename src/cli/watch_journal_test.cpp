// What a watched folder remembers.
#include "cli/watch_journal.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/temporary_folder.h"

namespace docwright {
namespace {

class Journal : public testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directories(in_);
        std::filesystem::create_directories(out_);
    }
    std::unique_ptr<WatchJournal> open(const std::string& with = "work") { return WatchJournal::open(in_, out_, with).take(); }
    static void put(const std::filesystem::path& file, std::string_view text = "x") { std::ofstream(file) << text; }

    TemporaryFolder folder_;
    std::filesystem::path in_ = folder_.path / "in", out_ = folder_.path / "out";
};

TEST_F(Journal, remembers_over_restarts_what_is_done_and_with_what) {
    const std::string odd = "tab\tline\nback\\slash\xff.pdf";
    put(in_ / odd);
    const FileStamp stamp = *stamp_of(in_ / odd);
    ASSERT_TRUE(open()->note_done(odd, "ab12", stamp).ok());
    for (int i = 0; i < 2; ++i) {  // the second reads what the first has tidied
        const auto journal = open();
        EXPECT_TRUE(journal->is_done(odd, stamp));
        EXPECT_TRUE(journal->is_done(odd, "ab12"));
        EXPECT_FALSE(journal->is_done(odd, "cd34"));
        EXPECT_FALSE(journal->is_done(odd, FileStamp{stamp.size, stamp.changed_ns + 1}));
        EXPECT_FALSE(journal->is_done("other.pdf", stamp));
    }
    EXPECT_FALSE(open("other work")->is_done(odd, "ab12"));
}

TEST_F(Journal, gives_a_name_to_one_input_only) {
    put(in_ / "a.pdf");
    put(in_ / "a.docx");
    put(out_ / "b.txt");
    auto journal = open();
    EXPECT_EQ(journal->name_for("a.pdf", "a.txt").value(), "a.txt");
    EXPECT_EQ(journal->name_for("a.docx", "a.txt").value(), "a.docx.txt");
    EXPECT_EQ(journal->name_for("b.pdf", "b.txt").value(), "b.pdf.txt");
    put(out_ / "c.txt");
    put(out_ / "c.pdf.txt");
    EXPECT_EQ(journal->name_for("c.pdf", "c.txt").value(), "c.pdf-2.txt");
    journal.reset();
    journal = open();
    EXPECT_EQ(journal->name_for("a.docx", "a.txt").value(), "a.docx.txt");
    EXPECT_EQ(journal->name_for("a.pdf", "a.txt").value(), "a.txt");
}

TEST_F(Journal, forgets_inputs_that_are_gone_with_their_results) {
    ASSERT_TRUE(open()->note_done("gone.pdf", "ab12", {}).ok());
    EXPECT_FALSE(open()->is_done("gone.pdf", "ab12"));
    ASSERT_TRUE(open()->name_for("taken.pdf", "taken.txt").ok());
    put(out_ / "taken.txt");
    auto journal = open();
    ASSERT_TRUE(journal->name_for("taken.pdf", "taken.txt").ok());
    ASSERT_TRUE(journal->note_done("taken.pdf", "ab12", {}).ok());
    journal.reset();
    EXPECT_TRUE(open()->is_done("taken.pdf", "ab12"));
}

TEST_F(Journal, passes_over_a_torn_line_and_foreign_ones) {
    put(in_ / "a.pdf");
    ASSERT_TRUE(open()->note_done("a.pdf", "ab12", {}).ok());
    std::ofstream(out_ / ".docwright-watch/journal", std::ios::app)
        << "what is this\ndone\tcd34\tmany\t0\twork\ta.pdf\ndone\tcd34\t0\t0\twork\ta.pdf";
    EXPECT_TRUE(open()->is_done("a.pdf", "ab12"));
}

TEST_F(Journal, is_held_by_one_at_a_time_and_sweeps_the_drafts_of_the_one_before) {
    auto journal = open();
    EXPECT_EQ(WatchJournal::open(in_, out_, "work").error().fault, Fault::Conflict);
    put(journal->folder() / ".docwright-draft");
    const std::filesystem::path draft = journal->folder() / ".docwright-draft";
    journal.reset();
    journal = open();
    EXPECT_FALSE(std::filesystem::exists(draft));
}

}  // namespace
}  // namespace docwright
