#include "engines/pdf/appearance_text.h"

#include <qpdf/QUtil.hh>

#include <map>
#include <optional>

#include "engines/pdf/unicode_map.h"

namespace docwright::pdf {
namespace {

// Reads the operators of one content stream.
class TextCollector final : public QPDFObjectHandle::ParserCallbacks {
public:
    explicit TextCollector(QPDFObjectHandle fonts) : fonts_(std::move(fonts)) {}

    void handleObject(QPDFObjectHandle object, std::size_t, std::size_t) override {
        if (!object.isOperator()) {
            constexpr std::size_t kMostOperands = 64;
            if (operands_.size() < kMostOperands) operands_.push_back(object);
            return;
        }
        std::string name = object.getOperatorValue();
        if (name == "Tf" && !operands_.empty()) choose_font(operands_[0]);
        if (name == "Tj" && !operands_.empty()) show(operands_[0]);
        if (name == "TJ" && !operands_.empty()) show_all(operands_[0]);
        if (name == "'" || name == "\"") {
            next_line();
            if (!operands_.empty()) show(operands_.back());
        }
        if (name == "T*" || name == "BT") next_line();
        if ((name == "Td" || name == "TD") && operands_.size() >= 2 && number_of(operands_[1], 0) != 0) next_line();
        if (name == "Tm") next_line();
        operands_.clear();
    }
    void handleEOF() override {}

    std::string text;
    bool readable = true;

private:
    void choose_font(QPDFObjectHandle name) {
        QPDFObjectHandle font = name.isName() ? value_at(fonts_, name.getName()) : QPDFObjectHandle::newNull();
        QPDFObjectHandle encoding = value_at(font, "/Encoding");
        if (name_at(font, "/Subtype") == "Type3") readable = false;
        composite_ = nullptr;
        if (name_at(font, "/Subtype") == "Type0") {
            composite_ = &maps_.try_emplace(name.getName(), value_at(font, "/ToUnicode")).first->second;
            return;
        }
        if (encoding.isDictionary() && !value_at(encoding, "/Differences").isNull() && name_at(encoding, "/BaseEncoding").empty())
            own_encoding_ = true;
        mac_ = name_of(encoding) == "MacRomanEncoding";
    }
    void next_line() {
        if (!text.empty() && text.back() != '\n') text += '\n';
    }
    void show(QPDFObjectHandle string) {
        if (!string.isString()) return;
        std::string bytes = string.getStringValue();
        if (composite_) {
            const std::optional<std::string> letters = composite_->text_of(bytes);
            if (!letters) readable = false;
            text += letters.value_or("");
            return;
        }
        for (char c : bytes) {
            auto code = static_cast<unsigned char>(c);
            // Codes above ASCII depend on an encoding of the font's own.
            if (code >= 0x80 && (own_encoding_ || mac_)) readable = false;
            if (code < 0x20 && code != '\t') readable = false;
        }
        text += QUtil::win_ansi_to_utf8(bytes);
    }
    void show_all(QPDFObjectHandle array) {
        for (int i = 0; array.isArray() && i < array.getArrayNItems(); ++i) show(array.getArrayItem(i));
    }

    QPDFObjectHandle fonts_;
    std::vector<QPDFObjectHandle> operands_;
    std::map<std::string, UnicodeMap> maps_;  // of composite fonts, by resource name
    const UnicodeMap* composite_ = nullptr;   // of the font in use
    bool own_encoding_ = false;
    bool mac_ = false;
};

}  // namespace

std::string appearance_text(QPDFObjectHandle form) {
    if (!form.isStream()) return {};
    std::string content = stream_text(form, limits::kFieldValueBytes);
    if (content.empty()) return {};
    TextCollector collector(value_at(value_at(form, "/Resources"), "/Font"));
    QPDFObjectHandle::parseContentStream(QPDFObjectHandle::newStream(form.getOwningQPDF(), content), &collector);
    while (!collector.text.empty() && collector.text.back() == '\n') collector.text.pop_back();
    return collector.readable ? collector.text : std::string();
}

}  // namespace docwright::pdf
