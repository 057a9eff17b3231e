#define LOK_USE_UNSTABLE_API
#include <LibreOfficeKit/LibreOfficeKit.hxx>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string>

#include "base/json.h"
#include "engines/office/installation.h"
#include "engines/office/job_folder.h"
#include "engines/office/office.h"
#include "engines/office/profile.h"
#include "engines/office/warm_up.h"

namespace docwright::office {
namespace {

// ---- start -----------------------------------------------------------------------------------------------------------

// LibreOffice finds out where to write, and how to speak, from its environment.
void set_environment(const OfficeFolders& folders) {
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"}) {
        ::setenv(name, folders.profile.c_str(), 1);
    }
    ::setenv("TMPDIR", folders.temporary.c_str(), 1);
    ::setenv("SAL_USE_VCLPLUGIN", "svp", 1);  // no screen
    ::setenv("TZ", "UTC", 1);                 // dates in documents and headers are the same wherever the server stands
    ::setenv("LC_ALL", "C.UTF-8", 1);
    for (const char* name : {"http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "DISPLAY",
                             "LANGUAGE", "SAL_LOG", "LOK_HOST_ALLOWLIST", "SAL_LOK_OPTIONS", "UNO_PATH", "JAVA_HOME"}) {
        ::unsetenv(name);
    }
}

Error unavailable(std::string message, std::string detail = {}) { return Error{Fault::Unavailable, std::move(message), std::move(detail)}; }

// ---- one document ----------------------------------------------------------------------------------------------------

// Hears LibreOffice while it loads, and answers when it asks for the password.
struct Loading {
    lok::Office& kit;
    const LoadProgress& progress;
    const std::string& password;
    const std::string& url;
    int asked = 0;

    static void on_event(int type, const char* payload, void* self) { static_cast<Loading*>(self)->hear(type, payload ? payload : ""); }

    void hear(int type, std::string_view payload) {
        if (type == LOK_CALLBACK_STATUS_INDICATOR_SET_VALUE) {
            int percent = 0;
            std::from_chars(payload.data(), payload.data() + payload.size(), percent);
            if (progress) progress(std::clamp(percent, 0, 100));
        } else if (type == LOK_CALLBACK_DOCUMENT_PASSWORD || type == LOK_CALLBACK_DOCUMENT_PASSWORD_TO_MODIFY) {
            // It asks until it is told that there is none: the same answer a second time would be asked for without end.
            // A password for changes only is never needed.
            // The event's own URL is not always the one under which the question is known, and another ends the process.
            const bool answer = type == LOK_CALLBACK_DOCUMENT_PASSWORD && asked++ == 0;
            kit.setDocumentPassword(url.c_str(), answer ? password.c_str() : nullptr);
        }
    }
};

// {"fontsmissing": ["Frutiger", …]}
std::vector<std::string> names_in(std::string_view payload) {
    std::vector<std::string> names;
    Result<json::value> parsed = parse_json(payload);
    const json::object* object = parsed.ok() ? parsed.value().if_object() : nullptr;
    const json::value* list = object ? object->if_contains("fontsmissing") : nullptr;
    if (!list || !list->is_array()) return names;
    for (const json::value& name : list->get_array()) {
        if (name.is_string()) names.emplace_back(name.get_string());
    }
    std::ranges::sort(names);
    return names;
}

class LoadedDocument final : public OpenDocument {
public:
    LoadedDocument(lok::Office& kit, JobFolder folder, std::unique_ptr<lok::Document> document)
        : kit_(kit), folder_(std::move(folder)), document_(std::move(document)) {
        document_->registerCallback(on_event, this);
    }
    LoadedDocument(const LoadedDocument&) = delete;
    LoadedDocument& operator=(const LoadedDocument&) = delete;
    ~LoadedDocument() override {
        document_->registerCallback(nullptr, nullptr);
        document_.reset();  // before its folder
    }

    Result<std::string> to_pdf(const PdfOptions& options) override {
        const std::string name = "out" + std::to_string(++written_) + ".pdf";
        if (document_->saveAs(folder_.url_of(name).c_str(), "pdf", filter_options(options).c_str())) return folder_.read(name);
        Error error{Fault::InvalidInput, "The document cannot be converted: it is damaged, or uses what is not supported.", text_of_error(),
                    "DAMAGED"};
        if (!options.pages.empty())
            error = Error{Fault::InvalidInput, "These pages cannot be converted.", error.detail, "PAGE_RANGE_INVALID"};
        return error;
    }

    const std::vector<std::string>& missing_fonts() const override { return missing_fonts_; }
    bool is_presentation() override { return document_->getDocumentType() == LOK_DOCTYPE_PRESENTATION; }
    std::vector<Part> parts() override {
        const bool has_parts = is_presentation() || document_->getDocumentType() == LOK_DOCTYPE_SPREADSHEET;
        std::vector<Part> found(has_parts ? static_cast<std::size_t>(std::max(0, document_->getParts())) : 0);
        for (std::size_t i = 0; i < found.size(); ++i) found[i].shown = is_shown(static_cast<int>(i));
        return found;
    }

private:
    static void on_event(int type, const char* payload, void* self) {
        if (type == LOK_CALLBACK_FONTS_MISSING && payload) static_cast<LoadedDocument*>(self)->missing_fonts_ = names_in(payload);
    }

    // {"visible": "1", …}
    bool is_shown(int part) {
        char* words = document_->get()->pClass->getPartInfo(document_->get(), part);
        Result<json::value> parsed = parse_json(words ? words : "");
        if (words) kit_.freeError(words);
        const json::object* facts = parsed.ok() ? parsed.value().if_object() : nullptr;
        const json::value* visible = facts ? facts->if_contains("visible") : nullptr;
        return !visible || json::serialize(*visible).find('0') == std::string::npos;
    }

