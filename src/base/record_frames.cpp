#include "base/record_frames.h"

namespace docwright {
namespace {

Error no_frames() { return {Fault::Internal, "A batch of documents cannot be taken apart."}; }

std::optional<std::int64_t> number_at(const json::object& head, std::string_view key) {
    const json::value* number = head.if_contains(key);
    if (!number || !number->is_int64() || number->get_int64() < 0) return std::nullopt;
    return number->get_int64();
}

}  // namespace

Result<std::optional<RecordFrame>> FrameFile::next() {
    if (rest_.empty()) return std::optional<RecordFrame>();
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return no_frames();
    const json::value head = TRY(parse_json(rest_.substr(0, end)));
    rest_.remove_prefix(end + 1);
    if (!head.is_object()) return no_frames();
    RecordFrame frame{
        .record = static_cast<int>(number_at(head.get_object(), "record").value_or(0)), .head = head.get_object(), .bytes = {}};
    const auto bytes = static_cast<std::uint64_t>(number_at(frame.head, "bytes").value_or(0));
    if (bytes > rest_.size()) return no_frames();
    frame.bytes = rest_.substr(0, static_cast<std::size_t>(bytes));
    rest_.remove_prefix(frame.bytes.size());
    return std::optional(std::move(frame));
}

}  // namespace docwright
