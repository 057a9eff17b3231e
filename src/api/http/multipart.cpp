#include "api/http/multipart.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "api/http/message.h"
#include "base/ascii.h"
#include "base/limits.h"

namespace docwright::http {
namespace {

Error broken(std::string_view what) { return Error{Fault::InvalidInput, "The multipart body cannot be read: " + std::string(what) + "."}; }

struct HeaderValue {
    std::string_view first;  // before the first semicolon
    std::vector<Parameter> parameters;
};

// One parameter value at the start of `rest`, quoted or not; `rest` moves behind it. Backslash escapes only '"' and '\':
// browsers send Windows paths with bare backslashes.
std::string take_value(std::string_view& rest) {
    std::string value;
    if (rest.empty() || rest.front() != '"') {
        std::string_view token = rest.substr(0, rest.find(';'));
        rest.remove_prefix(token.size());
        return std::string(trimmed(token));
    }
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
        value += rest[i];
    }
    rest.remove_prefix(std::min(rest.size(), i + 1));
    return value;
}

HeaderValue parse_header_value(std::string_view text) {
    HeaderValue out;
    out.first = trimmed(text.substr(0, text.find(';')));
    std::string_view rest = text.substr(std::min(text.size(), text.find(';')));
    while (!rest.empty()) {
        rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
        std::size_t equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos) break;
        if (rest[equals] == ';') continue;
        std::string_view name = trimmed(rest.substr(0, equals));
        rest.remove_prefix(equals + 1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        out.parameters.push_back({std::string(name), take_value(rest)});
    }
    return out;
}

const std::string* parameter(const HeaderValue& value, std::string_view name) {
    auto found = std::ranges::find_if(value.parameters, [&](const Parameter& each) { return same_word(each.name, name); });
    return found == value.parameters.end() ? nullptr : &found->value;
}

// RFC 8187: charset'language'percent-encoded. Only UTF-8 is defined today; anything else is left to the plain parameter.
std::optional<std::string> extended_value(std::string_view text) {
    std::size_t first = text.find('\'');
    std::size_t second = first == std::string_view::npos ? first : text.find('\'', first + 1);
    if (second == std::string_view::npos || !same_word(text.substr(0, first), "utf-8")) return std::nullopt;
    Result<std::string> decoded = percent_decode(text.substr(second + 1), false);
    if (!decoded.ok()) return std::nullopt;
    return std::move(decoded).take();
}

// The next line without its end; CR LF or LF alone.
std::string_view take_line(std::string_view& text) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

void take_disposition(std::string_view value, PartHead& head, bool& named) {
    HeaderValue disposition = parse_header_value(value);
    if (const std::string* name = parameter(disposition, "name")) {
        head.name = *name;
        named = true;
    }
    if (const std::string* plain = parameter(disposition, "filename")) {
        head.file_name = *plain;
        head.has_file_name = true;
    }
    if (const std::string* extended = parameter(disposition, "filename*")) {
        if (std::optional<std::string> decoded = extended_value(*extended)) {
            head.file_name = *decoded;
            head.has_file_name = true;
        }
    }
}

}  // namespace

Result<std::string> multipart_boundary(std::string_view content_type) {
    HeaderValue value = parse_header_value(content_type);
    if (!same_word(value.first, "multipart/form-data")) {
        return Error{Fault::InvalidInput, "An upload must be multipart/form-data with one part named \"file\"."};
    }
    const std::string* boundary = parameter(value, "boundary");
    if (!boundary || boundary->empty()) return Error{Fault::InvalidInput, "The Content-Type of the upload has no boundary."};
    const bool printable = std::ranges::all_of(*boundary, [](char c) { return c >= 0x20 && c < 0x7f; });
    if (boundary->size() > limits::kBoundaryBytes || !printable)
        return Error{Fault::InvalidInput, "The boundary of the upload is not allowed."};
    return *boundary;
}

Result<PartHead> parse_part_head(std::string_view lines) {
    PartHead head;
    bool named = false;
    while (!lines.empty()) {
        std::string_view line = take_line(lines);
        std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string_view name = trimmed(line.substr(0, colon));
        std::string_view value = trimmed(line.substr(colon + 1));
        if (same_word(name, "content-disposition")) take_disposition(value, head, named);
        if (same_word(name, "content-type")) head.content_type = std::string(value);
    }
    if (!named) return broken("a part has no name");
    return head;
}

