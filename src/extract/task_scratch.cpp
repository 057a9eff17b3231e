#include "extract/task_scratch.h"

#include <span>
#include <utility>

#include "extract/spill.h"

namespace docwright::extract {

bool take_record(const RecordHead& head, std::string_view bytes, const std::string& task, Spill& spill, Pictures& pictures, bool& started) {
    const auto kind = static_cast<RecordKind>(head.kind);
    const auto page = static_cast<int>(head.key);
    if (!started) {
        started = kind == RecordKind::Start && head.key == kScratchVersion && bytes == task;
        return started;
    }
    switch (kind) {
        case RecordKind::Fonts: {
            Result<std::vector<FontFacts>> fonts = decode_fonts(bytes);
            if (!fonts.ok() || head.key != spill.fonts.size()) return false;
            for (FontFacts& font : std::move(fonts).take()) spill.fonts.push_back(std::move(font));
            return true;
        }
        case RecordKind::PageBegun: ++spill.reading_begun[page]; return true;
        case RecordKind::WritingBegun: ++spill.writing_begun[page]; return true;
        case RecordKind::WritingEnded: spill.writing_begun.erase(page); return true;
        case RecordKind::Page: spill.pages[page] = {.good = true, .place = head.place, .message = {}}; return true;
        case RecordKind::PageFailed: spill.pages[page] = {.good = false, .place = {}, .message = std::string(bytes)}; return true;
        case RecordKind::Picture: pictures.found(head.place, bytes); return true;
        case RecordKind::Pages:
        case RecordKind::Elements:
        case RecordKind::LeftOut:
        case RecordKind::PageSummaries: return true;  // made anew
        case RecordKind::Start: return false;
    }
    return false;
}

Status FontNumbers::renumber(PageFacts& facts, const std::vector<FontFacts>& of_source) {
    const std::size_t known = fonts_->size();
    for (TextStyle& style : facts.styles) {
        if (style.font >= of_source.size()) style.font = 0;
        style.font = number_of(of_source.empty() ? FontFacts{} : of_source[style.font], style.font);
    }
    if (fonts_->size() == known) return success();
    TRY(log_->append(number(RecordKind::Fonts), known, encode_fonts(std::span(*fonts_).subspan(known))));
    return success();
}

FontIndex FontNumbers::number_of(const FontFacts& font, FontIndex in_source) {
    const auto seen = of_source_.find(in_source);
    if (seen != of_source_.end()) return seen->second;
    const std::string facts = encode_fonts(std::span(&font, 1));
    if (by_facts_.empty()) {
        for (std::size_t i = 0; i < fonts_->size(); ++i) by_facts_.emplace(encode_fonts(std::span(*fonts_).subspan(i, 1)), i);
    }
    const auto [same, is_new] = by_facts_.emplace(facts, static_cast<FontIndex>(fonts_->size()));
    if (is_new) fonts_->push_back(font);
    return of_source_[in_source] = same->second;
}

std::shared_ptr<const std::vector<FontFacts>> FontNumbers::known() {
    if (!known_ || known_->size() != fonts_->size()) known_ = std::make_shared<const std::vector<FontFacts>>(*fonts_);
    return known_;
}

}  // namespace docwright::extract
