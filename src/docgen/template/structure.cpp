#include "docgen/template/structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace docwright::docgen {
namespace {

using Name = std::pair<std::string_view, Element>;
// By name, so that they can be searched.
constexpr std::array kNames = {
    Name{"bookmarkEnd", Element::BookmarkEnd},
    Name{"bookmarkStart", Element::BookmarkStart},
    Name{"br", Element::Break},
    Name{"commentRangeEnd", Element::CommentMark},
    Name{"commentRangeStart", Element::CommentMark},
    Name{"commentReference", Element::CommentMark},
    Name{"cr", Element::Break},
    Name{"dataBinding", Element::DataBinding},
    Name{"del", Element::Deletion},
    Name{"endnote", Element::Note},
    Name{"endnoteReference", Element::NoteReference},
    Name{"fldChar", Element::FieldCharacter},
    Name{"fldSimple", Element::SimpleField},
    Name{"footnote", Element::Note},
    Name{"footnoteReference", Element::NoteReference},
    Name{"hyperlink", Element::Hyperlink},
    Name{"id", Element::Id},
    Name{"instrText", Element::FieldCode},
    Name{"lastRenderedPageBreak", Element::PageBreakHint},
    Name{"moveFrom", Element::Deletion},
    Name{"noBreakHyphen", Element::NoBreakHyphen},
    Name{"p", Element::Paragraph},
    Name{"pPr", Element::ParagraphProperties},
    Name{"r", Element::Run},
    Name{"rPr", Element::RunProperties},
    Name{"sdt", Element::Structured},
    Name{"sdtPr", Element::StructuredProperties},
    Name{"sectPr", Element::Section},
    Name{"softHyphen", Element::SoftHyphen},
    Name{"t", Element::Text},
    Name{"tab", Element::Tab},
    Name{"tbl", Element::Table},
    Name{"tc", Element::Cell},
    Name{"tr", Element::Row},
    Name{"txbxContent", Element::TextBox},
};
static_assert(std::ranges::is_sorted(kNames, {}, &Name::first));

Element element_of(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return name.ends_with(":docPr") ? Element::DrawingNumbers : Element::Other;
    name.remove_prefix(prefix.size());
    const auto* found = std::ranges::lower_bound(kNames, name, {}, &Name::first);
    return found != kNames.end() && found->first == name ? found->second : Element::Other;
}

bool is_content(Element element) {
    switch (element) {
        case Element::Text:
        case Element::FieldCode:
        case Element::FieldCharacter:
        case Element::SimpleField:
        case Element::Tab:
        case Element::Break:
        case Element::NoBreakHyphen: return true;
        default: return false;
    }
}

class Walk {
public:
    explicit Walk(Structure& out) : out_(out) {}

    void run() {
        const std::size_t count = out_.tokens.size();
        out_.elements.assign(count, Element::Other);
        out_.parents.assign(count, 0);
        out_.paragraph_of.assign(count, Structure::kNoParagraph);
        for (std::size_t i = 0; i < count; ++i) {
            const XmlToken& token = out_.tokens[i];
            if (token.kind == XmlKind::End) close(i, token);
            if (!open_.empty()) out_.parents[i] = static_cast<std::uint32_t>(open_.back());
            if (token.kind == XmlKind::Start || token.kind == XmlKind::Empty) name(i, token);
            if (!paragraphs_.empty() && out_.paragraph_of[i] == Structure::kNoParagraph) out_.paragraph_of[i] = paragraphs_.back();
            if (token.kind == XmlKind::Start) enter(i);
        }
    }

private:
    void name(std::size_t i, const XmlToken& token) {
        const Element element = element_of(token.name, out_.prefix);
        // What is struck out keeps its bytes and is nothing to us.
        out_.elements[i] = deletions_ > 0 && is_content(element) ? Element::Other : element;
    }

    void enter(std::size_t i) {
        open_.push_back(i);
        switch (out_.elements[i]) {
            case Element::Paragraph:
                paragraphs_.push_back(static_cast<std::uint32_t>(out_.paragraphs.size()));
                out_.paragraph_of[i] = paragraphs_.back();
                out_.paragraphs.push_back({i, tables_.empty() ? 0 : tables_.back(), rows_.empty() ? 0 : rows_.back(), text_boxes_ > 0});
                break;
            case Element::Table:
                tables_.push_back(i);
                rows_.push_back(0);
                out_.rows[i];
                break;
            case Element::Row:
                if (tables_.empty()) break;
                rows_.back() = i;
                out_.rows[tables_.back()].push_back(i);
                break;
            case Element::Deletion: ++deletions_; break;
            case Element::TextBox: ++text_boxes_; break;
            default: break;
        }
    }

    void close(std::size_t i, const XmlToken& token) {
        const Element element = out_.elements[token.partner];
        out_.elements[i] = element;
        open_.pop_back();
        switch (element) {
            case Element::Paragraph:
                out_.paragraph_of[i] = paragraphs_.back();
                paragraphs_.pop_back();
                break;
            case Element::Table:
                tables_.pop_back();
                rows_.pop_back();
                break;
            case Element::Deletion: --deletions_; break;
            case Element::TextBox: --text_boxes_; break;
            default: break;
        }
    }

    Structure& out_;
    std::vector<std::size_t> open_, tables_, rows_;  // the row of each open table
    std::vector<std::uint32_t> paragraphs_;
    int deletions_ = 0, text_boxes_ = 0;
};

}  // namespace

std::string Structure::text_in(std::size_t element) const {
    std::string text;
    for (std::size_t i = element + 1; i < tokens[element].partner; ++i)
        if (tokens[i].kind == XmlKind::Text) text += decoded(part.substr(tokens[i].begin, tokens[i].end - tokens[i].begin));
    return text;
}

std::string Structure::place(std::size_t token) const {
    const std::uint32_t number = paragraph_of[token];
    if (number == kNoParagraph) return "the part";
    const auto table = rows.find(paragraphs[number].table);
    if (table == rows.end() || paragraphs[number].row == 0) return fmt::format("paragraph {}", number + 1);
    const auto row = std::ranges::find(table->second, paragraphs[number].row);
    return fmt::format("table {}, row {}", std::distance(rows.begin(), table) + 1, std::distance(table->second.begin(), row) + 1);
}

Structure read_structure(std::string_view part, std::vector<XmlToken> tokens, std::string prefix) {
    Structure structure;
    structure.part = part;
    structure.prefix = std::move(prefix);
    structure.tokens = std::move(tokens);
    Walk(structure).run();
    return structure;
}

}  // namespace docwright::docgen
