#include "docgen/template/plain_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kDrawingNamespaces[] = {"http://schemas.openxmlformats.org/drawingml/2006/main",
                                                   "http://purl.oclc.org/ooxml/drawingml/main"};

// "a:", or what the part calls DrawingML; wherever it is declared first.
std::optional<std::string> drawing_prefix(std::string_view part) {
    for (std::string_view name : kDrawingNamespaces) {
        const std::size_t at = part.find(name);
        const std::size_t key = at == std::string_view::npos ? at : part.rfind("xmlns", at);
        if (key == std::string_view::npos) continue;
        const std::string_view declared = part.substr(key, part.find('=', key) - key);
        const std::size_t colon = declared.find(':');
        return colon == std::string_view::npos ? std::string() : std::string(declared.substr(colon + 1)) + ":";
    }
    return std::nullopt;
}

// Texts that are joined to find tags in them: those of one paragraph of DrawingML, or a single one.
struct Piece {
    std::size_t begin, end;  // bytes of the part
    std::string text;
};

class Compiler {
public:
    Compiler(std::string_view part, const std::vector<XmlToken>& tokens) : part_(part), tokens_(tokens) { program_.plain = true; }

    Program run() {
        const std::optional<std::string> prefix = drawing_prefix(part_);
        const std::string paragraph = prefix ? *prefix + "p" : "", text = prefix ? *prefix + "t" : "";
        bool in_paragraph = false, in_text = false;  // between the runs of a paragraph stands nothing but white space
        std::vector<Piece> pieces;
        for (const XmlToken& token : tokens_) {
            const bool bounds = !paragraph.empty() && token.name == paragraph;
            if (bounds) in_paragraph = token.kind == XmlKind::Start;
            if (token.kind == XmlKind::Text && (!in_paragraph || in_text))
                pieces.push_back({token.begin, token.end, decoded(part_.substr(token.begin, token.end - token.begin))});
            in_text = token.kind == XmlKind::Start && token.name == text;
            if (bounds || !in_paragraph) {
                put(pieces);
                pieces.clear();
            }
        }
        copy_to(part_.size());
        return std::move(program_);
    }

private:
    void copy_to(std::size_t end) {
        if (end > copied_) program_.steps.push_back({.kind = StepKind::Bytes, .bytes = part_.substr(copied_, end - copied_)});
        copied_ = end;
    }

    void put(const std::vector<Piece>& pieces) {
        std::string joined;
        for (const Piece& piece : pieces) joined += piece.text;
        if (!joined.contains("{{")) return;
        const std::vector<FoundTag> found = find_tags(joined);
        std::size_t begin = 0;
        for (const Piece& piece : pieces) {
            cut(piece, begin, joined, found);
            begin += piece.text.size();
        }
    }

    // What is left of the piece, which begins there in the joined text. A tag belongs to the piece in which it begins.
    void cut(const Piece& piece, std::size_t begin, const std::string& joined, const std::vector<FoundTag>& found) {
        const std::size_t end = begin + piece.text.size();
        const auto touches = [&](const FoundTag& tag) { return tag.end > begin && tag.begin < end; };
        if (std::ranges::none_of(found, touches)) return;
        copy_to(piece.begin);
        copied_ = piece.end;
        std::size_t at = begin;
        for (const FoundTag& each : found) {
            if (!touches(each)) continue;
            if (each.begin > at) put_literal(joined.substr(at, each.begin - at));
            if (each.begin >= begin && each.escape) put_literal("{{");
            if (each.begin >= begin && !each.escape) put_tag(each.tag, joined.substr(each.begin, each.end - each.begin));
            at = std::min(each.end, end);
        }
        put_literal(joined.substr(at, end - at));
    }

    void put_literal(std::string_view text) {
        if (text.empty()) return;
        std::string escaped;
        append_escaped(escaped, text);
        program_.steps.push_back({.kind = StepKind::Bytes, .bytes = program_.own.emplace_back(std::move(escaped))});
    }

    void put_tag(const Tag& tag, const std::string& text) {
        program_.tags.push_back({.tag = tag, .text = text});
        if (tag.kind == TagKind::Value) {
            program_.steps.push_back({.kind = StepKind::Value, .tag = tag, .listed = static_cast<int>(program_.tags.size()) - 1});
        } else {
            program_.warnings.push_back(
                fmt::format("{} shows nothing: {}.", text, tag.problem.empty() ? "only single values can stand here" : tag.problem));
        }
    }

    std::string_view part_;
    const std::vector<XmlToken>& tokens_;
    std::size_t copied_ = 0;
    Program program_;
};

}  // namespace

Result<Program> compile_plain(std::string_view part) {
    const std::vector<XmlToken> tokens = TRY(scan_xml(part));
    return Compiler(part, tokens).run();
}

}  // namespace docwright::docgen
