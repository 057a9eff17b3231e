#include "docgen/merge/copies.h"

#include <fmt/format.h>

#include <algorithm>

namespace docwright::docgen {

void Copies::know(const UsedNumbers& used) {
    used_.bookmark = std::max(used_.bookmark, used.bookmark);
    used_.drawing = std::max(used_.drawing, used.drawing);
    used_.control = std::max(used_.control, used.control);
    used_.note = std::max(used_.note, used.note);
    used_.paragraphs.insert(used_.paragraphs.end(), used.paragraphs.begin(), used.paragraphs.end());
    sorted_ = false;
}

std::string Copies::fresh(Numbered numbered, std::string_view original) {
    switch (numbered) {
        case Numbered::Bookmark: return std::to_string(++used_.bookmark);
        case Numbered::Drawing: return std::to_string(++used_.drawing);
        case Numbered::Control: return std::to_string(++used_.control);
        case Numbered::Footnote:
        case Numbered::Endnote: return std::to_string(++used_.note);
        case Numbered::BookmarkName: {
            constexpr std::size_t kKept = 28;  // Word wants 40 characters at most
            std::string_view kept = original.substr(0, kKept);
            while (!kept.empty() && kept.size() < original.size() && (static_cast<unsigned char>(original[kept.size()]) & 0xC0) == 0x80)
                kept.remove_suffix(1);
            if (const std::size_t entity = kept.rfind('&');
                entity != std::string_view::npos && kept.find(';', entity) == std::string_view::npos)
                kept = kept.substr(0, entity);
            return fmt::format("{}_c{}", kept, ++name_);
        }
        case Numbered::Paragraph: break;
    }
    if (!sorted_) std::ranges::sort(used_.paragraphs);
    sorted_ = true;
    do {
        ++paragraph_;
    } while (std::ranges::binary_search(used_.paragraphs, paragraph_));
    return fmt::format("{:08X}", paragraph_);
}

void Copies::add_note(Numbered kind, std::string_view original, std::string number, const Scope& scope) {
    Notes& notes = kind == Numbered::Endnote ? endnotes_ : footnotes_;
    auto found = notes.find(original);
    if (found == notes.end()) found = notes.emplace(std::string(original), std::vector<NoteCopy>()).first;
    found->second.push_back({std::move(number), scope.kept()});
}

const std::vector<NoteCopy>* Copies::notes(Numbered kind, std::string_view original) const {
    const Notes& notes = kind == Numbered::Endnote ? endnotes_ : footnotes_;
    const auto found = notes.find(original);
    return found == notes.end() ? nullptr : &found->second;
}

}  // namespace docwright::docgen