MultipartParser::MultipartParser(std::string_view boundary) : delimiter_("\r\n--" + std::string(boundary)), held_("\r\n") {}

Status MultipartParser::feed(std::string_view bytes, PartEvents& events) {
    if (state_ == State::Epilogue) return success();
    held_.append(bytes);
    while (TRY(step(events))) {
    }
    held_.erase(0, used_);
    used_ = 0;
    return success();
}

Status MultipartParser::finish() {
    if (state_ == State::Epilogue) return success();
    return broken(state_ == State::Preamble ? "the boundary of the Content-Type does not occur in it"
                                            : "it ends before the closing boundary");
}

// One step through what is held; false: more bytes are needed.
Result<bool> MultipartParser::step(PartEvents& events) {
    switch (state_) {
        case State::Preamble:
        case State::Data: return scan_to_delimiter(events);
        case State::AfterDelimiter: return read_after_delimiter(events);
        case State::Head: return read_head(events);
        case State::Epilogue: used_ = held_.size(); return false;
    }
    return false;
}

Status MultipartParser::pass_on(std::size_t count, PartEvents& events) {
    std::string_view data = std::string_view(held_).substr(used_, count);
    used_ += count;
    if (in_part_ && !data.empty()) TRY(events.part_data(data));
    return success();
}

Result<bool> MultipartParser::scan_to_delimiter(PartEvents& events) {
    std::string_view rest = std::string_view(held_).substr(used_);
    std::size_t found = rest.find(delimiter_);
    if (found == std::string_view::npos) {
        // A delimiter may begin at any CR among the last bytes: those wait for the next piece.
        std::size_t tail = rest.size() - std::min(rest.size(), delimiter_.size() - 1);
        tail = std::min(rest.find('\r', tail), rest.size());
        TRY(pass_on(tail, events));
        return false;
    }
    TRY(pass_on(found, events));
    state_ = State::AfterDelimiter;
    return true;
}

// What follows a delimiter decides whether it is one: "--" ends the body, blanks and a line end begin a part, and anything
// else means that the boundary is only the start of other data (RFC 2046, 5.1.1).
Result<bool> MultipartParser::read_after_delimiter(PartEvents& events) {
    std::string_view rest = std::string_view(held_).substr(used_ + delimiter_.size());
    constexpr std::size_t kPaddingBytes = 64;
    std::size_t blanks = std::min(rest.find_first_not_of(" \t"), rest.size());
    std::string_view mark = rest.substr(blanks, 2);
    const bool closes = blanks == 0 && mark == "--";
    const bool opens = mark == "\r\n" && blanks <= kPaddingBytes;
    const bool open_question = blanks <= kPaddingBytes && (mark.empty() || mark == "\r" || (blanks == 0 && mark == "-"));
    if (open_question) return false;
    if (!closes && !opens) {
        TRY(pass_on(2, events));  // its CR LF is data; the search goes on behind it
        state_ = in_part_ ? State::Data : State::Preamble;
        return true;
    }
    if (in_part_) TRY(events.part_ends());
    in_part_ = false;
    used_ += delimiter_.size() + (closes ? 2 : blanks);  // the line end stays: a head may be empty
    state_ = closes ? State::Epilogue : State::Head;
    return true;
}

Result<bool> MultipartParser::read_head(PartEvents& events) {
    std::string_view rest = std::string_view(held_).substr(used_);
    std::size_t crlf = rest.find("\r\n\r\n");
    std::size_t bare = rest.find("\n\n");
    std::size_t end = std::min(crlf, bare);
    if (std::min(end, rest.size()) > limits::kPartHeadBytes) return broken("the head of a part is too long");
    if (end == std::string_view::npos) return false;
    PartHead head = TRY(parse_part_head(rest.substr(0, end)));
    used_ += end + (end == crlf ? 4 : 2);
    TRY(events.part_begins(head));
    in_part_ = true;
    state_ = State::Data;
    return true;
}

}  // namespace docwright::http
