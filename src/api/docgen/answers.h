// The answers of Document Generation (contract/docgen.md, 2.2 and 2.3). Clients read "base64FileString" before they look at the
// status, so it is in every answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "base/file_descriptor.h"
#include "base/result.h"

namespace docwright::docgen_api {

// Every refusal on this wire is a 400 that on the other one may be a 413 or 415; TIMEOUT of a job is a 500.
http::Response refuse(const Error& error, std::string_view request_id);

struct GeneratedFile {
    FileDescriptor file;
    std::string extension;                   // "pdf", "docx"
    std::vector<std::string> warnings = {};  // told when `verbose`
    bool verbose = false;
};

// Blocks: pool only. A large document is written as JSON into a file without a name and sent from there.
// Error: Internal: it cannot be read, or there is no room.
Result<http::Response> answer_with(const GeneratedFile& generated);

}  // namespace docwright::docgen_api
