#include "extract/output/info_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/utf8.h"
#include "extract/output/object_json.h"
#include "extract/output/unicode.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

constexpr std::string_view kSchema = "1.0.7";   // what clients pin on
constexpr std::string_view kExtension = "1.0";  // rises with a new key of ours
constexpr std::string_view kSoftware = "Docwright";
constexpr std::string_view kModel = "docwright-layout-1";
constexpr std::string_view kModelId = "docwright-layout-1.0";
constexpr std::uint32_t kWhite = 0xFFFFFF;

bool is_language(std::string_view tag) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (end < 2 || end > 3 || !std::ranges::all_of(tag.substr(0, end), letter)) return false;
    std::string_view rest = tag.substr(end);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::string_view part = rest.substr(0, std::min(rest.find('-'), rest.size()));
        const bool fits =
            part.size() >= 2 && part.size() <= 8 && std::ranges::all_of(part, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
        if (!fits) return false;
        rest.remove_prefix(part.size());
    }
    return true;
}

std::string_view language_or_unknown(std::string_view tag) { return is_language(tag) ? tag : "und"; }

std::string utc_date_or_nothing(const std::string& date) {
    const std::string checked = date_or_nothing(date);
    return checked.size() == 20 && checked.back() == 'Z' ? checked : std::string();
}

// ---- pages ----------------------------------------------------------------------------------------------------------------

bool blank(const PageDraft& draft) {
    const PageFacts& facts = draft.ready.page.facts;
    const bool glyphs = std::ranges::any_of(facts.glyphs, [](const Glyph& glyph) { return glyph.hidden == Hidden::No; });
    const bool fills = std::ranges::any_of(facts.fills, [](const Fill& fill) { return fill.color != kWhite; });
    return !glyphs && !fills && draft.elements().empty() && facts.images.empty() && facts.drawings.empty() && facts.rulings.empty();
}

std::string_view text_source(const PageDraft& draft, const OutputOptions& options) {
    const AnalysedPage& page = draft.ready.page;
    std::size_t recognised = 0;
    std::size_t lines = 0;
    for (const Line& line : page.lines) {
        if (line.glyphs.empty()) continue;
        ++lines;
        if (page.facts.glyphs[line.glyphs[0]].hidden == Hidden::Invisible && !options.include_hidden) ++recognised;
    }
    if (lines == 0 || page.picture_only) return "none";
    return recognised == 0 ? "digital" : recognised == lines ? "ocr" : "mixed";
}

void add_warning(std::vector<PageWarning>& warnings, bool wanted, std::string_view code, std::string_view message) {
    const bool there = std::ranges::any_of(warnings, [code](const PageWarning& warning) { return warning.code == code; });
    if (wanted && !there) warnings.push_back({.code = std::string(code), .message = std::string(message)});
}

std::vector<PageWarning> warnings_of(const PageDraft& draft, bool picture_failed, bool files_limited) {
    std::vector<PageWarning> warnings = draft.ready.elements.warnings;
    const AnalysedPage& page = draft.ready.page;
    const bool hidden = std::ranges::any_of(draft.ready.elements.left_out, [](const LeftOut& item) {
        return item.kind == LeftOutKind::Glyph && item.reason.starts_with("hidden.");
    });
    add_warning(warnings, hidden, "HIDDEN_TEXT", "Text that a reader of the page cannot see was left out.");
    add_warning(warnings, page.picture_only, "OCR_FAILED", "The page is a picture without text; its text was not recognised.");
    add_warning(warnings, page.facts.image_failed || (picture_failed && !files_limited), "IMAGE_DECODE_FAILED",
                "A picture could not be shown.");
    add_warning(warnings, page.facts.limit_reached, "LIMIT_REACHED", "The page holds more than the limits allow; the rest was left out.");
    add_warning(warnings, picture_failed && files_limited, "LIMIT_REACHED",
                "The result holds too many picture files; further ones were left out.");
    return warnings;
}

bool gives_up_something(const PageWarning& warning) {
    static constexpr std::string_view kCodes[] = {"OCR_FAILED", "IMAGE_DECODE_FAILED", "PAGE_TIMEOUT", "LIMIT_REACHED"};
    return std::ranges::find(kCodes, warning.code) != std::end(kCodes);
}

