#include "engines/office/binary_documents.h"

#include "formats/little_endian.h"

namespace docwright::office {
namespace {

using formats::CompoundFile;
using formats::CompoundStream;
using formats::little_endian;

// [MS-DOC] 2.5.1 FibBase: bit fEncrypted of the flags at byte 10.
bool word_encrypted(const CompoundFile& file, const CompoundStream& stream) {
    constexpr std::uint16_t kEncrypted = 0x0100;
    return (little_endian<std::uint16_t>(file.head(stream, 16), 10) & kEncrypted) != 0;
}

// [MS-XLS] 2.4.117 FilePass follows the first BOF, sometimes after a record or two.
bool excel_encrypted(const CompoundFile& file, const CompoundStream& stream) {
    constexpr std::size_t kHead = 1024;
    constexpr std::uint16_t kFilePass = 0x002F;
    constexpr int kRecords = 8;
    const std::string head = file.head(stream, kHead);
    std::size_t at = 0;
    for (int i = 0; i < kRecords && at + 4 <= head.size(); ++i) {
        if (little_endian<std::uint16_t>(head, at) == kFilePass) return true;
        at += 4 + little_endian<std::uint16_t>(head, at + 2);
    }
    return false;
}

// [MS-PPT] 2.3.2 CurrentUserAtom: its token says so.
bool slides_encrypted(const CompoundFile& file) {
    constexpr std::uint32_t kEncryptedToken = 0xF3D1C4DF;
    const CompoundStream* user = file.find("Current User");
    if (file.find("EncryptedSummary")) return true;
    return user && little_endian<std::uint32_t>(file.head(*user, 32), 12) == kEncryptedToken;
}

std::string one_of(const std::string& named, std::initializer_list<std::string_view> allowed) {
    for (std::string_view each : allowed) {
        if (named == each) return named;
    }
    return std::string(*allowed.begin());
}

}  // namespace

DocumentKind kind_of_binary(const CompoundFile& file, const std::string& named) {
    if (file.find("EncryptedPackage")) {
        const bool binary_name = named.empty() || named.size() == 3;
        const std::string modern = named.starts_with("x") ? "xlsx" : named.starts_with("p") ? "pptx" : "docx";
        return {binary_name ? modern : named, true};
    }
    if (const CompoundStream* text = file.find("WordDocument")) return {one_of(named, {"doc", "dot"}), word_encrypted(file, *text)};
    for (const char* name : {"Workbook", "Book"}) {
        if (const CompoundStream* book = file.find(name)) return {one_of(named, {"xls", "xlt"}), excel_encrypted(file, *book)};
    }
    if (file.find("PowerPoint Document")) return {one_of(named, {"ppt", "pps", "pot"}), slides_encrypted(file)};
    return {named.empty() ? "doc" : named, false};  // WordPerfect and Works documents in a compound file, or a damaged one
}

}  // namespace docwright::office
