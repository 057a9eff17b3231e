#include "api/docgen/request.h"

#include <fmt/format.h>

#include <boost/json/basic_parser_impl.hpp>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/json.h"

namespace docwright::docgen_api {
namespace {

using ErrorCode = boost::system::error_code;

constexpr std::string_view kTemplate = "base64FileString", kValues = "documentValues", kOutputFormat = "outputFormat",
                           kCulture = "currencyCulture", kMissing = "missing", kVerbose = "verbose";
constexpr std::size_t kWordBytes = 100;         // of a format, a culture …
constexpr std::size_t kWriteBytes = 64 * 1024;  // of the values at once

Error wrong(std::string_view key, std::string_view what) { return {Fault::InvalidInput, fmt::format("{} {}.", key, what)}; }

Error about_template(const Error& error) {
    return {error.fault, fmt::format("base64FileString: {}.", error.message), error.detail, error.reason};
}

// Writes the events of a JSON text as JSON again, with the digits of its numbers as they were.
class ValuesWriter {
public:
    explicit ValuesWriter(Spool& spool) : spool_(spool) {}

    Status open(char bracket) {
        TRY(before_value());
        text_ += bracket;
        first_ = true;
        return success();
    }
    Status close(char bracket) {
        text_ += bracket;
        first_ = false;
        return success();
    }
    Status key(std::string_view piece, bool last) {
        TRY(string(piece, last));
        if (last) {
            text_ += ':';
            after_key_ = true;
        }
        return success();
    }
    Status string(std::string_view piece, bool last) {
        if (!in_string_) {
            TRY(before_value());
            text_ += '"';
            in_string_ = true;
        }
        append_escaped(piece);
        if (last) {
            text_ += '"';
            in_string_ = false;
        }
        return text_.size() < kWriteBytes ? success() : flush();
    }
    Status word(std::string_view piece, bool last) {
        if (!in_word_) TRY(before_value());
        in_word_ = !last;
        text_ += piece;
        return success();
    }
    // Of a value that is a text of JSON itself.
    Status raw(std::string_view piece) {
        text_ += piece;
        return text_.size() < kWriteBytes ? success() : flush();
    }
    Status flush() {
        if (spool_.size() + text_.size() > limits::kTemplateValuesBytes) {
            return Error{Fault::LimitExceeded, fmt::format("documentValues has more than {} bytes.", limits::kTemplateValuesBytes)};
        }
        TRY(spool_.add(text_));
        text_.clear();
        return success();
    }

private:
    Status before_value() {
        if (!first_ && !after_key_) text_ += ',';
        first_ = after_key_ = false;
        return text_.size() < kWriteBytes ? success() : flush();
    }
    void append_escaped(std::string_view piece) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        for (char letter : piece) {
            if (letter == '"' || letter == '\\') {
                text_ += '\\';
                text_ += letter;
            } else if (static_cast<unsigned char>(letter) < 0x20) {
                text_ += "\\u00";
                text_ += kDigits[static_cast<unsigned char>(letter) >> 4];
                text_ += kDigits[static_cast<unsigned char>(letter) & 15];
            } else {
                text_ += letter;
            }
        }
    }

    Spool& spool_;
    std::string text_;
    bool first_ = true, after_key_ = false, in_string_ = false, in_word_ = false;
};

}  // namespace

// What boost::json::basic_parser calls. A handler that gives false with an error code ends the reading; `failure` says why.
struct BodyReader::Parser {
    struct Handler {
        static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1), max_array_size = static_cast<std::size_t>(-1),
                                     max_key_size = static_cast<std::size_t>(-1), max_string_size = static_cast<std::size_t>(-1);

        GivenBody body;
        std::optional<Error> failure;
        int depth = 0;
        std::string key;                     // of the outermost object
        std::optional<Base64Reader> reader;  // of the template
        std::optional<ValuesWriter> writer;

        bool is(std::string_view name) const { return key == name; }
        bool at_value() const { return depth == 1; }
        bool in_values() const { return depth > 1 && is(kValues); }

        bool went(const Status& status, ErrorCode& code) {
            if (status.ok()) return true;
            failure = status.error();
            code = boost::json::error::syntax;
            return false;
        }

        bool on_document_begin(ErrorCode&) { return true; }
        bool on_document_end(ErrorCode&) { return true; }
        bool on_object_begin(ErrorCode& code) {
            if (at_value()) {
                if (is(kTemplate) || is_word_key()) return went(wrong(key, "must be a string"), code);
                if (is(kValues)) begin_values();
            }
            ++depth;
            return in_values() ? went(writer->open('{'), code) : true;
        }
        bool on_object_end(std::size_t, ErrorCode& code) {
            const bool wrote = in_values();
            --depth;
            return wrote ? went(writer->close('}'), code) : true;
        }
        bool on_array_begin(ErrorCode& code) {
            if (depth == 0) return went(wrong("The body", "must be a JSON object"), code);
            if (at_value() && is(kValues)) return went(wrong(key, "must be a JSON object, not a list"), code);
            if (at_value() && (is(kTemplate) || is_word_key())) return went(wrong(key, "must be a string"), code);
            ++depth;
            return in_values() ? went(writer->open('['), code) : true;
        }
        bool on_array_end(std::size_t, ErrorCode& code) {
            const bool wrote = in_values();
            --depth;
            return wrote ? went(writer->close(']'), code) : true;
        }
        bool on_key_part(boost::json::string_view piece, std::size_t, ErrorCode& code) { return take_key(piece, false, code); }
        bool on_key(boost::json::string_view piece, std::size_t, ErrorCode& code) { return take_key(piece, true, code); }
        bool on_string_part(boost::json::string_view piece, std::size_t count, ErrorCode& code) {
            return take_string(piece, count == piece.size(), false, code);
        }
        bool on_string(boost::json::string_view piece, std::size_t count, ErrorCode& code) {
            return take_string(piece, count == piece.size(), true, code);
        }
        bool on_number_part(boost::json::string_view piece, ErrorCode& code) { return take_word(piece, false, code); }
        bool on_int64(std::int64_t, boost::json::string_view piece, ErrorCode& code) { return take_word(piece, true, code); }
        bool on_uint64(std::uint64_t, boost::json::string_view piece, ErrorCode& code) { return take_word(piece, true, code); }
        bool on_double(double, boost::json::string_view piece, ErrorCode& code) { return take_word(piece, true, code); }
        bool on_bool(bool value, ErrorCode& code) {
            if (at_value() && is(kVerbose)) {
                body.verbose = value;
                return true;
            }
            return take_word(value ? "true" : "false", true, code);
        }
        bool on_null(ErrorCode& code) {
            if (at_value()) return forget(code);  // as if it were not there
            return take_word("null", true, code);
        }
        bool on_comment_part(boost::json::string_view, ErrorCode&) { return true; }
        bool on_comment(boost::json::string_view, ErrorCode&) { return true; }

