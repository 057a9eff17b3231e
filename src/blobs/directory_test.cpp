// The directory passes the suite of blobs/conformance/, with nameless drafts and on file systems without them; and what only a
// directory can meet.
#include "blobs/directory.h"

#include <filesystem>
#include <fstream>

#include "base/temporary_folder.h"
#include "blobs/conformance/blobs_under_test.h"

namespace docwright {
namespace {

// The folder and the names of its drafts live as long as someone may open it.
struct Place {
    TemporaryFolder folder;
    SystemRandom random;
};

OpenBlobs fresh_directory(bool nameless) {
    auto place = std::make_shared<Place>();  // shared with nobody: std::function wants to be copyable
    return [place, nameless] {
        return open_directory_blobs({.folder = place->folder.path, .durable = false, .nameless = nameless}, place->random);
    };
}

const BlobsKind kDirectory{.name = "directory", .fresh_place = [] { return fresh_directory(true); }};
const BlobsKind kNamedDrafts{.name = "directory_with_named_drafts", .fresh_place = [] { return fresh_directory(false); }};

class Directory : public testing::Test {
protected:
    TemporaryFolder folder;
    SeededRandom random{1};
    std::unique_ptr<Blobs> open(bool alone = true) {
        return open_directory_blobs({.folder = folder.path, .durable = true, .nameless = false, .alone = alone}, random).take();
    }
};

TEST_F(Directory, drops_the_drafts_of_a_killed_process_unless_it_shares_the_folder) {
    const std::unique_ptr<Blobs> before = open();
    const std::filesystem::path draft = folder.path / "blobs" / ".drafts" / "left-over";
    std::ofstream(draft) << "x";
    (void)open(false);
    EXPECT_TRUE(std::filesystem::exists(draft));
    (void)open(true);
    EXPECT_FALSE(std::filesystem::exists(draft));
}

TEST_F(Directory, says_storage_error_and_not_lost_bytes_while_its_folder_is_away_and_goes_on_when_it_is_back) {
    const std::unique_ptr<Blobs> blobs = open();
    const std::string hash = [&] {
        auto draft = blobs->draft("acc").take();
        EXPECT_TRUE(draft->add("abc").ok() && draft->publish().ok());
        return draft->sha256();
    }();
    std::filesystem::rename(folder.path / "blobs", folder.path / "away");
    EXPECT_EQ(blobs->open("acc", hash).error().reason, "STORAGE_ERROR");
    EXPECT_EQ(blobs->draft("acc").error().reason, "STORAGE_ERROR");
    EXPECT_EQ(blobs->probe().error().reason, "STORAGE_ERROR");
    EXPECT_TRUE(blobs->each([](std::string_view, std::string_view) { return success(); }).ok());
    std::filesystem::rename(folder.path / "away", folder.path / "blobs");
    EXPECT_TRUE(blobs->open("acc", hash).ok());
    EXPECT_TRUE(blobs->probe().ok());
}

TEST_F(Directory, replaces_bytes_that_a_loss_of_power_has_cut_short) {
    const std::unique_ptr<Blobs> blobs = open();
    const auto publish = [&] {
        auto draft = blobs->draft("acc").take();
        EXPECT_TRUE(draft->add("abc").ok() && draft->publish().ok());
        return draft->sha256();
    };
    const std::string hash = publish();
    std::filesystem::resize_file(folder.path / "blobs" / "acc" / hash.substr(0, 2) / hash, 1);
    EXPECT_EQ(publish(), hash);
    const FileDescriptor file = blobs->open("acc", hash).take();
    char bytes[8] = {};
    EXPECT_EQ(::pread(file.get(), bytes, sizeof bytes, 0), 3);
    EXPECT_EQ(std::string(bytes), "abc");
}

TEST_F(Directory, passes_over_files_that_are_none_of_its_own) {
    const std::unique_ptr<Blobs> blobs = open();
    std::ofstream(folder.path / "blobs" / "note.txt") << "x";
    EXPECT_TRUE(blobs
                    ->each([](std::string_view account, std::string_view) -> Status {
                        ADD_FAILURE() << account;
                        return success();
                    })
                    .ok());
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(, BlobsTest, testing::Values(kDirectory, kNamedDrafts),
                         [](const testing::TestParamInfo<BlobsKind>& test) { return std::string(test.param.name); });

}  // namespace docwright
