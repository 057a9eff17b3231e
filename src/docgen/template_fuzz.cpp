// Any bytes are a template that can be merged, or refused. They are taken as a part of a document whose archive is good, as a whole
// archive, and as a picture and markup of a value; what comes out is an archive of well-formed parts.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "docgen/template/xml.h"
#include "docgen/word_template.h"
#include "formats/zip.h"
#include "formats/zip_reader.h"

namespace {

using namespace docwright;
using namespace docwright::docgen;

std::string bytes_of(const FileDescriptor& file) {
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    if (::pread(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
    return bytes;
}

std::string document_of(std::string_view body) {
    FileDescriptor file(::memfd_create("template", MFD_CLOEXEC));
    formats::ZipWriter archive(file.get());
    const std::string part =
        R"(<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>)" + std::string(body) + "</w:p></w:body>";
    for (const auto& [name, bytes] :
         {std::pair<std::string_view, std::string_view>{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", part}})
        if (!archive.begin_deflated(name).ok() || !archive.add(bytes).ok() || !archive.end().ok()) std::abort();
    if (!archive.finish().ok()) std::abort();
    return bytes_of(file);
}

void merge(const std::string& docx, std::string_view value) {
    const Result<WordTemplate> word = WordTemplate::open(docx);
    if (!word.ok()) return;
    const json::value values = json::object{{"a", "x < y & \"z\"\n\t"},
                                            {"v", value},
                                            {"link", json::object{{"text", value}, {"url", value}}},
                                            {"items", json::array{json::object{{"b", 12.5}}, "text", nullptr}}};
    MergeSettings settings;
    settings.documents["id"] = std::string(value);
    settings.modified = "2026-01-31T12:00:00Z";
    FileDescriptor file(::memfd_create("document", MFD_CLOEXEC));
    if (!word.value().merge(values, settings, file.get(), [](const std::string&) {}).ok()) return;
    const std::string out = bytes_of(file);
    const Result<formats::ZipReader> archive = formats::ZipReader::open(out);
    if (!archive.ok()) std::abort();
    std::string scratch;
    for (const formats::ZipEntry& entry : archive.value().entries()) {
        if (!archive.value().check(entry, scratch).ok()) std::abort();
        const bool is_ours = entry.name == "word/document.xml" || entry.name == "word/numbering.xml" || entry.name.ends_with(".rels");
        if (is_ours && !scan_xml(archive.value().read(entry, entry.bytes).value()).ok()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);  // libFuzzer gives bytes
    merge(document_of(text), "id");
    if (text.starts_with("PK")) merge(text, "<ul><li>x</li></ul>");
    static const std::string rich = document_of("<w:r><w:t>{{Link:link}} {{Html:v}} {{Image:v}}</w:t></w:r>");
    merge(rich, text);
    return 0;
}
