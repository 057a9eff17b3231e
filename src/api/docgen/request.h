// The body of a call (contract/docgen.md, 2.1 and 3), read as it comes: the template is decoded and the values are put aside piece by
// piece, so that a large request costs no memory. What clients in the wild do is taken: every form of base64, values as a JSON text
// inside the JSON, words in any case; unknown keys are ignored, of a key that comes twice the last one counts.
// Errors: InvalidInput, naming the key; LimitExceeded, for the template or the values; Internal, STORAGE_ERROR.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/docgen/spool.h"
#include "base/limits.h"

namespace docwright::docgen_api {

struct GivenBody {
    std::optional<Spool> word_template = {};
    std::optional<Spool> values = {};  // JSON, as compact as it can be
    std::string output_format = {};    // texts as given; empty: missing
    std::string currency_culture = {};
    std::string missing = {};
    bool verbose = false;
};

class BodyReader {
public:
    BodyReader();
    ~BodyReader();
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    Status add(std::string_view piece);
    // The template is there and is not empty; everything else is the caller's to check.
    Result<GivenBody> finish();

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::uint64_t received_ = 0;
};

}  // namespace docwright::docgen_api
