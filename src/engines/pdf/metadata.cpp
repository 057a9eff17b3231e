#include "engines/pdf/metadata.h"

#include "engines/pdf/pdf_date.h"

namespace docwright::pdf {
namespace {

using extract::DocumentFacts;

// The value of a simple XMP property, written as an attribute or as an element. XMP is read for two claims and as a stand-in
// for missing entries: an XML parser would be a large door for that.
std::string xmp_value(std::string_view xmp, std::string_view property) {
    std::string name(property);
    for (std::size_t at = xmp.find(name); at != std::string_view::npos; at = xmp.find(name, at + 1)) {
        std::string_view rest = xmp.substr(at + name.size());
        if (rest.starts_with("=\"") || rest.starts_with("='")) return std::string(rest.substr(2, rest.find(rest[1], 2) - 2));
        if (rest.starts_with(">")) {
            std::string_view value = rest.substr(1, rest.find("</" + name) - 1);
            // <dc:title><rdf:Alt><rdf:li xml:lang="x-default">…
            if (std::size_t item = value.find("<rdf:li"); item != std::string_view::npos) {
                std::size_t start = value.find('>', item);
                if (start == std::string_view::npos) return {};
                value = value.substr(start + 1, value.find("</rdf:li", start) - start - 1);
            }
            return value.find('<') == std::string_view::npos ? std::string(value) : std::string();
        }
    }
    return {};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

std::string plain(std::string text) {
    replace_all(text, "&lt;", "<");
    replace_all(text, "&gt;", ">");
    replace_all(text, "&quot;", "\"");
    replace_all(text, "&apos;", "'");
    replace_all(text, "&amp;", "&");
    return valid_utf8(text);
}

void read_xmp(ObjectModel& model, DocumentFacts& facts) {
    std::string xmp = stream_text(value_at(model.catalog(), "/Metadata"), limits::kMetadataBytes);
    if (xmp.empty()) return;
    std::string part = xmp_value(xmp, "pdfaid:part");
    if (!part.empty()) facts.pdfa_level = plain(part + xmp_value(xmp, "pdfaid:conformance"));
    facts.pdfua_level = plain(xmp_value(xmp, "pdfuaid:part"));
    auto fill = [&](std::string& value, std::string_view property) {
        if (value.empty()) value = plain(xmp_value(xmp, property));
    };
    fill(facts.title, "dc:title");
    fill(facts.author, "dc:creator");
    fill(facts.subject, "dc:description");
    fill(facts.keywords, "pdf:Keywords");
    fill(facts.producer, "pdf:Producer");
    fill(facts.creator, "xmp:CreatorTool");
    if (facts.creation_date.empty()) facts.creation_date = utc_date(xmp_value(xmp, "xmp:CreateDate"));
    if (facts.modification_date.empty()) facts.modification_date = utc_date(xmp_value(xmp, "xmp:ModifyDate"));
}

std::string version_of(ObjectModel& model) {
    std::string header = model.file().getPDFVersion(), later = name_at(model.catalog(), "/Version");
    // An update may raise the version, never lower it; both are like "1.7".
    return later.size() == 3 && later > header ? later : header;
}

std::vector<std::string> permissions_of(QPDF& file) {
    std::vector<std::string> words;
    if (file.allowPrintLowRes()) words.emplace_back("PRINT_NORMAL_QUALITY");
    if (file.allowPrintHighRes()) words.emplace_back("PRINT_HIGH_QUALITY");
    if (file.allowModifyOther()) words.emplace_back("EDIT_CONTENT");
    if (file.allowExtractAll()) words.emplace_back("COPY_CONTENT");
    if (file.allowModifyAnnotation()) words.emplace_back("EDIT_ANNOTATION");
    if (file.allowModifyForm()) words.emplace_back("EDIT_FILL_AND_SIGN_FORM_FIELDS");
    if (file.allowModifyAssembly()) words.emplace_back("EDIT_DOCUMENT_ASSEMBLY");
    return words;
}

void read_encryption(ObjectModel& model, extract::EncryptionFacts& facts) {
    QPDF& file = model.file();
    int revision = 0, permissions = 0, version = 0;
    QPDF::encryption_method_e streams = QPDF::e_none, strings = QPDF::e_none, files = QPDF::e_none;
    if (!file.isEncrypted(revision, permissions, version, streams, strings, files)) return;
    facts.revision = revision;
    switch (streams) {
        case QPDF::e_aes: facts.cipher = "AES_128"; break;
        case QPDF::e_aesv3: facts.cipher = "AES_256"; break;
        default: facts.cipher = version == 1 ? "RC4_40" : "RC4_128"; break;
    }
    facts.permissions = permissions_of(file);
    facts.has_owner_password = !(file.userPasswordMatched() && file.ownerPasswordMatched());
    facts.has_user_password = true;
    contained([&] {
        QPDF unlocked;
        unlocked.setSuppressWarnings(true);
        unlocked.processMemoryFile("document", model.bytes().data(), model.bytes().size(), "");
        facts.has_user_password = false;
    });
}

}  // namespace

void read_metadata(ObjectModel& model, DocumentFacts& facts) {
    contained([&] {
        QPDFObjectHandle info = value_at(model.file().getTrailer(), "/Info");
        facts.title = text_at(info, "/Title");
        facts.author = text_at(info, "/Author");
        facts.subject = text_at(info, "/Subject");
        facts.keywords = text_at(info, "/Keywords");
        facts.creator = text_at(info, "/Creator");
        facts.producer = text_at(info, "/Producer");
        facts.creation_date = utc_date(text_at(info, "/CreationDate"));
        facts.modification_date = utc_date(text_at(info, "/ModDate"));
    });
    contained([&] { read_xmp(model, facts); });
    contained([&] {
        QPDFObjectHandle catalog = model.catalog();
        facts.pdf_version = version_of(model);
        facts.language = text_at(catalog, "/Lang");
        QPDFObjectHandle marked = value_at(value_at(catalog, "/MarkInfo"), "/Marked");
        facts.tagged = marked.isBool() && marked.getBoolValue() && value_at(catalog, "/StructTreeRoot").isDictionary();
        QPDFObjectHandle form = value_at(catalog, "/AcroForm");
        facts.has_acroform = form.isDictionary();
        facts.xfa = !value_at(form, "/XFA").isNull();
        facts.encrypted = model.file().isEncrypted();
        facts.repaired = model.repaired();
        facts.linearized = model.file().isLinearized();
    });
    contained([&] { read_encryption(model, facts.encryption); });
}

}  // namespace docwright::pdf