    std::string text_of_error() {
        char* words = kit_.getError();
        std::string text = words ? words : "";
        if (words) kit_.freeError(words);
        return text;
    }

    lok::Office& kit_;
    JobFolder folder_;
    std::unique_ptr<lok::Document> document_;
    std::vector<std::string> missing_fonts_;
    int written_ = 0;
};

// ---- the process -----------------------------------------------------------------------------------------------------

class LibreOffice final : public Office {
public:
    LibreOffice(std::unique_ptr<lok::Office> kit, OfficeFolders folders) : kit_(std::move(kit)), folders_(std::move(folders)) {}

    Status check_version();
    Status warm_up();
    const std::string& version() const override { return version_; }
    Result<std::unique_ptr<OpenDocument>> open(const Document& document, const LoadProgress& progress) override;
    void trim() override { kit_->trimMemory(kTrimAll); }
    Status forget() override;
    lok::Office& kit() { return *kit_; }

private:
    static constexpr int kTrimAll = 2000;  // LibreOffice's own scale: everything that can be made again
    std::unique_ptr<lok::Office> kit_;
    OfficeFolders folders_;
    std::string version_;
};

Status LibreOffice::check_version() {
    char* text = kit_->getVersionInfo();
    Result<json::value> parsed = parse_json(text ? text : "");
    if (text) kit_->freeError(text);
    const json::object* facts = parsed.ok() ? parsed.value().if_object() : nullptr;
    auto word = [&](const char* key) {
        const json::value* value = facts ? facts->if_contains(key) : nullptr;
        return value && value->is_string() ? std::string(value->get_string()) : "";
    };
    version_ = word("ProductVersion") + word("ProductExtension");
    if (major_of(version_) >= kOldestVersion) return success();
    return unavailable("LibreOffice " + version_ + " is too old; the office engine needs version " + std::to_string(kOldestVersion) +
                       " or later, as Debian 12 has it in bookworm-backports.");
}

Status LibreOffice::warm_up() {
    for (const WarmUpDocument& each : TRY(warm_up_documents())) {
        Result<std::unique_ptr<OpenDocument>> opened = open({.bytes = each.bytes, .kind = {each.extension, false}}, {});
        Result<std::string> pdf = opened.ok() ? opened.value()->to_pdf({}) : Result<std::string>(opened.error());
        if (pdf.ok() && pdf.value().starts_with("%PDF-")) continue;
        std::string hint = each.extension == "docx" ? " Is the package libreoffice-uiconfig-writer installed?" : "";
        return unavailable("LibreOffice " + version_ + " cannot convert a plain " + each.extension + " document." + hint,
                           pdf.ok() ? "no PDF" : pdf.error().detail);
    }
    return success();
}

Status LibreOffice::forget() {
    if (!std::filesystem::is_empty(folders_.scratch)) return Error{Fault::Internal, "A document is still open."};
    remove_files_below(folders_.temporary);
    return success();
}

Error load_error(const Document& document, int asked, std::string detail) {
    // The filter of binary texts does not ask again, so there one answer that did not help was the wrong one.
    const bool asks_once = document.kind.extension == "doc" || document.kind.extension == "dot";
    if (document.kind.encrypted && (asked > 1 || (asked == 1 && asks_once))) {
        return Error{Fault::InvalidInput, "The password does not open this document", std::move(detail), "PASSWORD_WRONG"};
    }
    return Error{Fault::InvalidInput, "The document cannot be opened: it is damaged, or of a kind that is not supported.",
                 std::move(detail), "DAMAGED"};
}

Result<std::unique_ptr<OpenDocument>> LibreOffice::open(const Document& document, const LoadProgress& progress) {
    if (document.kind.encrypted && document.password.empty()) {
        return Error{Fault::InvalidInput, "Document is password-protected", {}, "PASSWORD_REQUIRED"};
    }
    JobFolder folder = TRY(JobFolder::make(folders_.scratch));
    const std::string name = "in." + document.kind.extension;
    TRY(folder.write(name, document.bytes));
    const std::string url = folder.url_of(name);
    Loading loading{*kit_, progress, document.password, url};
    kit_->registerCallback(&Loading::on_event, &loading);
    // With "Batch" nothing is asked at all, which tables of text need and passwords do not survive.
    std::unique_ptr<lok::Document> loaded(kit_->documentLoad(url.c_str(), document.kind.encrypted ? "" : "Batch=true"));
    kit_->registerCallback(nullptr, nullptr);
    if (!loaded) {
        char* words = kit_->getError();
        Error error = load_error(document, loading.asked, words ? words : "");
        if (words) kit_->freeError(words);
        return error;
    }
    return std::unique_ptr<OpenDocument>(std::make_unique<LoadedDocument>(*kit_, std::move(folder), std::move(loaded)));
}

}  // namespace

Result<std::unique_ptr<Office>> Office::start(const OfficeFolders& folders) {
    set_environment(folders);
    TRY(write_profile(folders.profile));
    std::unique_ptr<lok::Office> kit(lok::lok_cpp_init(kProgramFolder, file_url(folders.profile).c_str()));
    if (!kit) return unavailable("LibreOffice cannot be started.");
    auto office = std::make_unique<LibreOffice>(std::move(kit), folders);
    TRY(office->check_version());
    office->kit().setOptionalFeatures(LOK_FEATURE_DOCUMENT_PASSWORD | LOK_FEATURE_DOCUMENT_PASSWORD_TO_MODIFY);
    TRY(office->warm_up());
    return std::unique_ptr<Office>(std::move(office));
}

}  // namespace docwright::office
