#include "engines/office/warm_up.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <span>

#include "base/file_descriptor.h"
#include "formats/zip.h"

namespace docwright::office {
namespace {

struct Part {
    const char* name;
    std::string text;
};

constexpr const char* kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char* kPackage = "http://schemas.openxmlformats.org/package/2006/";
constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// [Content_Types].xml for parts with the given media types below application/vnd.openxmlformats-officedocument.
Part content_types(std::initializer_list<std::pair<const char*, const char*>> parts) {
    std::string text = std::string(kHead) + "<Types xmlns=\"" + kPackage +
                       "content-types\"><Default Extension=\"rels\" "
                       "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                       "<Default Extension=\"xml\" ContentType=\"application/xml\"/>";
    for (const auto& [name, type] : parts) {
        text += std::string("<Override PartName=\"/") + name + "\" ContentType=\"application/vnd.openxmlformats-officedocument." + type +
                "+xml\"/>";
    }
    return {"[Content_Types].xml", text + "</Types>"};
}

// Relations r1, r2 … to parts, by the last word of their type.
Part relations(const char* name, std::initializer_list<std::pair<const char*, const char*>> targets) {
    std::string text = std::string(kHead) + "<Relationships xmlns=\"" + kPackage + "relationships\">";
    int number = 0;
    for (const auto& [type, target] : targets) {
        text += "<Relationship Id=\"r" + std::to_string(++number) + "\" Type=\"" + kOffice + "/" + type + "\" Target=\"" + target + "\"/>";
    }
    return {name, text + "</Relationships>"};
}

std::vector<Part> text_document() {
    const std::string space = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    return {
        content_types({{"word/document.xml", "wordprocessingml.document.main"}, {"word/comments.xml", "wordprocessingml.comments"}}),
        relations("_rels/.rels", {{"officeDocument", "word/document.xml"}}),
        relations("word/_rels/document.xml.rels", {{"comments", "comments.xml"}}),
        {"word/document.xml", kHead + ("<w:document" + space) +
                                  "><w:body><w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:b/></w:rPr><w:t>Ready</w:t></w:r>"
                                  "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>"
                                  "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"3000\"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:rPr>"
                                  "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\"/></w:rPr><w:t>cell</w:t></w:r></w:p></w:tc></w:tr>"
                                  "</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"},
        {"word/comments.xml", kHead + ("<w:comments" + space) +
                                  "><w:comment w:id=\"0\" w:author=\"Docwright\"><w:p><w:r><w:t>Seen</w:t></w:r></w:p></w:comment>"
                                  "</w:comments>"},
    };
}

std::vector<Part> spreadsheet() {
    const std::string space = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    return {
        content_types({{"xl/workbook.xml", "spreadsheetml.sheet.main"}, {"xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"}}),
        relations("_rels/.rels", {{"officeDocument", "xl/workbook.xml"}}),
        relations("xl/_rels/workbook.xml.rels", {{"worksheet", "worksheets/sheet1.xml"}}),
        {"xl/workbook.xml", kHead + ("<workbook" + space) + " xmlns:r=\"" + kOffice +
                                "\"><sheets><sheet name=\"Ready\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
        {"xl/worksheets/sheet1.xml", kHead + ("<worksheet" + space) +
                                         "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Ready</t></is></c>"
                                         "<c r=\"B1\"><v>2</v></c><c r=\"C1\"><f>B1*2</f></c></row></sheetData></worksheet>"},
    };
}

std::vector<Part> presentation() {
    const std::string space = std::string(" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"") + kOffice +
                              "\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
    const std::string tree =
        "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>";
    const std::string shape =
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"900000\" "
        "y=\"900000\"/><a:ext cx=\"5000000\" cy=\"900000\"/></a:xfrm><a:prstGeom prst=\"rect\"/></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>"
        "<a:t>Ready</a:t></a:r></a:p></p:txBody></p:sp>";
    const std::string tree_end = "</p:spTree></p:cSld>";
    return {
        content_types({{"ppt/presentation.xml", "presentationml.presentation.main"},
                       {"ppt/slides/slide1.xml", "presentationml.slide"},
                       {"ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout"},
                       {"ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster"}}),
        relations("_rels/.rels", {{"officeDocument", "ppt/presentation.xml"}}),
        relations("ppt/_rels/presentation.xml.rels", {{"slideMaster", "slideMasters/slideMaster1.xml"}, {"slide", "slides/slide1.xml"}}),
        relations("ppt/slides/_rels/slide1.xml.rels", {{"slideLayout", "../slideLayouts/slideLayout1.xml"}}),
        relations("ppt/slideLayouts/_rels/slideLayout1.xml.rels", {{"slideMaster", "../slideMasters/slideMaster1.xml"}}),
        relations("ppt/slideMasters/_rels/slideMaster1.xml.rels", {{"slideLayout", "../slideLayouts/slideLayout1.xml"}}),
        {"ppt/presentation.xml", kHead + ("<p:presentation" + space) +
                                     "><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"r1\"/></p:sldMasterIdLst><p:sldIdLst>"
                                     "<p:sldId id=\"256\" r:id=\"r2\"/></p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/>"
                                     "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"},
        {"ppt/slides/slide1.xml", kHead + ("<p:sld" + space) + ">" + tree + shape + tree_end + "</p:sld>"},
        {"ppt/slideLayouts/slideLayout1.xml", kHead + ("<p:sldLayout" + space) + ">" + tree + tree_end + "</p:sldLayout>"},
        {"ppt/slideMasters/slideMaster1.xml",
         kHead + ("<p:sldMaster" + space) + ">" + tree + tree_end +
             "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" "
             "accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst>"
             "<p:sldLayoutId id=\"2147483649\" r:id=\"r1\"/></p:sldLayoutIdLst></p:sldMaster>"},
    };
}

Result<std::string> packed(std::span<const Part> parts) {
    const FileDescriptor file(::memfd_create("warm-up", MFD_CLOEXEC));
    if (!file.open()) return Error{Fault::Internal, "The warm-up documents cannot be made.", std::strerror(errno)};
    formats::ZipWriter zip(file.get());
    for (const Part& part : parts) {
        TRY(zip.begin_deflated(part.name));
        TRY(zip.add(part.text));
        TRY(zip.end());
    }
    TRY(zip.finish());
    std::string bytes(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
    if (::pread(file.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return Error{Fault::Internal, "The warm-up documents cannot be made.", std::strerror(errno)};
    }
    return bytes;
}

}  // namespace

Result<std::vector<WarmUpDocument>> warm_up_documents() {
    std::vector<WarmUpDocument> documents;
    documents.push_back({"docx", TRY(packed(text_document()))});
    documents.push_back({"xlsx", TRY(packed(spreadsheet()))});
    documents.push_back({"pptx", TRY(packed(presentation()))});
    return documents;
}

}  // namespace docwright::office
