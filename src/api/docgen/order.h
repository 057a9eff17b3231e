// One call on this wire, from its body to its answer. Everything here blocks: pool only.
#pragma once

#include <string>

#include "api/docgen/request.h"
#include "api/docgen/service.h"
#include "api/http/message.h"

namespace docwright::docgen_api {

enum class Kind { Generate, Analyze, Check };

std::string_view operation_name(Kind kind);  // in logs, usage and events

struct Order {
    Kind kind = Kind::Generate;
    std::string extension = {};    // of a document to be generated: "pdf", "docx"
    json::object parameters = {};  // of merge-template
    bool verbose = false;
    FileDescriptor template_file = {};  // for reading only
    FileDescriptor values_file = {};    // likewise; not open: none given
    std::string template_sha256 = {};
    std::uint64_t bytes_in = 0;
    BegunGeneration begun = {};  // Generate
};

// Checks what the caller asks for and what it may. Error: InvalidInput, naming the key; those of Generations::begin.
Result<Order> checked_order(Service& service, const Caller& caller, const http::Request& request, Kind kind, GivenBody body);

// Has it done by the engines. Error: the engine's own; Unavailable: no place at an engine within a second.
Result<http::Response> carry_out(Service& service, const Caller& caller, const Order& order);

}  // namespace docwright::docgen_api
