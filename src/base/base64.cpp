#include "base/base64.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"

namespace docwright {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kDataStart = "data:";
constexpr std::size_t kDataHeadBytes = 256;  // media type and parameters before the comma
constexpr std::int8_t kNoDigit = -1, kSpace = -2, kPadding = -3;

constexpr std::array<std::int8_t, 256> digit_table() {
    std::array<std::int8_t, 256> table{};
    table.fill(kNoDigit);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) table[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
    table['-'] = 62;  // the URL alphabet
    table['_'] = 63;
    for (unsigned char space : {' ', '\t', '\r', '\n'}) table[space] = kSpace;
    table['='] = kPadding;
    return table;
}
constexpr std::array<std::int8_t, 256> kDigits = digit_table();

}  // namespace

Error Base64Reader::misplaced() const {
    return {Fault::InvalidInput, fmt::format("it is not valid base64: character {} cannot stand there", letters_)};
}

Error Base64Reader::too_large() const { return {Fault::LimitExceeded, fmt::format("it has more than {} bytes", most_bytes_)}; }

Status Base64Reader::read(char letter) {
    ++letters_;
    const std::int8_t digit = kDigits[static_cast<unsigned char>(letter)];
    if (digit == kSpace) return success();
    if (digit == kPadding) {
        padded_ = true;
        return success();
    }
    if (digit == kNoDigit || padded_) return misplaced();
    bits_ = bits_ << 6 | static_cast<std::uint32_t>(digit);
    if (++digits_ < 4) return success();
    if (taken_ + bytes_.size() + 3 > most_bytes_) return too_large();
    bytes_ += static_cast<char>(bits_ >> 16 & 0xFF);
    bytes_ += static_cast<char>(bits_ >> 8 & 0xFF);
    bytes_ += static_cast<char>(bits_ & 0xFF);
    bits_ = 0;
    digits_ = 0;
    return success();
}

// Until five characters have come, or what came is no "data:", nothing is decoded; of a data URI everything up to its comma is left out.
Status Base64Reader::add(std::string_view text) {
    while (!text.empty() && head_ != Head::Read) {
        const char letter = text.front();
        if (head_ == Head::InUri) {
            ++letters_;
            if (letter == ',')
                head_ = Head::Read;
            else if (letters_ > kDataHeadBytes)
                return misplaced();
            text.remove_prefix(1);
        } else if (ascii_lower(letter) == kDataStart[held_.size()]) {
            held_ += letter;
            text.remove_prefix(1);
            if (held_.size() < kDataStart.size()) continue;
            letters_ = held_.size();
            head_ = Head::InUri;
        } else {
            TRY(release_held());
        }
    }
    for (char letter : text) TRY(read(letter));
    return success();
}

Status Base64Reader::release_held() {
    head_ = Head::Read;
    for (char letter : held_) TRY(read(letter));
    return success();
}

std::string Base64Reader::take_bytes() {
    taken_ += bytes_.size();
    return std::exchange(bytes_, {});
}

Result<std::string> Base64Reader::finish() {
    if (head_ == Head::Unknown) TRY(release_held());
    if (digits_ == 1) return Error{Fault::InvalidInput, "it is not valid base64: it ends within a character"};
    if (digits_ > 1) bytes_ += static_cast<char>((digits_ == 2 ? bits_ >> 4 : bits_ >> 10) & 0xFF);
    if (digits_ > 2) bytes_ += static_cast<char>(bits_ >> 2 & 0xFF);
    if (taken_ + bytes_.size() > most_bytes_) return too_large();
    return take_bytes();
}

void append_base64(std::string& out, std::string_view bytes) {
    out.reserve(out.size() + (bytes.size() + 2) / 3 * 4);
    const auto byte = [&](std::size_t i) { return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0U; };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        out += kAlphabet[bits >> 18];
        out += kAlphabet[bits >> 12 & 63];
        out += i + 1 < bytes.size() ? kAlphabet[bits >> 6 & 63] : '=';
        out += i + 2 < bytes.size() ? kAlphabet[bits & 63] : '=';
    }
}

}  // namespace docwright
