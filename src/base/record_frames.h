// Many documents in one file: for each a line of JSON, {"record": 3, "bytes": 18211, …}, and then so many bytes; a record without
// "bytes" has none. Written by the engine's batches, read by who ordered them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace docwright {

struct RecordFrame {
    int record = 0;     // counts from 1
    json::object head;  // the whole line
    std::string_view bytes;
};

// Goes through the frames in a file that is in memory. `frames` outlives the reader and what it gives.
class FrameFile {
public:
    explicit FrameFile(std::string_view frames) : rest_(frames) {}

    // The next one; nothing at the end. Error: Internal: it is no such file, or is cut off.
    Result<std::optional<RecordFrame>> next();

private:
    std::string_view rest_;
};

}  // namespace docwright
