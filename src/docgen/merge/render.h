// Runs a template part's program over values: what a template does not change passes through byte for byte.
// Errors: those of the sink; InvalidInput for a value that is missing where MergeSettings wants all; LimitExceeded: too many
// formulas over cells below them.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "docgen/merge/copies.h"
#include "docgen/merge/values.h"
#include "docgen/template/program.h"

namespace docwright::docgen {

using Sink = std::function<Status(std::string_view)>;

// `copies` knows the numbers of all parts and is the same for all of them; parts with notes come last. Without
// `show_rich` pictures, markup and links show nothing.
Status render(const Program& program, const json::value& values, const MergeSettings& settings, Copies& copies, const Sink& sink,
              const Warn& warn, const ShowRich& show_rich = {});
// Of a part that stands alone.
Status render(const Program& program, const json::value& values, const MergeSettings& settings, const Sink& sink, const Warn& warn);

// For a tag that finds no value where MergeSettings wants all.
Error missing_value(const TagPlace& tag);

}  // namespace docwright::docgen
