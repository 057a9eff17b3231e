#include "docgen/package/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "docgen/test_documents.h"

namespace docwright::docgen {
namespace {

using ::testing::HasSubstr;

// An entry of the directory has these places from its start; the second directory record follows the first at once.
constexpr std::size_t kSizeAt = 24, kOffsetAt = 42;
constexpr std::string_view kRecord("PK\1\2", 4);

void put_number(std::string& bytes, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xFFU);
}

std::string reason(const std::string& archive) {
    Result<Package> opened = open_package(archive);
    return opened.ok() ? "opened" : opened.error().message;
}

TEST(Packages, have_parts_with_the_names_of_parts) {
    for (const char* name : {"word/document.xml", "[Content_Types].xml", "word/media/Bild größer.png", "a..b/c"})
        EXPECT_TRUE(is_part_name(name)) << name;
    for (const char* name : {"", "/etc/passwd", "../x", "word/../../x", "word//x", "word\\x", "C:/x", "word/.", "a\nb", "\xFFx"})
        EXPECT_FALSE(is_part_name(name)) << name;
    EXPECT_THAT(reason(zip_of({{"a.xml", "<a/>"}, {"../../b.xml", "<a/>"}})), HasSubstr("none of a part"));
}

TEST(Packages, with_a_part_twice_are_refused_whatever_the_case) {
    EXPECT_THAT(reason(zip_of({{"word/a.xml", "<a/>"}, {"word/A.xml", "<b/>"}})), HasSubstr("twice"));
}

TEST(Packages, whose_entries_share_bytes_are_refused) {
    std::string archive = zip_of({{"a.xml", "<a/>"}, {"b.xml", "<a/>"}});
    const std::size_t second = archive.find(kRecord, archive.find(kRecord) + 1);
    put_number(archive, second + kOffsetAt, 0);
    EXPECT_THAT(reason(archive), HasSubstr("overlap"));
}

TEST(Packages, whose_sizes_or_bytes_are_not_what_the_directory_says_are_refused) {
    const std::string archive = zip_of({{"a.xml", std::string(5000, 'a')}});
    const std::size_t record = archive.find(kRecord);
    for (const std::uint32_t size : {10U, 4999U, 5001U}) {
        std::string changed = archive;
        put_number(changed, record + kSizeAt, size);
        EXPECT_FALSE(open_package(changed).ok()) << size;
    }
    std::string changed = archive;
    changed[record + 16] = static_cast<char>(changed[record + 16] ^ 1);  // the checksum
    EXPECT_THAT(reason(changed), HasSubstr("damaged"));
}

TEST(Packages, that_unpack_to_too_much_are_refused_before_they_are_unpacked) {
    std::string archive = zip_of({{"a.xml", std::string(5000, 'a')}});
    put_number(archive, archive.find(kRecord) + kSizeAt, 3'000'000'000);
    EXPECT_EQ(open_package(archive).error().fault, Fault::LimitExceeded);
    Parts many;
    for (int i = 0; i < 70; ++i) many.emplace_back("part" + std::to_string(i), std::string(1'000'000, ' '));
    EXPECT_EQ(open_package(zip_of(many)).error().fault, Fault::LimitExceeded);
}

TEST(Packages, of_too_many_parts_are_refused) {
    std::string archive = zip_of({{"a.xml", "<a/>"}});
    archive[archive.size() - 12] = archive[archive.size() - 11] = '\xFF';  // the number of entries
    EXPECT_EQ(open_package(archive).error().fault, Fault::LimitExceeded);
}

}  // namespace
}  // namespace docwright::docgen
