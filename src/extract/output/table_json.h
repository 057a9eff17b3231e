// Tables as JSON (contract/structure-info.md, 4.3 and 5.3): one element for all pieces of a table that runs over pages.
// The pieces behind the first are asked for while the table is written, one page at a time, and what was written of each is
// remembered for the time when its page has its turn: numbers of cells, rows left out. Memory: two pieces.
#pragma once

#include <functional>
#include <map>
#include <optional>

#include "extract/output/streams.h"
#include "extract/output/writing.h"

namespace docwright::extract {

// What a page holds of a table that was written with an earlier page.
struct WrittenPiece {
    JoinedPiece joined;
    PageNumbers numbers;  // of the table and its cells, and of what waits for a number on its page
};

// The page so many places behind that of the table, classified; none: there is no such page, or it cannot be read.
using FollowingPage = std::function<Result<std::optional<ReadyPage>>(int places)>;

// Appends the element to `out`. It has its number, its cells get theirs here. `written` (by page index) gets an entry for
// every further page on which a piece stands.
Status write_table(Writing& writing, ScratchText& out, PageDraft& draft, int index, const FollowingPage& following,
                   std::map<int, WrittenPiece>& written);

}  // namespace docwright::extract
