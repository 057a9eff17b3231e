#include "docgen/word_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "formats/zip.h"
#include "formats/zip_reader.h"

namespace docwright::docgen {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kNamespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::string paragraph(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }

std::string bytes_of(const FileDescriptor& file) {
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string zip_of(const Parts& parts) {
    FileDescriptor file(::memfd_create("template", MFD_CLOEXEC));
    formats::ZipWriter archive(file.get());
    for (const auto& [name, bytes] : parts) {
        EXPECT_TRUE(archive.begin_deflated(name).ok());
        EXPECT_TRUE(archive.add(bytes).ok());
        EXPECT_TRUE(archive.end().ok());
    }
    EXPECT_TRUE(archive.finish().ok());
    return bytes_of(file);
}

Parts letter() {
    return {{"[Content_Types].xml", "<Types/>"},
            {"word/document.xml",
             std::string("<w:document ") + kNamespace + "><w:body>" + paragraph("Dear {{name}}") + "</w:body></w:document>"},
            {"word/header1.xml", std::string("<w:hdr ") + kNamespace + ">" + paragraph("{{company}} {{a | b}}") + "</w:hdr>"},
            {"word/comments.xml", std::string("<w:comments ") + kNamespace + ">" + paragraph("{{name}}") + "</w:comments>"},
            {"word/media/image1.png", std::string("\x89PNG\0\1\2", 7)}};
}

std::string merged(const std::string& docx, std::string_view values) {
    const WordTemplate word = WordTemplate::open(docx).take();
    FileDescriptor file(::memfd_create("document", MFD_CLOEXEC));
    EXPECT_TRUE(word.merge(json::parse(values), {}, file.get(), [](std::string) {}).ok());
    return bytes_of(file);
}

std::string part(const std::string& docx, std::string_view name) {
    const formats::ZipReader archive = formats::ZipReader::open(docx).take();
    return archive.read(*archive.find(name), 1'000'000).take();
}

TEST(WordTemplates, are_filled_in_every_part_but_the_comments) {
    const std::string out = merged(zip_of(letter()), R"({"name": "Ann", "company": "Pen & Co"})");
    EXPECT_THAT(part(out, "word/document.xml"), HasSubstr("Dear Ann"));
    EXPECT_THAT(part(out, "word/header1.xml"), HasSubstr("Pen &amp; Co"));
    EXPECT_EQ(part(out, "word/comments.xml"), letter()[3].second);
    EXPECT_EQ(part(out, "word/media/image1.png"), letter()[4].second);
}

TEST(WordTemplates, keep_the_order_of_their_parts_and_give_the_same_bytes_again) {
    const std::string docx = zip_of(letter()), once = merged(docx, R"({"name": "Ann"})");
    EXPECT_EQ(once, merged(docx, R"({"name": "Ann"})"));
    std::vector<std::string> names;
    const formats::ZipReader archive = formats::ZipReader::open(once).take();
    for (const formats::ZipEntry& entry : archive.entries()) names.emplace_back(entry.name);
    EXPECT_THAT(names,
                ElementsAre("[Content_Types].xml", "word/document.xml", "word/header1.xml", "word/comments.xml", "word/media/image1.png"));
}

TEST(WordTemplates, warn_with_the_part_that_is_not_the_body) {
    const std::string docx = zip_of(letter());
    EXPECT_THAT(WordTemplate::open(docx).take().warnings(), ElementsAre(HasSubstr("header: {{a | b}} in paragraph 1")));
}

TEST(WordTemplates, that_are_none_are_refused) {
    EXPECT_THAT(WordTemplate::open("%PDF-1.7").error().message, HasSubstr("signature"));
    EXPECT_THAT(WordTemplate::open("").error().message, HasSubstr("no Word document"));
    EXPECT_THAT(WordTemplate::open(zip_of({{"xl/workbook.xml", "<a/>"}})).error().message, HasSubstr("no Word document"));
    EXPECT_FALSE(WordTemplate::open(zip_of({{"word/document.xml", "<w:document>"}})).ok());
    EXPECT_FALSE(WordTemplate::open(zip_of(letter()).substr(0, 400)).ok());
}

TEST(WordTemplates, that_unpack_to_too_much_are_refused) {
    const std::string bomb = zip_of({{"word/document.xml", "<a/>"}, {"word/media/big.bin", std::string(80'000'000, ' ')}});
    EXPECT_LT(bomb.size(), 200'000U);
    EXPECT_EQ(WordTemplate::open(bomb).error().fault, Fault::LimitExceeded);
}

}  // namespace
}  // namespace docwright::docgen
