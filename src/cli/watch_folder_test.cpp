// When a file of a watched folder counts as finished. Time is what the test says.
#include "cli/watch_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/temporary_folder.h"

namespace docwright {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class WatchFolder : public testing::Test {
protected:
    FolderWatcher open(bool recursive = false, std::vector<std::filesystem::path> left_out = {}) {
        return FolderWatcher::open({.root = folder_.path,
                                    .recursive = recursive,
                                    .left_out = std::move(left_out),
                                    .wanted = [](const std::string& file, const FileStamp&) { return file.ends_with(".pdf"); }},
                                   now_)
            .take();
    }
    void put(const std::string& name) {
        std::filesystem::create_directories((folder_.path / name).parent_path());
        std::ofstream(folder_.path / name) << "x";
    }
    std::vector<std::string> after(FolderWatcher& watcher, milliseconds time) {
        now_ += time;
        watcher.look(now_);
        return watcher.take_finished(now_);
    }

    TemporaryFolder folder_;
    FolderWatcher::Time now_{seconds(1000)};
};

TEST_F(WatchFolder, a_file_that_was_closed_is_finished_after_a_moment) {
    FolderWatcher watcher = open();
    EXPECT_TRUE(watcher.idle());
    put("a.pdf");
    EXPECT_THAT(after(watcher, milliseconds(0)), IsEmpty());
    EXPECT_FALSE(watcher.idle());
    EXPECT_THAT(after(watcher, milliseconds(150)), ElementsAre("a.pdf"));
    EXPECT_TRUE(watcher.idle());
    EXPECT_THAT(after(watcher, seconds(10)), IsEmpty());
}

TEST_F(WatchFolder, a_file_that_was_there_is_finished_when_it_has_been_quiet_for_a_while) {
    put("a.pdf");
    FolderWatcher watcher = open();
    EXPECT_THAT(after(watcher, milliseconds(500)), IsEmpty());
    EXPECT_THAT(after(watcher, milliseconds(2000)), ElementsAre("a.pdf"));
}

TEST_F(WatchFolder, a_file_that_somebody_has_open_for_writing_is_not_finished_however_quiet_it_is) {
    put("a.pdf");
    std::ofstream writer(folder_.path / "a.pdf", std::ios::app);
    FolderWatcher watcher = open();
    EXPECT_THAT(after(watcher, seconds(5)), IsEmpty());
    EXPECT_THAT(after(watcher, seconds(5)), IsEmpty());
    writer.close();
    EXPECT_THAT(after(watcher, seconds(5)), ElementsAre("a.pdf"));
}

TEST_F(WatchFolder, what_is_renamed_into_place_is_finished) {
    put("a.pdf.part");
    FolderWatcher watcher = open();
    EXPECT_THAT(after(watcher, seconds(5)), IsEmpty());
    std::filesystem::rename(folder_.path / "a.pdf.part", folder_.path / "a.pdf");
    EXPECT_THAT(after(watcher, milliseconds(0)), IsEmpty());
    EXPECT_THAT(after(watcher, milliseconds(150)), ElementsAre("a.pdf"));
}

TEST_F(WatchFolder, what_is_taken_away_again_is_forgotten) {
    FolderWatcher watcher = open();
    put("a.pdf");
    watcher.look(now_);
    std::filesystem::remove(folder_.path / "a.pdf");
    EXPECT_THAT(after(watcher, seconds(5)), IsEmpty());
    EXPECT_TRUE(watcher.idle());
}

TEST_F(WatchFolder, looks_into_subfolders_when_asked_to_and_not_where_the_results_are) {
    put("deep/er/a.pdf");
    put("out/a.pdf");
    put(".hidden/a.pdf");
    FolderWatcher shallow = open();
    EXPECT_THAT(after(shallow, seconds(5)), IsEmpty());
    FolderWatcher watcher = open(true, {folder_.path / "out"});
    EXPECT_THAT(after(watcher, seconds(5)), ElementsAre("deep/er/a.pdf"));
    put("late/b.pdf");  // the folder is new: the file in it may have been there before its watch
    after(watcher, seconds(0));
    EXPECT_THAT(after(watcher, seconds(5)), testing::Contains("late/b.pdf"));
}

TEST_F(WatchFolder, comes_back_to_a_file_when_told_to_and_not_before) {
    put("a.pdf");
    FolderWatcher watcher = open();
    EXPECT_THAT(after(watcher, seconds(5)), ElementsAre("a.pdf"));
    watcher.again("a.pdf", now_ + seconds(30));
    EXPECT_THAT(after(watcher, seconds(29)), IsEmpty());
    EXPECT_THAT(after(watcher, seconds(2)), ElementsAre("a.pdf"));
}

TEST_F(WatchFolder, says_when_there_is_no_folder) {
    EXPECT_EQ(FolderWatcher::open({.root = folder_.path / "none"}, now_).error().fault, Fault::NotFound);
}

TEST(UnfinishedName, is_what_browsers_editors_and_offices_write_meanwhile) {
    for (const char* name :
         {".a.pdf", "~$a.docx", ".~lock.a.docx#", "a.pdf.part", "a.crdownload", "a.tmp", "a.pdf~", "a.swp", "a.filepart"})
        EXPECT_TRUE(is_unfinished_name(name)) << name;
    for (const char* name : {"a.pdf", "part.pdf", "a~b.pdf", "a.part.pdf"}) EXPECT_FALSE(is_unfinished_name(name)) << name;
}

}  // namespace
}  // namespace docwright
