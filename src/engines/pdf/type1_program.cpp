#include "engines/pdf/type1_program.h"

#include <cstdint>
#include <string_view>

namespace docwright::pdf {
namespace {

// The stream cipher of eexec. Its key depends on the bytes before, so changed text is enciphered anew from the front.
class Cipher {
public:
    char encrypt(char plain) { return step(plain, true); }
    char decrypt(char cipher) { return step(cipher, false); }

private:
    char step(char in, bool in_is_plain) {
        const auto out = static_cast<std::uint8_t>(static_cast<std::uint8_t>(in) ^ (key_ >> 8U));
        const std::uint8_t cipher = in_is_plain ? out : static_cast<std::uint8_t>(in);
        key_ = static_cast<std::uint16_t>((cipher + key_) * 52845U + 22719U);
        return static_cast<char>(out);
    }
    std::uint16_t key_ = 55665;
};

// false: there is none.
bool level(std::string& text) {
    constexpr std::string_view kName = "/UniqueID ";
    bool found = false;
    for (std::size_t at = 0; (at = text.find(kName, at)) != std::string::npos;) {
        for (at += kName.size(); at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            text[at] = '4';  // 4000000 to 4999999 is the range for private use
            found = true;
        }
    }
    return found;
}

}  // namespace

std::string without_unique_id(std::string program, std::size_t clear_bytes, std::size_t encrypted_bytes) {
    if (clear_bytes > program.size() || encrypted_bytes > program.size() - clear_bytes) return program;
    std::string clear = program.substr(0, clear_bytes);
    std::string secret = program.substr(clear_bytes, encrypted_bytes);
    Cipher reading, writing;
    for (char& c : secret) c = reading.decrypt(c);
    const bool in_secret = level(secret);
    if (!level(clear) && !in_secret) return program;
    for (char& c : secret) c = writing.encrypt(c);
    return clear + secret + program.substr(clear_bytes + encrypted_bytes);
}

}  // namespace docwright::pdf
