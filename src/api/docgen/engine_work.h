// The engines' part of a call: a merge in a process of its own, then for a PDF the office engine on what came of it. From one to the
// other goes a descriptor; no document has a name. Everything here blocks.
// Errors: the operations' own; EngineLost; LimitExceeded, TIMEOUT; Unavailable: no place at an engine within a second.
#pragma once

#include "api/docgen/answers.h"
#include "api/docgen/order.h"

namespace docwright::docgen_api {

// `time` is what the document shows as now.
Result<GeneratedFile> make_document(Service& service, const Caller& caller, const Order& order, Microseconds time);

Result<json::object> template_report(Service& service, const Caller& caller, const Order& order);

}  // namespace docwright::docgen_api
