#include "docgen/template/paragraphs.h"

#include <algorithm>

namespace docwright::docgen {
namespace {

struct Piece {
    std::size_t element;  // token that starts the text element
    std::string text;
};

struct OpenParagraph {
    std::size_t number;
    std::size_t table, row;
    std::vector<Piece> pieces;
};

class Reader {
public:
    Reader(std::string_view part, const std::vector<XmlToken>& tokens, std::string_view prefix)
        : part_(part), tokens_(tokens), prefix_(prefix) {}

    PartTexts read() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const XmlToken& token = tokens_[i];
            if (token.kind == XmlKind::Start) {
                start(token, i);
            } else if (token.kind == XmlKind::End) {
                end(token);
            }
        }
        find_emptied_runs();
        put_in_order();
        return std::move(out_);
    }

private:
    bool is(const XmlToken& token, std::string_view name) const {
        return token.name.size() == prefix_.size() + name.size() && token.name.starts_with(prefix_) && token.name.ends_with(name);
    }

    void start(const XmlToken& token, std::size_t index) {
        if (is(token, "p")) {
            open_.push_back({++paragraphs_, tables_.empty() ? 0 : tables_.back(), rows_.empty() ? 0 : rows_.back(), {}});
        } else if (is(token, "tbl")) {
            tables_.push_back(index);
            rows_.push_back(0);
        } else if (is(token, "tr") && !rows_.empty()) {
            rows_.back() = index;
        } else if (is(token, "del") || is(token, "moveFrom")) {
            ++deleted_;
        } else if (is(token, "t") && !open_.empty() && deleted_ == 0) {
            std::string text;
            for (std::size_t i = index + 1; i < token.partner; ++i)
                if (tokens_[i].kind == XmlKind::Text) text += decoded(part_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin));
            if (open_.back().row != 0) out_.plain[index] = text;
            open_.back().pieces.push_back({index, std::move(text)});
        }
    }

    void end(const XmlToken& token) {
        if (is(token, "p") && !open_.empty()) {
            find_in(open_.back());
            open_.pop_back();
        } else if (is(token, "tbl") && !tables_.empty()) {
            tables_.pop_back();
            rows_.pop_back();
        } else if (is(token, "del") || is(token, "moveFrom")) {
            --deleted_;
        }
    }

    void find_in(const OpenParagraph& paragraph) {
        std::string joined;
        for (const Piece& piece : paragraph.pieces) joined += piece.text;
        const std::vector<FoundTag> found = find_tags(joined);
        std::size_t begin = 0;
        for (const Piece& piece : paragraph.pieces) {
            const std::size_t end = begin + piece.text.size();
            cut(paragraph, piece, joined, begin, end, found);
            begin = end;
        }
    }

    // What is left of [begin, end) of the joined text, which is the piece's, once the tags are taken out.
    void cut(const OpenParagraph& paragraph, const Piece& piece, const std::string& joined, std::size_t begin, std::size_t end,
             const std::vector<FoundTag>& found) {
        std::vector<Segment> segments;
        std::size_t at = begin;
        bool changed = false;
        for (const FoundTag& tag : found) {
            if (tag.end <= begin || tag.begin >= end) continue;
            changed = true;
            if (tag.begin > at) segments.emplace_back(joined.substr(at, tag.begin - at));
            if (tag.begin >= begin) {
                if (tag.escape) {
                    segments.emplace_back(std::string("{{"));
                } else {
                    segments.emplace_back(found_.size());
                    found_.push_back(
                        {tag.tag, joined.substr(tag.begin, tag.end - tag.begin), paragraph.number, paragraph.table, paragraph.row});
                }
            }
            at = std::min(tag.end, end);
        }
        if (!changed) return;
        if (at < end) segments.emplace_back(joined.substr(at, end - at));
        out_.edits[piece.element] = std::move(segments);
        out_.plain.erase(piece.element);
    }

    // A run of which only its properties are left.
    void find_emptied_runs() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].kind != XmlKind::Start || !is(tokens_[i], "r")) continue;
            bool emptied = false, kept = false;
            for (std::size_t child = i + 1; child < tokens_[i].partner; ++child) {
                const XmlToken& token = tokens_[child];
                if (token.kind == XmlKind::Start && is(token, "t")) {
                    const auto edit = out_.edits.find(child);
                    const bool nothing_left = edit != out_.edits.end() && edit->second.empty();
                    emptied = emptied || nothing_left;
                    kept = kept || !nothing_left;
                } else if (token.kind != XmlKind::Other && token.kind != XmlKind::Text && !is(token, "rPr") &&
                           !is(token, "lastRenderedPageBreak")) {
                    kept = true;
                }
                if (token.kind == XmlKind::Start) child = token.partner;
            }
            if (emptied && !kept) out_.emptied_runs.insert(i);
        }
    }

    // A paragraph inside another one (a text box) ends before it: the tags were found in another order than that of the part.
    void put_in_order() {
        for (auto& [element, segments] : out_.edits) {
            for (Segment& segment : segments) {
                if (std::size_t* tag = std::get_if<std::size_t>(&segment)) {
                    out_.tags.push_back(std::move(found_[*tag]));
                    *tag = out_.tags.size() - 1;
                }
            }
        }
    }

    std::string_view part_;
    const std::vector<XmlToken>& tokens_;
    std::string_view prefix_;
    PartTexts out_;
    std::vector<PlacedTag> found_;
    std::vector<OpenParagraph> open_;
    std::vector<std::size_t> tables_, rows_;  // tokens of the open tables, and of the row of each
    std::size_t paragraphs_ = 0;
    int deleted_ = 0;
};

}  // namespace

PartTexts read_texts(std::string_view part, const std::vector<XmlToken>& tokens, std::string_view prefix) {
    return Reader(part, tokens, prefix).read();
}

}  // namespace docwright::docgen