        bool is_word_key() const { return is(kOutputFormat) || is(kCulture) || is(kMissing); }
        std::string& word_of_key() { return is(kOutputFormat) ? body.output_format : is(kCulture) ? body.currency_culture : body.missing; }

        void begin_values() {
            body.values.emplace();
            writer.emplace(*body.values);
        }

        bool forget(ErrorCode&) {
            if (is(kTemplate)) body.word_template.reset();
            if (is(kValues)) {
                body.values.reset();
                writer.reset();
            }
            if (is_word_key()) word_of_key().clear();
            return true;
        }

        bool take_key(std::string_view piece, bool last, ErrorCode& code) {
            if (in_values()) return went(writer->key(piece, last), code);
            if (depth != 1) return true;
            if (!key_open) key.clear();
            key_open = !last;
            if (key.size() + piece.size() <= kWordBytes) key += piece;
            return true;
        }

        Status take_template(std::string_view piece) {
            const Status read = reader->add(piece);
            if (!read.ok()) return about_template(read.error());
            return body.word_template->add(reader->take_bytes());
        }

        bool take_string(std::string_view piece, bool first, bool last, ErrorCode& code) {
            if (depth == 0) return went(wrong("The body", "must be a JSON object"), code);
            if (in_values()) return went(writer->string(piece, last), code);
            if (!at_value()) return true;
            if (is(kTemplate)) {
                if (first) {
                    reader.emplace(limits::kTemplateFileBytes);
                    body.word_template.emplace();
                }
                return went(take_template(piece), code);
            }
            if (is(kValues)) {
                if (first) begin_values();
                return went(writer->raw(piece), code);
            }
            if (is(kVerbose)) body.verbose = same_word(piece, "true");
            if (!is_word_key()) return true;
            std::string& word = word_of_key();
            if (first) word.clear();
            if (word.size() + piece.size() > kWordBytes) return went(wrong(key, "is too long"), code);
            word += piece;
            return true;
        }

        bool take_word(std::string_view piece, bool last, ErrorCode& code) {
            if (depth == 0) return went(wrong("The body", "must be a JSON object"), code);
            if (in_values()) return went(writer->word(piece, last), code);
            if (!at_value()) return true;
            if (is(kValues)) return went(wrong(key, "must be a JSON object"), code);
            if (is(kTemplate) || is_word_key()) return went(wrong(key, "must be a string"), code);
            return true;
        }

        bool key_open = false;
    };

    static boost::json::parse_options options() {
        boost::json::parse_options options;
        options.max_depth = limits::kJsonDepth;
        return options;
    }

    boost::json::basic_parser<Handler> parser{options()};

    Status take(bool more, std::string_view piece) {
        ErrorCode code;
        const std::size_t read = parser.write_some(more, piece.data(), piece.size(), code);
        if (parser.handler().failure) return *parser.handler().failure;
        if (code) return Error{Fault::InvalidInput, fmt::format("The body is no JSON: {}.", code.message())};
        if (read < piece.size() && piece.substr(read).find_first_not_of(" \t\r\n") != std::string_view::npos)
            return Error{Fault::InvalidInput, "The body is no JSON: something follows its end."};
        return success();
    }
};

BodyReader::BodyReader() : parser_(std::make_unique<Parser>()) {}
BodyReader::~BodyReader() = default;

Status BodyReader::add(std::string_view piece) {
    received_ += piece.size();
    if (received_ > limits::kGenerateBodyBytes)
        return Error{Fault::LimitExceeded, fmt::format("The body is longer than the {} bytes allowed here.", limits::kGenerateBodyBytes)};
    return parser_->take(true, piece);
}

Result<GivenBody> BodyReader::finish() {
    TRY(parser_->take(false, {}));
    Parser::Handler& handler = parser_->parser.handler();
    if (handler.writer) TRY(handler.writer->flush());
    GivenBody body = std::move(handler.body);
    if (!body.word_template) return wrong(kTemplate, "is required: the template, a .docx as base64");
    const Result<std::string> rest = handler.reader->finish();
    if (!rest.ok()) return about_template(rest.error());
    TRY(body.word_template->add(rest.value()));
    if (body.word_template->size() == 0) return wrong(kTemplate, "is empty: it must be the template, a .docx as base64");
    return body;
}

}  // namespace docwright::docgen_api
