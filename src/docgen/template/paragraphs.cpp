#include "docgen/template/paragraphs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace docwright::docgen {
namespace {

struct Piece {
    std::size_t leaf = 0;
    std::string text;
};

// What a piece of a run reads as inside a tag. Nothing: it is no text and stays where it is.
std::optional<std::string> text_of(const Structure& structure, std::size_t leaf) {
    switch (structure.elements[leaf]) {
        case Element::Text: return structure.text_in(leaf);
        case Element::Tab: return "\t";
        case Element::Break: return "\n";
        case Element::NoBreakHyphen: return "-";
        case Element::SoftHyphen: return "";
        default: return std::nullopt;
    }
}

class Reader {
public:
    Reader(Plan& plan, const Structure& structure) : plan_(plan), structure_(structure) {}

    void read() {
        for (std::size_t i = 0; i < structure_.tokens.size(); ++i) {
            if (structure_.ends(i, Element::Paragraph)) {
                find_in(open_.back());
                open_.pop_back();
            } else if (structure_.is(i, Element::Paragraph) && structure_.tokens[i].kind == XmlKind::Start) {
                open_.emplace_back();
            } else if (!open_.empty() && structure_.is_leaf(i) && !is_owned(i)) {
                add(i);
            }
        }
    }

private:
    bool is_owned(std::size_t i) const { return i < plan_.owned.size() && plan_.owned[i]; }

    void add(std::size_t leaf) {
        std::optional<std::string> text = text_of(structure_, leaf);
        if (!text) return;
        const std::uint32_t paragraph = structure_.paragraph_of[leaf];
        if (structure_.is(leaf, Element::Text) && structure_.paragraphs[paragraph].row != 0) plan_.plain[leaf] = *text;
        open_.back().push_back({leaf, *std::move(text)});
    }

    void find_in(const std::vector<Piece>& pieces) {
        std::string joined;
        for (const Piece& piece : pieces) joined += piece.text;
        if (joined.empty()) return;
        warn_of_other_braces(joined, pieces.front().leaf);
        if (!joined.contains("{{")) return;
        const std::vector<FoundTag> found = find_tags(joined);
        warn_of_open_braces(joined, found, pieces.front().leaf);
        std::size_t begin = 0;
        for (const Piece& piece : pieces) {
            cut(piece, joined, begin, found);
            begin += piece.text.size();
        }
    }

    // What is left of the piece, which begins there in the joined text, once the tags are taken out.
    void cut(const Piece& piece, const std::string& joined, std::size_t begin, const std::vector<FoundTag>& found) {
        const std::size_t end = begin + piece.text.size();
        std::vector<Segment> segments;
        std::size_t at = begin;
        bool changed = false;
        for (const FoundTag& tag : found) {
            const bool inside = begin == end ? tag.begin < begin && tag.end > end : tag.begin < end && tag.end > begin;
            if (!inside) continue;
            changed = true;
            if (tag.begin > at) segments.push_back({.text = joined.substr(at, tag.begin - at)});
            if (tag.begin >= begin) {
                if (tag.escape) {
                    segments.push_back({.text = "{{"});
                } else {
                    std::string written = joined.substr(tag.begin, tag.end - tag.begin);
                    warn_of_curly_quotes(written, piece.leaf);
                    segments.push_back({.tag = plan_.add_tag({.tag = tag.tag, .text = std::move(written), .token = piece.leaf})});
                }
            }
            at = std::min(tag.end, end);
        }
        if (!changed) return;
        if (at < end) segments.push_back({.text = joined.substr(at, end - at)});
        plan_.edits[piece.leaf] = std::move(segments);
        plan_.plain.erase(piece.leaf);
    }

    void warn(std::string_view what, std::size_t leaf, std::string_view remedy) {
        plan_.warnings.push_back(fmt::format("{} in {} {}", what, structure_.place(leaf), remedy));
    }

    // The beginning of a text, for a warning.
    static std::string shortened(std::string_view text) {
        constexpr std::size_t kShown = 40;
        if (text.size() <= kShown) return std::string(text);
        std::size_t end = kShown;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
        return std::string(text.substr(0, end)) + "…";
    }

    void warn_of_open_braces(const std::string& joined, const std::vector<FoundTag>& found, std::size_t leaf) {
        for (std::size_t at = joined.find("{{"); at != std::string::npos; at = joined.find("{{", at)) {
            const auto tag = std::ranges::find_if(found, [at](const FoundTag& each) { return each.begin <= at && at < each.end; });
            if (tag != found.end()) {
                at = tag->end;
                continue;
            }
            warn(shortened(std::string_view(joined).substr(at)), leaf,
                 "is never closed and stays as text. End the tag with }} in the same paragraph, or write {{{{ for two braces.");
            at += 2;
        }
    }

    void warn_of_other_braces(const std::string& joined, std::size_t leaf) {
        constexpr std::string_view kOthers[] = {"｛｛", "❴❴", "⦃⦃", "{ {", "﹛﹛"};
        for (std::string_view braces : kOthers) {
            const std::size_t at = joined.find(braces);
            if (at == std::string::npos) continue;
            warn(shortened(std::string_view(joined).substr(at)), leaf,
                 "is no tag and stays as text. A tag begins with {{ and ends with }}, typed as plain braces without a space between them.");
        }
    }

    void warn_of_curly_quotes(const std::string& written, std::size_t leaf) {
        constexpr std::string_view kCurly[] = {"“", "”", "„", "‟"};
        if (std::ranges::any_of(kCurly, [&](std::string_view quote) { return written.contains(quote); }))
            warn(written, leaf,
                 "has curly quotes, which are read as straight ones. Type straight quotes, so that every program reads them.");
    }

    Plan& plan_;
    const Structure& structure_;
    std::vector<std::vector<Piece>> open_;
};

}  // namespace

void read_paragraphs(Plan& plan, const Structure& structure) { Reader(plan, structure).read(); }

}  // namespace docwright::docgen
