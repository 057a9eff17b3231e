#include "docgen/template/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "docgen/template/loops.h"
#include "docgen/template/paragraphs.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {
namespace {

constexpr std::string_view kNamespaces[] = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                            "http://purl.oclc.org/ooxml/wordprocessingml/main"};  // the strict form
constexpr int kMostSpan = 1000;

// "w:", or what this writer calls it; nothing where the part is not WordprocessingML.
std::optional<std::string> prefix_of(std::string_view part, const XmlToken& root) {
    const std::string_view tag = part.substr(root.begin, root.end - root.begin);
    for (std::string_view name : kNamespaces) {
        const std::size_t at = tag.find(name);
        if (at == std::string_view::npos) continue;
        const std::size_t key = tag.rfind("xmlns", at);
        if (key == std::string_view::npos) return std::nullopt;
        const std::string_view declared = tag.substr(key, tag.find('=', key) - key);
        const std::size_t colon = declared.find(':');
        return colon == std::string_view::npos ? std::string() : std::string(declared.substr(colon + 1)) + ":";
    }
    return std::nullopt;
}

class Compiler {
public:
    Compiler(std::string_view part, std::vector<XmlToken> tokens, std::string prefix) : part_(part), tokens_(std::move(tokens)) {
        program_.prefix = std::move(prefix);
    }

    Result<Program> run() {
        texts_ = read_texts(part_, tokens_, program_.prefix);
        find_rows();
        loops_ = TRY(match_loops(texts_, rows_));
        program_.warnings = loops_.warnings;
        list_tags();
        build(0, tokens_.size(), program_.steps);
        return std::move(program_);
    }

private:
    bool is(const XmlToken& token, std::string_view name) const {
        return token.name.size() == program_.prefix.size() + name.size() && token.name.starts_with(program_.prefix) &&
               token.name.ends_with(name);
    }

