#include "base/fault_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

namespace docwright {
namespace {

constexpr std::array<FaultRow, 10> kFaults = {{
    // fault                 log name          HTTP code                status task code               retry  refund level
    {Fault::InvalidInput, "invalid_input", "VALIDATION_ERROR", 400, "CORRUPT_DOCUMENT", false, true, LogLevel::Info},
    {Fault::Unsupported, "unsupported", "UNSUPPORTED_MEDIA_TYPE", 415, "UNSUPPORTED_DOCUMENT", false, true, LogLevel::Info},
    {Fault::Unauthorized, "unauthorized", "UNAUTHORIZED", 401, "INTERNAL_SERVER_ERROR", false, true, LogLevel::Info},
    {Fault::NotFound, "not_found", "DOCUMENT_NOT_FOUND", 404, "DOCUMENT_NOT_FOUND", false, true, LogLevel::Info},
    {Fault::Forbidden, "forbidden", "FORBIDDEN", 403, "FORBIDDEN", false, true, LogLevel::Info},
    {Fault::Conflict, "conflict", "IDEMPOTENCY_CONFLICT", 409, "INTERNAL_SERVER_ERROR", false, true, LogLevel::Info},
    {Fault::LimitExceeded, "limit_exceeded", "VALIDATION_ERROR", 400, "LIMIT_EXCEEDED", false, true, LogLevel::Info},
    {Fault::EngineLost, "engine_lost", "INTERNAL_SERVER_ERROR", 500, "INTERNAL_SERVER_ERROR", true, true, LogLevel::Warning},
    {Fault::Unavailable, "unavailable", "SERVICE_UNAVAILABLE", 503, "INTERNAL_SERVER_ERROR", true, true, LogLevel::Warning},
    {Fault::Internal, "internal", "INTERNAL_SERVER_ERROR", 500, "INTERNAL_SERVER_ERROR", false, true, LogLevel::Error},
}};

constexpr ReasonRow kReasons[] = {
    // reason                       HTTP code                    status task code
    {"PASSWORD_REQUIRED", "", 0, "INTERNAL_SERVER_ERROR"},
    {"PASSWORD_WRONG", "", 0, "INVALID_PASSWORD"},
    {"PAGE_RANGE_INVALID", "", 0, "PAGE_RANGE_INVALID"},
    {"NOT_PDF", "", 0, "UNSUPPORTED_DOCUMENT"},
    {"UNSUPPORTED_SECURITY", "", 0, "UNSUPPORTED_DOCUMENT"},
    {"DAMAGED", "", 0, "CORRUPT_DOCUMENT"},
    {"NO_PAGES", "", 0, "CORRUPT_DOCUMENT"},
    {"TIMEOUT", "", 0, "RENDER_TIMEOUT"},
    {"TOO_MANY_PAGES", "", 0, "LIMIT_EXCEEDED"},
    {"CANCELLED", "", 0, "CANCELLED"},
    {"FETCH_FAILED", "", 0, "FETCH_FAILED"},
    {"DEAD_LETTER", "", 0, "INTERNAL_SERVER_ERROR"},
    {"TASK_NOT_FOUND", "TASK_NOT_FOUND", 404, ""},
    {"MAX_UPLOAD_SIZE_EXCEEDED", "MAX_UPLOAD_SIZE_EXCEEDED", 413, ""},
    {"ROUTE_NOT_FOUND", "NOT_FOUND", 404, ""},
    {"METHOD_NOT_ALLOWED", "METHOD_NOT_ALLOWED", 405, ""},
    {"INSUFFICIENT_CREDITS", "INSUFFICIENT_CREDITS", 403, ""},
    {"RATE_LIMIT_EXCEEDED", "RATE_LIMIT_EXCEEDED", 429, ""},
    {"STORAGE_ERROR", "STORAGE_ERROR", 500, ""},
    {"SHARE_EXPIRED", "SHARE_EXPIRED", 410, ""},
    {"RANGE_NOT_SATISFIABLE", "RANGE_NOT_SATISFIABLE", 416, ""},
    {"REQUEST_TIMEOUT", "REQUEST_TIMEOUT", 408, ""},
    {"HEADERS_TOO_LARGE", "HEADERS_TOO_LARGE", 431, ""},
};

}  // namespace

const FaultRow& fault_row(Fault fault) {
    auto row = std::ranges::find(kFaults, fault, &FaultRow::fault);
    assert(row != kFaults.end());
    return *row;
}

const ReasonRow* reason_row(std::string_view reason) {
    auto row = std::ranges::find(kReasons, reason, &ReasonRow::reason);
    return row == std::end(kReasons) ? nullptr : row;
}

std::string_view http_code(const Error& error) {
    const ReasonRow* row = reason_row(error.reason);
    return row && !row->http_code.empty() ? row->http_code : fault_row(error.fault).http_code;
}

int http_status(const Error& error) {
    const ReasonRow* row = reason_row(error.reason);
    return row && row->http_status != 0 ? row->http_status : fault_row(error.fault).http_status;
}

std::string_view task_code(const Error& error) {
    const ReasonRow* row = reason_row(error.reason);
    return row && !row->task_code.empty() ? row->task_code : fault_row(error.fault).task_code;
}

}  // namespace docwright
