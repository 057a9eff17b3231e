#include "extract/output/structure_writer.h"

#include <algorithm>
#include <utility>

#include "extract/output/element_json.h"
#include "extract/output/record_kinds.h"
#include "extract/page/keys.h"

namespace docwright::extract {
namespace {

// Stands before every element on scratch and nowhere else: JSON strings hold no raw control characters.
constexpr char kElementMark = '\n';

}  // namespace

StructureWriter::StructureWriter(const DocumentFacts& document, const DocumentContext& context, const std::vector<PageFrame>& frames,
                                 OutputOptions options, Pictures& pictures, RecordLog& log)
    : writing_{.document = document, .options = options, .pictures = pictures, .frames = frames},
      context_(context),
      pages_(log, static_cast<std::uint32_t>(RecordKind::Pages)),
      elements_(log, static_cast<std::uint32_t>(RecordKind::Elements)),
      left_out_(log) {
    for (const OutlineEntry& entry : document.outline) {
        if (entry.page_index >= 0) expect_target(entry.page_index);
    }
}

// Elements behind a table get their numbers after its cells on the following pages.
void StructureWriter::number_up_to_table(PageDraft& draft, int& numbered) {
    const auto count = static_cast<int>(draft.elements().size());
    while (numbered < count) {
        const int index = numbered++;
        const Element& element = draft.elements()[static_cast<std::size_t>(index)];
        if (index == draft.joined.element) continue;
        number_element(writing_, draft, index);
        if (element.type == ElementType::Table) break;
    }
}

Status StructureWriter::write_page(ReadyPage ready, const FollowingPage& following) {
    const int page_index = ready.page.facts.page_index;
    WrittenPiece piece;
    if (const auto written = pieces_.find(page_index); written != pieces_.end()) {
        piece = std::move(written->second);
        pieces_.erase(written);
    }
    PageDraft draft = draft_page(std::move(ready), writing_.document, writing_.options, std::move(piece.joined));
    draft.numbers = std::move(piece.numbers);
    writing_.lists.clear();
    writing_.picture_failed = false;
    JsonText json;
    int numbered = 0;
    for (int index = 0; index < static_cast<int>(draft.elements().size()); ++index) {
        if (index >= numbered) number_up_to_table(draft, numbered);
        if (index == draft.joined.element) continue;
        TRY(elements_.append(std::exchange(any_element_, true) ? "\n," : "\n"));
        if (draft.elements()[static_cast<std::size_t>(index)].type == ElementType::Table) {
            TRY(write_table(writing_, elements_, draft, index, following, pieces_));
            continue;
        }
        TRY(write_element(json, writing_, draft, index));
        TRY(elements_.append(json.text()));
        json.clear();
    }
    writing_.chains.end_page(writing_.slots);
    TRY(left_out_.add_page(writing_, draft));
    write_page_entry(json, draft, writing_.options, writing_.picture_failed, writing_.pictures.limit_reached());
    ++analysed_;
    return add_page_entry(json.text());
}

Status StructureWriter::write_failed_page(int page_index, const std::string& message) {
    JsonText json;
    write_failed_page_entry(json, writing_.frames[static_cast<std::size_t>(page_index)], message);
    writing_.chains.end_page(writing_.slots);
    TRY(left_out_.add_failed_page(writing_, page_index));
    return add_page_entry(json.text());
}

Status StructureWriter::add_page_entry(const std::string& json) {
    return pages_.append(std::exchange(any_page_, true) ? ',' + json : json);
}

Status StructureWriter::finish(ResultFacts facts) {
    writing_.chains.finish(writing_.slots);
    writing_.targets.resolve(writing_.slots);
    TRY(left_out_.finish(writing_));
    JsonText json;
    write_info(json, writing_, context_, facts, analysed_);
    info_ = json.take();
    return success();
}

Status StructureWriter::json(const Sink& out) const {
    const auto expanded = [&](std::string_view chunk) { return writing_.slots.expand(chunk, out); };
    const auto unmarked = [&](std::string_view chunk) -> Status {
        while (!chunk.empty()) {
            const std::size_t mark = std::min(chunk.find(kElementMark), chunk.size());
            if (mark > 0) TRY(expanded(chunk.substr(0, mark)));
            chunk.remove_prefix(std::min(mark + 1, chunk.size()));
        }
        return success();
    };
    JsonText json;
    json.begin_object().key(key::kAnalyzeResult).begin_object().key(key::kVersion);
    write_version(json, writing_.options);
    json.key(key::kPages).begin_array();
    TRY(out(json.drain()));
    TRY(pages_.read(expanded));
    json.end_array().key(key::kElements).begin_array();
    TRY(out(json.drain()));
    TRY(elements_.read(unmarked));
    json.end_array().key(key::kInfo).raw(info_).key(key::kLeftOut).begin_object().key(key::kCounts);
    left_out_.write_counts(json);
    json.key(key::kItems).begin_array();
    TRY(out(json.drain()));
    TRY(left_out_.items().read(expanded));
    json.end_array().end_object().end_object().end_object();
    return out(json.drain());
}

Status StructureWriter::each_element(const Sink& out) const {
    std::string element;
    const auto give = [&]() -> Status {
        std::string_view text = element;
        if (text.starts_with(',')) text.remove_prefix(1);
        if (!text.empty()) TRY(out(text));
        element.clear();
        return success();
    };
    const auto collect = [&](std::string_view piece) {
        element += piece;
        return success();
    };
    const auto split = [&](std::string_view chunk) -> Status {
        while (!chunk.empty()) {
            const std::size_t mark = chunk.find(kElementMark);
            TRY(writing_.slots.expand(chunk.substr(0, mark), collect));
            if (mark == std::string_view::npos) break;
            TRY(give());
            chunk.remove_prefix(mark + 1);
        }
        return success();
    };
    TRY(elements_.read(split));
    return give();
}

}  // namespace docwright::extract
