#include "extract/output/record_log.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

namespace docwright::extract {
namespace {

struct Seen {
    std::vector<std::string> texts;
    std::function<bool(const RecordHead&, std::string_view)> visit() {
        return [this](const RecordHead&, std::string_view bytes) {
            texts.emplace_back(bytes);
            return true;
        };
    }
};

class RecordLogFile : public testing::Test {
protected:
    FileDescriptor file{::memfd_create("record-log-test", MFD_CLOEXEC)};
    void write_three() {
        Seen seen;
        RecordLog log = RecordLog::open(file.get(), seen.visit()).take();
        for (const char* text : {"one", "", "three"}) ASSERT_TRUE(log.append(7, 1, text).ok());
    }
    std::vector<std::string> found() {
        Seen seen;
        EXPECT_TRUE(RecordLog::open(file.get(), seen.visit()).ok());
        return seen.texts;
    }
};

TEST_F(RecordLogFile, gives_back_what_was_appended) {
    write_three();
    EXPECT_EQ(found(), (std::vector<std::string>{"one", "", "three"}));
}

TEST_F(RecordLogFile, reads_a_record_by_its_place) {
    Seen seen;
    RecordLog log = RecordLog::open(file.get(), seen.visit()).take();
    ASSERT_TRUE(log.append(1, 2, "before").ok());
    const RecordPlace place = log.append(1, 3, "wanted").take();
    ASSERT_TRUE(log.append(1, 4, "behind").ok());
    EXPECT_EQ(log.read(place).take(), "wanted");
}

TEST_F(RecordLogFile, drops_a_torn_record_and_goes_on_behind_the_last_good_one) {
    write_three();
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    ASSERT_EQ(::ftruncate(file.get(), size - 2), 0);
    EXPECT_EQ(found(), (std::vector<std::string>{"one", ""}));
    Seen seen;
    RecordLog log = RecordLog::open(file.get(), seen.visit()).take();
    ASSERT_TRUE(log.append(7, 1, "new").ok());
    EXPECT_EQ(found(), (std::vector<std::string>{"one", "", "new"}));
}

TEST_F(RecordLogFile, never_gives_bytes_that_were_changed) {
    write_three();
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    for (off_t at = 0; at < size; ++at) {
        FileDescriptor copy(::memfd_create("record-log-flip", MFD_CLOEXEC));
        std::string bytes(static_cast<std::size_t>(size), '\0');
        ASSERT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), size);
        bytes[static_cast<std::size_t>(at)] = static_cast<char>(bytes[static_cast<std::size_t>(at)] ^ 0x10);
        ASSERT_EQ(::pwrite(copy.get(), bytes.data(), bytes.size(), 0), size);
        Seen seen;
        ASSERT_TRUE(RecordLog::open(copy.get(), seen.visit()).ok());
        const std::vector<std::string> all{"one", "", "three"};
        ASSERT_LE(seen.texts.size(), all.size());
        for (std::size_t i = 0; i < seen.texts.size(); ++i) EXPECT_EQ(seen.texts[i], all[i]) << "flipped byte " << at;
    }
}

TEST(RecordLog, keeps_its_records_in_memory_without_a_file) {
    Seen seen;
    RecordLog log = RecordLog::open(-1, seen.visit()).take();
    const RecordPlace place = log.append(1, 1, "kept").take();
    EXPECT_EQ(log.read(place).take(), "kept");
    EXPECT_TRUE(seen.texts.empty());
}

}  // namespace
}  // namespace docwright::extract
