#include "engines/pdf/produced_pdf.h"

#include <algorithm>
#include <set>

#include "base/hashing.h"
#include "base/time_text.h"
#include "engines/pdf/font_name.h"
#include "engines/pdf/object_model.h"
#include "engines/pdf/rewriting.h"
#include "engines/pdf/type1_program.h"

namespace docwright::pdf {
namespace {

constexpr std::size_t kMetadataBytes = 1024 * 1024;
constexpr std::size_t kProgramBytes = 32UL * 1024 * 1024;

// The text between two words, wherever they occur.
void replace_between(std::string& text, std::string_view start, std::string_view end, std::string_view value) {
    for (std::size_t at = 0; (at = text.find(start, at)) != std::string::npos;) {
        at += start.size();
        const std::size_t stop = text.find(end, at);
        if (stop == std::string::npos) return;
        text.replace(at, stop - at, value);
        at += value.size();
    }
}

void date_metadata(QPDF& file, Microseconds time) {
    QPDFObjectHandle metadata = value_at(file.getRoot(), "/Metadata");
    if (!metadata.isStream()) return;
    std::string text = stream_text(metadata, kMetadataBytes);
    if (text.empty()) return;
    const std::string date = utc_text_seconds(time);
    for (const char* name : {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"}) {
        replace_between(text, std::string("<") + name + ">", "<", date);
        replace_between(text, std::string(name) + "=\"", "\"", date);
    }
    for (const char* name : {"xmpMM:DocumentID", "xmpMM:InstanceID"}) {
        replace_between(text, std::string("<") + name + ">", "<", "");
        std::string id = hex(sha256(text)).substr(0, 32);
        for (std::size_t dash : {8UL, 13UL, 18UL, 23UL}) id.insert(dash, "-");
        replace_between(text, std::string("<") + name + ">", "<", "uuid:" + id);
    }
    metadata.replaceStreamData(text, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

// Type 1 programs carry a number that counts up within the process that made them.
void number_programs(QPDF& file) {
    for (const QPDFObjectHandle& object : file.getAllObjects()) {
        QPDFObjectHandle program = value_at(object, "/FontFile");
        if (!program.isStream()) continue;
        const std::int64_t clear = integer_at(program, "/Length1", 0), encrypted = integer_at(program, "/Length2", 0);
        std::string bytes = stream_text(program, kProgramBytes);
        if (bytes.empty() || clear <= 0 || encrypted <= 0) continue;
        std::string numbered = without_unique_id(bytes, static_cast<std::size_t>(clear), static_cast<std::size_t>(encrypted));
        if (numbered == bytes) continue;
        program.replaceStreamData(numbered, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

// A colour profile says when it was made (ICC.1, 7.2.8): six numbers of two bytes, the high one first.
void date_colour_profiles(QPDF& file, Microseconds time) {
    constexpr std::size_t kDate = 24, kHeader = 128, kParts[][2] = {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}};
    const std::string date = utc_text_seconds(time);  // 2026-01-31T23:59:59Z
    QPDFObjectHandle intents = value_at(file.getRoot(), "/OutputIntents");
    for (int i = 0; intents.isArray() && i < intents.getArrayNItems(); ++i) {
        QPDFObjectHandle profile = value_at(intents.getArrayItem(i), "/DestOutputProfile");
        if (!profile.isStream()) continue;
        std::string bytes = stream_text(profile, kProgramBytes);
        if (bytes.size() < kHeader) continue;
        std::size_t at = kDate;
        for (const auto& [first, digits] : kParts) {
            const int number = std::stoi(date.substr(first, digits));
            bytes[at++] = static_cast<char>(number >> 8);
            bytes[at++] = static_cast<char>(number & 0xFF);
        }
        profile.replaceStreamData(bytes, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    }
}

std::vector<std::string> font_names(QPDF& file) {
    std::set<std::string> names;
    for (QPDFObjectHandle object : file.getAllObjects()) {
        if (!object.isDictionary() || name_at(object, "/Type") != "Font") continue;
        const std::string name = name_at(object, "/BaseFont");
        if (!name.empty()) names.insert(std::string(without_subset_prefix(name)));
    }
    return {names.begin(), names.end()};
}

}  // namespace

Result<ProducedPdf> settle(std::string_view bytes, Microseconds time) {
    std::unique_ptr<ObjectModel> model = ObjectModel::open(bytes, "");
    if (!model || model->page_count() == 0) return Error{Fault::Internal, "The engine wrote no readable PDF."};
    try {
        QPDF& file = model->file();
        ProducedPdf produced{.page_count = model->page_count(), .fonts = font_names(file)};
        date_information(file, time);
        date_metadata(file, time);
        number_programs(file);
        date_colour_profiles(file, time);
        for (const char* key : {"/DocChecksum", "/ID"}) file.getTrailer().removeKey(key);  // both depend on the clock
        QPDFWriter writer(file);
        writer.setDeterministicID(true);
        writer.setStreamDataMode(qpdf_s_compress);  // what was replaced; packed streams stay as they are
        writer.setPreserveUnreferencedObjects(false);
        produced.bytes = write_to_memory(writer);
        return produced;
    } catch (const std::exception& problem) {
        return Error{Fault::Internal, "The engine wrote no readable PDF.", problem.what()};
    }
}

}  // namespace docwright::pdf