void write_size(JsonText& json, const PageFrame& frame) {
    json.key(key::kPageNumber).integer(frame.number).key(key::kSize).begin_object().key(key::kWidth).decimal(frame.width);
    json.key(key::kHeight).decimal(frame.height).member(key::kUnit, "point").end_object();
}

// ---- info -----------------------------------------------------------------------------------------------------------------

bool any_signature(const DocumentFacts& document, bool certifying) {
    return std::ranges::any_of(document.fields, [certifying](const Field& field) {
        return field.type == FieldType::Signature && field.signature.is_signed && (!certifying || field.signature.certifies);
    });
}

void write_metadata(JsonText& json, const DocumentFacts& document, const DocumentContext& context, const ResultFacts& facts) {
    json.begin_object().member(key::kFileName, facts.file_name).key(key::kPageCount).integer(document.page_count);
    json.member_if(key::kCreationDate, utc_date_or_nothing(document.creation_date));
    json.member_if(key::kModDate, utc_date_or_nothing(document.modification_date)).flag(key::kIsXFA, document.xfa);
    json.flag(key::kIsCertified, any_signature(document, true)).flag(key::kIsEncrypted, document.encrypted);
    json.flag(key::kIsDigitallySigned, any_signature(document, false)).member(key::kPdfVersion, document.pdf_version);
    json.flag(key::kHasAcroform, document.has_acroform).flag(key::kHasEmbeddedFiles, !document.attachments.empty());
    json.member(key::kLanguage, language_or_unknown(context.language)).key(key::kLanguages).begin_array();
    for (const auto& [language, share] : context.language_shares) {
        if (!is_language(language)) continue;
        json.begin_object().member(key::kLanguage, language).key(key::kShare).decimal(std::clamp(share, 0.0, 1.0)).end_object();
    }
    json.end_array();
    json.member_if(key::kTitle, clean_text(document.title)).member_if(key::kAuthor, clean_text(document.author));
    json.member_if(key::kSubject, clean_text(document.subject)).member_if(key::kKeywords, clean_text(document.keywords));
    json.member_if(key::kCreator, clean_text(document.creator)).member_if(key::kProducer, clean_text(document.producer));
    json.flag(key::kIsTagged, document.tagged)
        .member_if(key::kPdfaLevel, document.pdfa_level)
        .member_if(key::kPdfuaLevel, document.pdfua_level);
    json.key(key::kFileSize).integer(facts.file_bytes);
    if (facts.file_sha256.size() == 64) json.member(key::kFileSha256, facts.file_sha256);
    json.end_object();
}

void write_outline(JsonText& json, const Writing& writing) {
    if (writing.document.outline.empty()) return;
    json.key(key::kOutline).begin_array();
    for (const OutlineEntry& entry : writing.document.outline) {
        const std::string title = clean_text(entry.title);
        json.begin_object().member(key::kTitle, title).key(key::kLevel).integer(std::max(1, entry.level));
        if (entry.page_index >= 0) json.key(key::kPage).integer(entry.page_index + 1);
        json.member_if(key::kElementId, writing.targets.id_at({entry.page_index, entry.has_point, entry.point}, code_points_of(title)));
        json.end_object();
    }
    json.end_array();
}

void write_attachments(JsonText& json, const DocumentFacts& document) {
    if (document.attachments.empty()) return;
    json.key(key::kAttachments).begin_array();
    for (const Attachment& attachment : document.attachments) {
        json.begin_object().member(key::kName, clean_text(attachment.name));
        if (attachment.bytes >= 0) json.key(key::kBytes).integer(attachment.bytes);
        json.member_if(key::kMediaType, attachment.media_type).end_object();
    }
    json.end_array();
}

void write_document_warnings(JsonText& json, const DocumentFacts& document) {
    json.key(key::kWarnings).begin_array();
    const auto warn = [&json](bool wanted, std::string_view code, std::string_view message) {
        if (wanted) json.begin_object().member(key::kCode, code).member(key::kMessage, message).end_object();
    };
    warn(document.repaired, "FILE_REPAIRED", "The file was damaged and has been rebuilt while reading.");
    warn(document.xfa, "XFA_IGNORED", "The XFA form was ignored; the fields are those of the page form.");
    warn(!document.attachments.empty(), "EMBEDDED_FILES_IGNORED", "Embedded files were listed, not extracted.");
    json.end_array();
}

}  // namespace