    void find_rows() {
        std::vector<std::size_t> tables;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            if (tokens_[i].kind == XmlKind::Start && is(tokens_[i], "tbl")) {
                tables.push_back(i);
                rows_[i];
            } else if (tokens_[i].kind == XmlKind::End && is(tokens_[i], "tbl")) {
                tables.pop_back();
            } else if (tokens_[i].kind == XmlKind::Start && is(tokens_[i], "tr") && !tables.empty()) {
                rows_[tables.back()].push_back(i);
            }
        }
    }

    // The innermost loop whose rows hold the tag.
    std::string loop_of(const PlacedTag& tag) const {
        std::string name;
        for (const auto& [row, loop] : loops_.by_row)
            if (row <= tag.row && tag.row <= tokens_[loop.last_row].partner) name = texts_.tags[loop.tag].tag.name;
        return name;
    }

    void list_tags() {
        for (const PlacedTag& placed : texts_.tags) {
            const auto table = rows_.find(placed.table);
            TagPlace place{
                .tag = placed.tag, .text = placed.text, .paragraph = static_cast<int>(placed.paragraph), .loop = loop_of(placed)};
            if (table != rows_.end()) {
                place.table = static_cast<int>(std::distance(rows_.begin(), table)) + 1;
                place.row = static_cast<int>(std::distance(table->second.begin(), std::ranges::find(table->second, placed.row))) + 1;
            }
            if (!placed.tag.problem.empty())
                program_.warnings.push_back(
                    fmt::format("{} in {} shows nothing: {}.", placed.text, place_of(placed, rows_), placed.tag.problem));
            program_.tags.push_back(std::move(place));
        }
    }

    void copy(std::size_t begin, std::size_t end, std::vector<Step>& steps) const {
        if (end > begin) steps.push_back({.kind = StepKind::Bytes, .bytes = part_.substr(begin, end - begin)});
    }
    void put(std::string bytes, std::vector<Step>& steps) {
        steps.push_back({.kind = StepKind::Bytes, .bytes = program_.own.emplace_back(std::move(bytes))});
    }

    // The tokens from first to last, the latter not included.
    void build(std::size_t first, std::size_t last, std::vector<Step>& steps) {
        if (first >= last) return;
        std::size_t copied = tokens_[first].begin;
        for (std::size_t i = first; i < last; ++i) {
            if (tokens_[i].kind != XmlKind::Start) continue;
            const std::size_t before = steps.size();
            const std::size_t end = special(i, steps);
            if (end == i) continue;
            Step bytes{.kind = StepKind::Bytes, .bytes = part_.substr(copied, tokens_[i].begin - copied)};
            if (!bytes.bytes.empty()) steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(before), std::move(bytes));
            copied = tokens_[end].end;
            i = end;
        }
        copy(copied, tokens_[last - 1].end, steps);
    }

    // Steps of an element that is not just copied. Gives the token that ends it; the same token where it is copied.
    std::size_t special(std::size_t i, std::vector<Step>& steps) {
        const XmlToken& token = tokens_[i];
        if (texts_.emptied_runs.contains(i)) return token.partner;
        if (const auto edit = texts_.edits.find(i); edit != texts_.edits.end()) {
            build_text(edit->second, steps);
            return token.partner;
        }
        if (const auto plain = texts_.plain.find(i); plain != texts_.plain.end()) {
            steps.push_back({.kind = StepKind::Text,
                             .bytes = part_.substr(token.begin, tokens_[token.partner].end - token.begin),
                             .plain = plain->second});
            return token.partner;
        }
        if (is(token, "tbl")) return build_element(i, StepKind::Table, steps);
        if (is(token, "tr")) return build_row(i, steps);
        if (is(token, "tc")) return build_cell(i, steps);
        return i;
    }

    std::size_t build_element(std::size_t i, StepKind kind, std::vector<Step>& steps) {
        Step step{.kind = kind};
        copy(tokens_[i].begin, tokens_[i].end, step.body);
        build(i + 1, tokens_[i].partner, step.body);
        copy(tokens_[tokens_[i].partner].begin, tokens_[tokens_[i].partner].end, step.body);
        steps.push_back(std::move(step));
        return tokens_[i].partner;
    }

    std::size_t build_row(std::size_t i, std::vector<Step>& steps) {
        const auto loop = loops_.by_row.find(i);
        if (loop == loops_.by_row.end() || loop->second.tag == building_) {
            const int outer_column = next_column_;
            next_column_ = number_in(i, "gridBefore", 0);
            const std::size_t end = build_element(i, StepKind::Row, steps);
            next_column_ = outer_column;
            return end;
        }
        const std::size_t outer = std::exchange(building_, loop->second.tag), end = tokens_[loop->second.last_row].partner;
        Step step{.kind = StepKind::Loop, .tag = texts_.tags[loop->second.tag].tag};
        build(i, end + 1, step.body);
        building_ = outer;
        steps.push_back(std::move(step));
        return end;
    }

    std::size_t build_cell(std::size_t i, std::vector<Step>& steps) {
        next_column_ += std::clamp(number_in(i, "gridSpan", 1), 1, kMostSpan);
        const int column = next_column_ - 1;
        const std::size_t end = build_element(i, StepKind::Cell, steps);
        steps.back().column = column;
        next_column_ = column + 1;
        return end;
    }

    // The value of a property of the row or cell that starts at the token.
    int number_in(std::size_t i, std::string_view name, int otherwise) const {
        for (std::size_t child = i + 1; child < tokens_[i].partner; ++child) {
            const XmlToken& token = tokens_[child];
            if (is(token, name) && token.kind != XmlKind::End) {
                const std::string_view digits = attribute(part_, token, program_.prefix + "val").value_or("");
                int number = otherwise;
                std::from_chars(digits.data(), digits.data() + digits.size(), number);
                return number;
            }
            if (token.kind == XmlKind::Start && (is(token, "tc") || is(token, "p"))) break;  // properties stand before the content
        }
        return otherwise;
    }

    void build_text(const std::vector<Segment>& segments, std::vector<Step>& steps) {
        std::vector<Step> inside;
        for (const Segment& segment : segments) {
            if (const std::string* text = std::get_if<std::string>(&segment)) {
                std::string escaped;
                append_escaped(escaped, *text);
                inside.push_back({.kind = StepKind::Text, .bytes = program_.own.emplace_back(std::move(escaped)), .plain = *text});
                continue;
            }
            const Tag& tag = texts_.tags[std::get<std::size_t>(segment)].tag;
            if (tag.kind == TagKind::Value || tag.kind == TagKind::RowNumber) inside.push_back({.kind = StepKind::Value, .tag = tag});
            if (tag.kind == TagKind::Formula) inside.push_back({.kind = StepKind::Formula, .tag = tag});
        }
        if (inside.empty()) return;
        put(fmt::format("<{}t xml:space=\"preserve\">", program_.prefix), steps);
        std::ranges::move(inside, std::back_inserter(steps));
        put(fmt::format("</{}t>", program_.prefix), steps);
    }

    static constexpr std::size_t kNoLoop = static_cast<std::size_t>(-1);
    std::string_view part_;
    std::vector<XmlToken> tokens_;
    Program program_;
    PartTexts texts_;
    TableRows rows_;
    Loops loops_;
    std::size_t building_ = kNoLoop;  // the loop whose rows are being built
    int next_column_ = 0;
};

}  // namespace

Result<Program> compile(std::string_view part) {
    std::vector<XmlToken> tokens = TRY(scan_xml(part));
    const auto root =
        std::ranges::find_if(tokens, [](const XmlToken& token) { return token.kind == XmlKind::Start || token.kind == XmlKind::Empty; });
    std::optional<std::string> prefix = prefix_of(part, *root);
    if (!prefix) {
        Program copied;
        copied.steps.push_back({.kind = StepKind::Bytes, .bytes = part});
        return copied;
    }
    return Compiler(part, std::move(tokens), *std::move(prefix)).run();
}

}  // namespace docwright::docgen
