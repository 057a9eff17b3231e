// The one table from fault to wire code, HTTP status, retry, refund and log level (contract/pdf-services.md, section 4).
#pragma once

#include <string_view>

#include "base/result.h"

namespace docwright {

enum class LogLevel { Debug, Info, Warning, Error };

struct FaultRow {
    Fault fault;
    std::string_view name;       // for logs
    std::string_view http_code;  // "code" of an HTTP error answer
    int http_status;
    std::string_view task_code;  // "code" of a FAILED task
    bool retry;                  // the task runner may try again
    bool refund;                 // the reserved credits are given back
    LogLevel level;
};

const FaultRow& fault_row(Fault fault);

// A reason that has a code or status of its own (PASSWORD_REQUIRED, MAX_UPLOAD_SIZE_EXCEEDED …) overrides the fault's.
struct ReasonRow {
    std::string_view reason;     // Error::reason
    std::string_view http_code;  // empty: the fault's
    int http_status;             // 0: the fault's
    std::string_view task_code;  // empty: the fault's
};
const ReasonRow* reason_row(std::string_view reason);  // nullptr: no override

std::string_view http_code(const Error& error);
int http_status(const Error& error);
std::string_view task_code(const Error& error);

}  // namespace docwright
