// Elements of page after page → StructureInfo.json (contract/structure-info.md), kept on scratch until it is asked for.
// Pages come in order, each once; a page that could not be analysed comes as failed.
// Holds for any elements: ids and orders, boxes, references, spans, grids and counts as section 10 of the contract says.
// Memory: one page, two pieces of a table that runs on, and a few words for each reference to what comes later.
// Fails with what scratch fails with.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "extract/output/info_json.h"
#include "extract/output/left_out.h"
#include "extract/output/streams.h"
#include "extract/output/table_json.h"
#include "extract/output/writing.h"
#include "extract/page/context.h"

namespace docwright::extract {

using Sink = std::function<Status(std::string_view)>;

class StructureWriter {
public:
    // Everything given must outlive the writer. `frames`: all pages of the document.
    StructureWriter(const DocumentFacts& document, const DocumentContext& context, const std::vector<PageFrame>& frames,
                    OutputOptions options, Pictures& pictures, RecordLog& log);

    // Before the first page: pages that links point to.
    void expect_target(int page_index) { writing_.targets.want_page(page_index); }

    Status write_page(ReadyPage ready, const FollowingPage& following);
    Status write_failed_page(int page_index, const std::string& message);
    Status finish(ResultFacts facts);

    int analysed_pages() const { return analysed_; }

    // After finish(). The whole file; and its elements alone, each as one JSON object in one call.
    Status json(const Sink& out) const;
    Status each_element(const Sink& out) const;
    const std::string& info() const { return info_; }  // the object

private:
    void number_up_to_table(PageDraft& draft, int& numbered);
    Status add_page_entry(const std::string& json);
    Writing writing_;
    const DocumentContext& context_;
    ScratchText pages_;
    ScratchText elements_;  // one to a line, the line end first: each as ",{…}" but the first
    LeftOutAccount left_out_;
    std::map<int, WrittenPiece> pieces_;
    std::string info_;
    bool any_page_ = false;
    bool any_element_ = false;
    int analysed_ = 0;
};

}  // namespace docwright::extract