std::string utc_time(Microseconds time) {
    const std::chrono::sys_seconds second(
        std::chrono::seconds(time / kMicrosecondsPerSecond - (time % kMicrosecondsPerSecond < 0 ? 1 : 0)));
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(second - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

void write_version(JsonText& json, const OutputOptions& options) {
    static constexpr std::string_view kDetails[] = {"elements", "lines", "words"};
    json.begin_object().member(key::kSchema, kSchema).member(key::kSoftware, kSoftware).member(key::kModel, kModel);
    json.member(key::kExtension, kExtension).member(key::kStringIndex, "codePoint");
    json.member(key::kCoordinates, options.decimal ? "decimal" : "integer");
    json.member(key::kDetail, kDetails[static_cast<std::size_t>(options.detail)]).end_object();
}

void write_page_entry(JsonText& json, const PageDraft& draft, const OutputOptions& options, bool picture_failed, bool files_limited) {
    const AnalysedPage& page = draft.ready.page;
    const std::vector<PageWarning> warnings = warnings_of(draft, picture_failed, files_limited);
    const bool partial = std::ranges::any_of(warnings, gives_up_something);
    json.begin_object();
    write_size(json, draft.frame);
    const int rotation = (page.facts.rotation % 360 + 360) % 360;
    json.member(key::kState, partial ? "partial" : "success").key(key::kRotation).integer(rotation % 90 == 0 ? rotation : 0);
    json.member_if(key::kLabel, clean_text(page.facts.label)).member(key::kTextSource, text_source(draft, options));
    json.member(key::kLanguage, language_or_unknown(draft.ready.elements.language));
    json.key(key::kColumns).integer(std::max(0, page.column_count)).flag(key::kBlank, blank(draft));
    if (!warnings.empty()) {
        json.key(key::kWarnings).begin_array();
        for (const PageWarning& warning : warnings) {
            json.begin_object().member(key::kCode, warning.code).member(key::kMessage, warning.message);
            json.key(key::kPage).integer(draft.frame.number).end_object();
        }
        json.end_array();
    }
    json.end_object();
}

void write_failed_page_entry(JsonText& json, const PageFrame& frame, const std::string& message) {
    json.begin_object();
    write_size(json, frame);
    json.member(key::kState, "failed").key(key::kError).begin_object().member(key::kCode, "PAGE_FAILED").member(key::kMessage, message);
    json.end_object().end_object();
}

void write_info(JsonText& json, const Writing& writing, const DocumentContext& context, const ResultFacts& facts, int analysed_pages) {
    json.begin_object().key(key::kSplitInfo).begin_object().member(key::kStatus, "success").end_object();
    json.key(key::kBasicInfo).begin_object().member(key::kSoftwareVersion, DOCWRIGHT_VERSION).member(key::kModelID, kModelId);
    json.member(key::kEncodingType, "UTF-8").member(key::kAnalysisTime, utc_time(facts.analysis_time));
    json.key(key::kAnalyzedPageCount).integer(analysed_pages).key(key::kElementCounts).begin_object();
    for (std::size_t i = 0; i < kElementTypes; ++i) {
        const auto type = static_cast<ElementType>(i);
        if (writing.counters.count(type) > 0) json.key(type_name(type)).integer(writing.counters.count(type));
    }
    json.end_object().end_object().key(key::kExtendedMetadata);
    write_metadata(json, writing.document, context, facts);
    write_outline(json, writing);
    write_attachments(json, writing.document);
    json.key(key::kFiles).begin_array();
    for (const StoredPicture& file : writing.pictures.files()) {
        json.begin_object()
            .member(key::kName, file.name)
            .member(key::kElementId, file.element_id)
            .key(key::kBytes)
            .integer(file.bytes.size);
        json.member(key::kSha256, file.sha256).end_object();
    }
    json.end_array();
    write_document_warnings(json, writing.document);
    json.end_object();
}

}  // namespace docwright::extract
