// Runs a template part's program over values: what a template does not change passes through byte for byte.
// Errors: those of the sink; InvalidInput for a formula that looks below or to the right, which this version cannot do.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "docgen/merge/values.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

using Sink = std::function<Status(std::string_view)>;

Status render(const Program& program, const json::value& values, const MergeSettings& settings, const Sink& sink, const Warn& warn);

}  // namespace docwright::docgen
