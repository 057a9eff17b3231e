#include "api/docgen/answers.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "api/docgen/spool.h"
#include "api/http/answers.h"
#include "base/ascii.h"
#include "base/base64.h"
#include "base/fault_table.h"
#include "base/json.h"
#include "base/write_bytes.h"

namespace docwright::docgen_api {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{3} * 64 * 1024;  // whole groups of base64
constexpr std::uint64_t kAnswerInMemoryBytes = 1024ULL * 1024;   // most documents have a tenth of it

// As this wire has them: whatever is wrong with a request is a 400, a hanging engine a 500.
Error as_answered(Error error) {
    if (error.reason == "TIMEOUT") return {Fault::Internal, "The document took too long to make: " + error.message, error.detail};
    if (error.reason == "MAX_UPLOAD_SIZE_EXCEEDED") error.reason.clear();
    if (error.fault == Fault::Unsupported) error.fault = Fault::InvalidInput;
    return error;
}

json::object empty_file(const json::object& rest) {
    json::object body{{"base64FileString", nullptr}, {"fileExtension", nullptr}};
    for (const auto& [key, value] : rest) body[key] = value;
    return body;
}

// The keys after the document itself.
std::string end_of_answer(const GeneratedFile& generated) {
    const std::string kind = generated.extension == "pdf" ? "PDF" : "DOCX";
    json::object rest{{"fileExtension", generated.extension}, {"message", kind + " Document Generated Successfully"}};
    if (generated.verbose) rest["warnings"] = json::array(generated.warnings.begin(), generated.warnings.end());
    return "\"," + json::serialize(rest).substr(1);
}

template <class Put>
Status write_answer(const GeneratedFile& generated, Put put) {
    TRY(put(std::string("{\"base64FileString\":\"")));
    std::string bytes(kPieceBytes, '\0');
    for (off_t at = 0;;) {
        const ssize_t count = ::pread(generated.file.get(), bytes.data(), bytes.size(), at);
        if (count < 0) return Error{Fault::Internal, "The generated document cannot be read.", std::strerror(errno)};
        if (count == 0) break;
        std::string text;
        append_base64(text, std::string_view(bytes.data(), static_cast<std::size_t>(count)));
        TRY(put(text));
        at += count;
    }
    return put(end_of_answer(generated));
}

}  // namespace

http::Response refuse(const Error& error, std::string_view request_id) {
    http::Response response = http::refuse(as_answered(error), request_id);
    Result<json::value> body = parse_json(response.body);
    if (body.ok() && body.value().is_object()) response.body = json::serialize(empty_file(body.value().get_object()));
    return response;
}

Result<http::Response> answer_with(const GeneratedFile& generated) {
    const std::uint64_t bytes = TRY(size_of(generated.file));
    http::Response response;
    response.set("Content-Type", "application/json");
    response.set("Cache-Control", "no-store");
    if (bytes <= kAnswerInMemoryBytes) {
        TRY(write_answer(generated, [&](std::string_view text) {
            response.body += text;
            return success();
        }));
        return response;
    }
    FileDescriptor file = TRY(nameless_file(Room::Disk));
    TRY(write_answer(generated, [&](std::string_view text) { return write_bytes(file.get(), text); }));
    const std::uint64_t length = TRY(size_of(file));
    response.file = http::FileBody{.file = std::move(file), .offset = 0, .length = length};
    return response;
}

}  // namespace docwright::docgen_api
