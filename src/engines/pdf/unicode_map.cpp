#include "engines/pdf/unicode_map.h"

#include <vector>

#include "base/pdf_limits.h"
#include "engines/pdf/utf16.h"

namespace docwright::pdf {
namespace {

constexpr std::size_t kCodeBytes = 2;

char16_t unit_at(std::string_view bytes, std::size_t at) {
    return static_cast<char16_t>(static_cast<unsigned char>(bytes[at]) << 8 | static_cast<unsigned char>(bytes[at + 1]));
}

std::u16string units_of(std::string_view bytes) {
    std::u16string units;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) units += unit_at(bytes, i);
    return units;
}

std::optional<std::uint16_t> code_of(QPDFObjectHandle string) {
    if (!string.isString()) return std::nullopt;
    const std::string bytes = string.getStringValue();
    return bytes.size() == kCodeBytes ? std::optional<std::uint16_t>(unit_at(bytes, 0)) : std::nullopt;
}

// Reads the sections of a character map: pairs between beginbfchar and endbfchar, triples between beginbfrange and endbfrange.
class MapReader final : public QPDFObjectHandle::ParserCallbacks {
public:
    explicit MapReader(std::map<std::uint16_t, std::string>& letters) : letters_(letters) {}

    void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
        if (!object.isOperator()) {
            if (operands_.size() < limits::kUnicodeMapEntries) operands_.push_back(object);
            return;
        }
        const std::string name = object.getOperatorValue();
        if (name == "endbfchar")
            for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) add(code_of(operands_[i]), operands_[i + 1], 0);
        if (name == "endbfrange")
            for (std::size_t i = 0; i + 2 < operands_.size(); i += 3) add_range(operands_[i], operands_[i + 1], operands_[i + 2]);
        operands_.clear();
    }
    void handleEOF() override {}

private:
    void add(std::optional<std::uint16_t> code, QPDFObjectHandle meaning, unsigned further) {
        if (!code || !meaning.isString() || left_ == 0) return;
        --left_;
        std::u16string units = units_of(meaning.getStringValue());
        if (units.empty()) return;
        units.back() = static_cast<char16_t>(units.back() + further);
        letters_[*code] = utf8_of(units);
    }
    void add_range(QPDFObjectHandle from, QPDFObjectHandle to, QPDFObjectHandle meaning) {
        const auto first = code_of(from), last = code_of(to);
        if (!first || !last) return;
        for (unsigned code = *first; code <= *last && left_ > 0; ++code) {
            const unsigned step = code - *first;
            const bool listed = meaning.isArray();
            if (listed && static_cast<int>(step) >= meaning.getArrayNItems()) return;
            add(static_cast<std::uint16_t>(code), listed ? meaning.getArrayItem(static_cast<int>(step)) : meaning, listed ? 0 : step);
        }
    }

    std::map<std::uint16_t, std::string>& letters_;
    std::vector<QPDFObjectHandle> operands_;
    std::size_t left_ = limits::kUnicodeMapEntries;  // ranges may lie over each other
};

}  // namespace

UnicodeMap::UnicodeMap(QPDFObjectHandle to_unicode) {
    if (!to_unicode.isStream()) return;
    const std::string content = stream_text(to_unicode, limits::kUnicodeMapBytes);
    MapReader reader(letters_);
    QPDFObjectHandle::parseContentStream(QPDFObjectHandle::newStream(to_unicode.getOwningQPDF(), content), &reader);
}

std::optional<std::string> UnicodeMap::text_of(std::string_view codes) const {
    std::string text;
    if (codes.size() % kCodeBytes != 0) return std::nullopt;
    for (std::size_t i = 0; i < codes.size(); i += kCodeBytes) {
        const auto letter = letters_.find(unit_at(codes, i));
        if (letter == letters_.end()) return std::nullopt;
        text += letter->second;
    }
    return text;
}

}  // namespace docwright::pdf
