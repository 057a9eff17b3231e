// For tests: Word templates as small as they can be, in memory.
#pragma once

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "base/file_descriptor.h"
#include "formats/zip.h"

namespace docwright::docgen {

inline std::string bytes_of(const FileDescriptor& file) {
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(::pread(file.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
}

inline std::string paragraph_of(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }

// `body` is WordprocessingML inside the body; `header` a text, empty: no header.
inline std::string small_docx(const std::string& body, const std::string& header = "") {
    const FileDescriptor file(::memfd_create("template", MFD_CLOEXEC));
    formats::ZipWriter archive(file.get());
    const auto add = [&](const char* name, const std::string& root, const std::string& content) {
        const std::string start = "<w:" + root + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">";
        EXPECT_TRUE(archive.begin_deflated(name).ok());
        EXPECT_TRUE(archive.add(start + content + "</w:" + root + ">").ok());
        EXPECT_TRUE(archive.end().ok());
    };
    add("word/document.xml", "document", "<w:body>" + body + "</w:body>");
    if (!header.empty()) add("word/header1.xml", "hdr", paragraph_of(header));
    EXPECT_TRUE(archive.finish().ok());
    return bytes_of(file);
}

}  // namespace docwright::docgen
