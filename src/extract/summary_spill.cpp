#include "extract/summary_spill.h"

#include "extract/output/record_kinds.h"
#include "extract/page/byte_codec.h"

namespace docwright::extract {
namespace {

constexpr std::size_t kRecordBytes = 128 * 1024;  // some dozen pages: a call to the system for each would cost more than its bytes

template <class Archive>
void exactly(Archive& a, Box& box) {  // decisions compare boxes, so that rounding them may not come between
    for (double* edge : {&box.left, &box.top, &box.right, &box.bottom}) keep_exact(a, *edge);
}

template <class Archive>
void fields(Archive& a, StyleKey& style) {
    keep(a, style.font);
    keep(a, style.size_tenths);
    keep(a, style.color);
}

template <class Archive>
void fields(Archive& a, EdgeBlock& edge) {
    keep(a, edge.block);
    keep(a, edge.masked);
    keep(a, edge.text);
    exactly(a, edge.box);
    fields(a, edge.style);
    for (double* value : {&edge.size, &edge.white}) keep_exact(a, *value);
    for (bool* value : {&edge.at_top, &edge.ruled_off, &edge.alone, &edge.artifact, &edge.italic, &edge.bold, &edge.caption_like})
        keep(a, *value);
    keep(a, edge.words);
    keep(a, edge.lines);
}

template <class Archive>
void fields(Archive& a, HeadCandidate& head) {
    keep(a, head.block);
    fields(a, head.style);
    keep(a, head.text);
    keep(a, head.number);
    exactly(a, head.box);
    for (double* value : {&head.space_above, &head.space_below, &head.leading}) keep_exact(a, *value);
    for (bool* value : {&head.bold, &head.italic, &head.upper_case, &head.underlined, &head.centered, &head.tagged, &head.ends_sentence,
                        &head.ends_comma, &head.key_value, &head.bullet, &head.item, &head.caption_like, &head.leaders, &head.starts_lower,
                        &head.fills_column, &head.before_text, &head.in_frame, &head.beside_other})
        keep(a, *value);
    for (std::uint32_t* value : {&head.words, &head.letters, &head.lines}) keep(a, *value);
    for (int* value : {&head.tag_level, &head.number_depth}) keep(a, *value);
}

template <class Archive>
void keep_texts(Archive& a, std::vector<std::u32string>& texts) {
    keep_list(a, texts, [](Archive& to, std::u32string& text) { keep(to, text); });
}

template <class Archive>
void fields(Archive& a, TableEdge& edge) {
    keep(a, edge.table);
    exactly(a, edge.box);
    keep_list(a, edge.column_edges, [](Archive& to, double& x) { keep_exact(to, x); });
    keep_texts(a, edge.header_cells);
    keep(a, edge.header_row_count);
    keep_list(a, edge.first_rows, [](Archive& to, std::vector<std::u32string>& row) { keep_texts(to, row); });
    for (bool* value : {&edge.reaches_top, &edge.reaches_bottom, &edge.captioned}) keep(a, *value);
}

template <class Archive>
void fields(Archive& a, TextEdge& edge) {
    keep(a, edge.block);
    fields(a, edge.style);
    for (bool* value :
         {&edge.exists, &edge.ends_sentence, &edge.ends_with_hyphen, &edge.starts_lower, &edge.fills_line, &edge.list_item, &edge.indented})
        keep(a, *value);
}

// What ContextDraft::finish() looks at; what it counts in add() is not kept.
template <class Archive>
void fields(Archive& a, PageSummary& page) {
    keep(a, page.page_index);
    for (double* value : {&page.width, &page.height}) keep_exact(a, *value);
    keep_list(a, page.edges, [](Archive& to, EdgeBlock& edge) { fields(to, edge); });
    keep_list(a, page.heads, [](Archive& to, HeadCandidate& head) { fields(to, head); });
    keep_list(a, page.table_edges, [](Archive& to, TableEdge& edge) { fields(to, edge); });
    fields(a, page.first_text);
    fields(a, page.last_text);
    keep(a, page.tagged);
    keep(a, page.only_edges);
}

}  // namespace

Status SummarySpill::add(const PageSummary& page) {
    ByteWriter writer;
    PageSummary summary = page;
    fields(writer, summary);
    open_ += writer.take();
    return open_.size() < kRecordBytes ? success() : flush();
}

Status SummarySpill::flush() {
    records_.push_back(TRY(log_->append(static_cast<std::uint32_t>(RecordKind::PageSummaries), 0, open_)));
    open_.clear();
    return success();
}

Status SummarySpill::each(const std::function<void(const PageSummary&)>& visit) const {
    const auto give = [&visit](std::string_view bytes) -> Status {
        for (ByteReader reader(bytes); !reader.at_end();) {
            PageSummary page;
            fields(reader, page);
            if (!reader.ok()) return Error{Fault::Internal, "The scratch file cannot be used.", "a summary is damaged"};
            visit(page);
        }
        return success();
    };
    for (const RecordPlace& place : records_) TRY(give(TRY(log_->read(place))));
    return give(open_);
}

}  // namespace docwright::extract
