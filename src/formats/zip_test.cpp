#include "formats/zip.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file_descriptor.h"

namespace docwright::formats {
namespace {

std::string contents(int descriptor) {
    std::string bytes(static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(descriptor, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

std::string archive(const std::string& text) {
    const FileDescriptor file(::memfd_create("zip-test", MFD_CLOEXEC));
    ZipWriter zip(file.get());
    EXPECT_TRUE(zip.begin_deflated("StructureInfo.json").ok());
    for (std::size_t at = 0; at < text.size(); at += 1000) EXPECT_TRUE(zip.add(std::string_view(text).substr(at, 1000)).ok());
    EXPECT_TRUE(zip.end().ok());
    EXPECT_TRUE(zip.begin_stored("image1.png").ok());
    EXPECT_TRUE(zip.add("picture").ok());
    EXPECT_TRUE(zip.end().ok());
    EXPECT_TRUE(zip.finish().ok());
    return contents(file.get());
}

std::uint32_t number(const std::string& bytes, std::size_t at, int size) {
    std::uint32_t value = 0;
    for (int i = size; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

TEST(ZipWriter, writes_entries_that_can_be_read_from_front_and_from_the_directory) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(i % 100) + "\n";
    const std::string zip = archive(text);
    ASSERT_EQ(number(zip, 0, 4), 0x04034b50U);
    EXPECT_EQ(number(zip, 8, 2), 8U);
    EXPECT_EQ(number(zip, 12, 2), 0x21U) << "1980-01-01";
    EXPECT_EQ(number(zip, 14, 4), ::crc32(0, reinterpret_cast<const unsigned char*>(text.data()), static_cast<unsigned>(text.size())));
    const std::uint32_t packed = number(zip, 18, 4);
    EXPECT_EQ(number(zip, 22, 4), text.size());
    EXPECT_EQ(number(zip, 28, 2), 0U) << "no extra field";
    std::string unpacked(text.size(), '\0');
    z_stream stream{};
    ASSERT_EQ(inflateInit2(&stream, -MAX_WBITS), Z_OK);
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(zip.data())) + 30 + 18;
    stream.avail_in = packed;
    stream.next_out = reinterpret_cast<unsigned char*>(unpacked.data());
    stream.avail_out = static_cast<unsigned>(unpacked.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    EXPECT_EQ(unpacked, text);
    const std::size_t end = zip.size() - 22;
    ASSERT_EQ(number(zip, end, 4), 0x06054b50U);
    EXPECT_EQ(number(zip, end + 10, 2), 2U);
    const std::size_t directory = number(zip, end + 16, 4);
    EXPECT_EQ(zip.substr(directory + 46, 18), "StructureInfo.json");
    const std::size_t second = directory + 46 + 18;
    EXPECT_EQ(zip.substr(second + 46, 10), "image1.png");
    const std::size_t offset = number(zip, second + 42, 4);
    EXPECT_EQ(zip.substr(offset + 30 + 10, 7), "picture");
}

TEST(ZipWriter, gives_the_same_bytes_for_the_same_content) { EXPECT_EQ(archive("some text"), archive("some text")); }

}  // namespace
}  // namespace docwright::formats
