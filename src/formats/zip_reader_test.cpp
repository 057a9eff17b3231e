#include "formats/zip_reader.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "formats/zip.h"

namespace docwright::formats {
namespace {

std::string archive() {
    const FileDescriptor file(::memfd_create("zip-test", MFD_CLOEXEC));
    ZipWriter zip(file.get());
    EXPECT_TRUE(zip.begin_deflated("long.txt").ok() && zip.add(std::string(5000, 'a')).ok() && zip.end().ok());
    EXPECT_TRUE(zip.begin_stored("mimetype").ok() && zip.add("application/x").ok() && zip.end().ok());
    EXPECT_TRUE(zip.finish().ok());
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

TEST(ZipReader, reads_what_the_writer_wrote) {
    const std::string bytes = archive();
    const ZipReader zip = ZipReader::open(bytes).take();
    ASSERT_EQ(zip.entries().size(), 2U);
    EXPECT_EQ(zip.entries()[0].name, "long.txt");
    EXPECT_EQ(zip.read(zip.entries()[0], 10'000).take(), std::string(5000, 'a'));
    EXPECT_EQ(zip.read(*zip.find("mimetype"), 100).take(), "application/x");
    EXPECT_EQ(zip.find("other"), nullptr);
}

TEST(ZipReader, unpacks_no_more_than_it_may) {
    const std::string bytes = archive();
    const ZipReader zip = ZipReader::open(bytes).take();
    EXPECT_EQ(zip.read(zip.entries()[0], 4999).error().fault, Fault::LimitExceeded);
}

TEST(ZipReader, hands_on_files_as_they_are_packed) {
    const std::string bytes = archive();
    const ZipReader zip = ZipReader::open(bytes).take();
    const FileDescriptor file(::memfd_create("zip-test", MFD_CLOEXEC));
    ZipWriter copy(file.get());
    for (const ZipEntry& entry : zip.entries())
        EXPECT_TRUE(copy.add_packed(entry.name, {entry.method, entry.checksum, entry.bytes, zip.packed(entry).take()}).ok());
    EXPECT_TRUE(copy.finish().ok());
    std::string copied(bytes.size(), '\0');
    ASSERT_EQ(::pread(file.get(), copied.data(), copied.size(), 0), static_cast<ssize_t>(copied.size()));
    EXPECT_EQ(copied, bytes);
}

TEST(ZipReader, sees_what_is_not_as_the_directory_says) {
    std::string bytes = archive();
    std::string scratch;
    const ZipReader good = ZipReader::open(bytes).take();
    for (const ZipEntry& entry : good.entries()) EXPECT_TRUE(good.check(entry, scratch).ok());
    bytes[bytes.find("application/x")] = 'A';
    const ZipReader bad = ZipReader::open(bytes).take();
    EXPECT_FALSE(bad.check(*bad.find("mimetype"), scratch).ok());
}

TEST(ZipReader, finds_the_directory_before_a_comment) {
    std::string bytes = archive();
    EXPECT_TRUE(ZipReader::open(bytes + std::string(300, 'c')).ok());
}

TEST(ZipReader, refuses_every_cut_without_reading_beyond_it) {
    const std::string bytes = archive();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Result<ZipReader> zip = ZipReader::open(std::string_view(bytes).substr(0, size));
        EXPECT_FALSE(zip.ok()) << size;
    }
}

TEST(ZipReader, survives_every_changed_byte) {
    const std::string bytes = archive();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x5A);
        Result<ZipReader> zip = ZipReader::open(changed);
        for (std::size_t k = 0; zip.ok() && k < zip.value().entries().size(); ++k) (void)zip.value().read(zip.value().entries()[k], 10'000);
    }
}

}  // namespace
}  // namespace docwright::formats
