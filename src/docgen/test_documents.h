// Documents for tests of templates: archives out of parts, and parts out of archives.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file_descriptor.h"
#include "docgen/word_template.h"
#include "formats/zip.h"
#include "formats/zip_reader.h"

namespace docwright::docgen {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view kOfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

inline std::string bytes_of(const FileDescriptor& file) {
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

inline std::string zip_of(const Parts& parts) {
    FileDescriptor file(::memfd_create("template", MFD_CLOEXEC));
    formats::ZipWriter archive(file.get());
    for (const auto& [name, bytes] : parts) EXPECT_TRUE(archive.begin_deflated(name).ok() && archive.add(bytes).ok() && archive.end().ok());
    EXPECT_TRUE(archive.finish().ok());
    return bytes_of(file);
}

inline std::string word_part(std::string_view root, std::string_view content) {
    return "<w:" + std::string(root) + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">" + std::string(content) +
           "</w:" + std::string(root) + ">";
}
inline std::string body_of(std::string_view content) { return word_part("document", "<w:body>" + std::string(content) + "</w:body>"); }
inline std::string paragraph_of(std::string_view text) { return "<w:p><w:r><w:t>" + std::string(text) + "</w:t></w:r></w:p>"; }

// As small as a template can be. `body` is WordprocessingML inside the body; `header` a text, empty: no header.
inline std::string small_docx(std::string_view body, std::string_view header = "") {
    Parts parts = {{"word/document.xml", body_of(body)}};
    if (!header.empty()) parts.emplace_back("word/header1.xml", word_part("hdr", paragraph_of(header)));
    return zip_of(parts);
}

inline std::string relationships_of(const std::string& content) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + content + "</Relationships>";
}
inline std::string relationship_of(std::string_view id, std::string_view kind, std::string_view target, bool external = false) {
    return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + std::string(kOfficeRelationships) + std::string(kind) + "\" Target=\"" +
           std::string(target) + (external ? "\" TargetMode=\"External\"/>" : "\"/>");
}

inline std::string part_in(const std::string& docx, std::string_view name) {
    const formats::ZipReader archive = formats::ZipReader::open(docx).take();
    const formats::ZipEntry* entry = archive.find(name);
    return entry ? archive.read(*entry, 100'000'000).take() : std::string();
}

struct MergedDocument {
    std::string docx;
    std::vector<std::string> warnings;
    std::string part(std::string_view name) const { return part_in(docx, name); }
};

inline MergedDocument merged_document(const std::string& docx, const json::value& values, const MergeSettings& settings = {}) {
    MergedDocument merged;
    const Result<WordTemplate> word = WordTemplate::open(docx);
    EXPECT_TRUE(word.ok()) << word.error().message;
    if (!word.ok()) return merged;
    merged.warnings = word.value().warnings();
    FileDescriptor file(::memfd_create("document", MFD_CLOEXEC));
    EXPECT_TRUE(word.value().merge(values, settings, file.get(), [&](std::string warning) { merged.warnings.push_back(warning); }).ok());
    merged.docx = bytes_of(file);
    return merged;
}

}  // namespace docwright::docgen
