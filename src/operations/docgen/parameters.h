// The parameters of every operation that fills a Word template (contract/docgen.md, 2.1; `missing` is ours).
#pragma once

#include "core/operation.h"

namespace docwright {

enum class MissingValues { Empty, Error, Keep };

struct MergeParameters {
    std::string culture;  // empty: en-US
    MissingValues missing = MissingValues::Empty;
};

inline constexpr Choice<MissingValues> kMissingValues[] = {
    {"empty", MissingValues::Empty}, {"error", MissingValues::Error}, {"keep", MissingValues::Keep}};

inline std::vector<Field<MergeParameters>> merge_fields() {
    return {text("currencyCulture", &MergeParameters::culture, "Culture of amounts of money, such as en-US (the default) or de-DE."),
            choice("missing", &MergeParameters::missing, kMissingValues,
                   "What becomes of a tag without a value: nothing is shown, the merge is refused, or the tag stays as it is written.")};
}

}  // namespace docwright
