#include "engines/office/document_kind.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "engines/office/warm_up.h"
#include "formats/zip.h"

namespace docwright::office {
namespace {

std::string archive(std::initializer_list<std::pair<std::string, std::string>> parts) {
    const FileDescriptor file(::memfd_create("kind-test", MFD_CLOEXEC));
    formats::ZipWriter zip(file.get());
    for (const auto& [name, text] : parts) EXPECT_TRUE(zip.begin_deflated(name).ok() && zip.add(text).ok() && zip.end().ok());
    EXPECT_TRUE(zip.finish().ok());
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

std::string main_part(const std::string& type) {
    return archive({{"[Content_Types].xml", "<Types><Override PartName=\"/x\" ContentType=\"application/" + type + "\"/></Types>"}});
}

// A compound file of one sector size 512: header, one sector of table, one of directory, then the streams' sectors.
std::string compound(std::initializer_list<std::pair<std::string, std::string>> streams) {
    auto put = [](std::string& bytes, std::size_t at, std::uint32_t number, int size) {
        for (int i = 0; i < size; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(number >> (8 * i) & 0xFFU);
    };
    constexpr std::size_t kSector = 512;
    std::string header(kSector, '\0'), table(kSector, '\xFF'), directory(kSector, '\0'), data;
    header.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    put(header, 30, 9, 2);
    put(header, 48, 1, 4);
    for (std::size_t i = 0; i < 109; ++i) put(header, 76 + 4 * i, i == 0 ? 0 : 0xFFFFFFFF, 4);
    put(header, 68, 0xFFFFFFFE, 4);
    put(table, 4, 0xFFFFFFFE, 4);
    directory[66] = 5;
    put(directory, 116, 0xFFFFFFFE, 4);
    std::size_t entry = 128;
    for (const auto& [name, text] : streams) {
        for (std::size_t i = 0; i < name.size(); ++i) directory[entry + 2 * i] = name[i];
        put(directory, entry + 64, static_cast<std::uint32_t>(2 * name.size() + 2), 2);
        directory[entry + 66] = 2;
        const auto first = static_cast<std::uint32_t>(2 + data.size() / kSector);
        put(directory, entry + 116, first, 4);
        put(directory, entry + 120, 4096, 4);  // as long as a stream must be to lie in sectors of its own
        put(table, 4 * first, 0xFFFFFFFE, 4);
        data += text + std::string(kSector - text.size(), '\0');
        entry += 128;
    }
    return header + table + directory + data;
}

std::string word_head(int flags) {
    std::string head(32, '\0');
    head[10] = static_cast<char>(flags & 0xFF);
    head[11] = static_cast<char>(flags >> 8);
    return head;
}

struct KindCase {
    const char* says;
    std::string bytes;
    std::string name;
    std::string extension;
    bool encrypted = false;
};

const KindCase kKinds[] = {
    {"tells_docx_by_its_content_types", main_part("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), "a.doc", "docx"},
    {"tells_a_workbook_with_macros", main_part("vnd.ms-excel.sheet.macroEnabled.main+xml"), "a.xlsx", "xlsm"},
    {"tells_a_binary_workbook", main_part("vnd.ms-excel.sheet.binary.macroEnabled.main"), "a", "xlsb"},
    {"tells_a_slide_show", main_part("vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"), "a.pptx", "ppsx"},
    {"tells_opendocument_by_its_mimetype", archive({{"mimetype", "application/vnd.oasis.opendocument.text"}}), "a.docx", "odt"},
    {"tells_a_template_from_a_text", archive({{"mimetype", "application/vnd.oasis.opendocument.text-template"}}), "a.odt", "ott"},
    {"sees_an_encrypted_opendocument",
     archive({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"META-INF/manifest.xml", "<manifest:encryption-data/>"}}),
     "a.ods", "ods", true},
    {"takes_rich_text_for_what_it_is_under_the_name_doc", "{\\rtf1 hello}", "a.doc", "rtf"},
    {"passes_over_a_mark_and_white_space", "\xEF\xBB\xBF\r\n{\\rtf1 hello}", "a.doc", "rtf"},
    {"tells_wordperfect", std::string("\xFFWPC\x10", 5), "a.doc", "wpd"},
    {"takes_web_pages_under_the_name_xls", "<html><table><tr><td>1</td></tr></table></html>", "a.xls", "html"},
    {"tells_flat_opendocument",
     "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.presentation\">", "a.xml", "fodp"},
    {"takes_text_under_the_name_of_a_table_for_a_list_of_values", "a,b\n1,2\n", "a.xlsx", "csv"},
    {"takes_other_text_for_text", "just words\n", "a.docx", "txt"},
    {"tells_a_binary_text", compound({{"WordDocument", word_head(0)}}), "a.xls", "doc"},
    {"keeps_the_name_of_a_template", compound({{"WordDocument", word_head(0)}}), "a.dot", "dot"},
    {"sees_an_encrypted_binary_text", compound({{"WordDocument", word_head(0x0100)}}), "a.doc", "doc", true},
    {"tells_a_binary_workbook_of_old", compound({{"Workbook", std::string("\x09\x08\x04\0\0\0\0\0", 8)}}), "a.doc", "xls"},
    {"sees_an_encrypted_workbook", compound({{"Workbook", std::string("\x09\x08\x04\0\0\0\0\0\x2F\0\x02\0", 12)}}), "a.xls", "xls", true},
    {"tells_a_presentation", compound({{"PowerPoint Document", "x"}}), "a.doc", "ppt"},
    {"takes_the_kind_of_an_encrypted_package_from_its_name", compound({{"EncryptedPackage", "x"}, {"EncryptionInfo", "x"}}), "a.xlsx",
     "xlsx", true},
    {"gives_an_encrypted_package_its_modern_name", compound({{"EncryptedPackage", "x"}}), "a.ppt", "pptx", true},
    {"believes_the_name_where_the_bytes_say_nothing", std::string("\x01\x02\x03\0", 4), "a.wps", "wps"},
};

class KindOf : public testing::TestWithParam<KindCase> {};
TEST_P(KindOf, ) {
    Result<DocumentKind> kind = kind_of(GetParam().bytes, GetParam().name);
    ASSERT_TRUE(kind.ok()) << kind.error().message;
    EXPECT_EQ(kind.value().extension, GetParam().extension);
    EXPECT_EQ(kind.value().encrypted, GetParam().encrypted);
}
INSTANTIATE_TEST_SUITE_P(, KindOf, testing::ValuesIn(kKinds), [](auto& test) { return test.param.says; });

TEST(KindOfOthers, says_what_the_document_is_instead) {
    EXPECT_NE(kind_of("%PDF-1.7", "a.docx").error().message.find("PDF already"), std::string::npos);
    EXPECT_EQ(kind_of("\x89PNG\r\n", "a.docx").error().fault, Fault::Unsupported);
    EXPECT_EQ(kind_of(std::string_view("\x01\x02\0\x03", 4), "a.bin").error().fault, Fault::Unsupported);
    EXPECT_EQ(kind_of("", "a.docx").error().reason, "DAMAGED");
}

TEST(KindOfOthers, survives_every_cut_and_every_changed_byte_of_a_compound_file) {
    const std::string bytes = compound({{"Workbook", "x"}, {"Current User", "y"}});
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        (void)kind_of(std::string_view(bytes).substr(0, i), "a.xls");
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0xFF);
        (void)kind_of(changed, "a.xls");
    }
}

TEST(WarmUp, has_a_document_for_each_application) {
    const std::vector<WarmUpDocument> documents = warm_up_documents().take();
    ASSERT_EQ(documents.size(), 3U);
    for (const WarmUpDocument& each : documents) EXPECT_EQ(kind_of(each.bytes, "x").take().extension, each.extension);
}

}  // namespace
}  // namespace docwright::office
