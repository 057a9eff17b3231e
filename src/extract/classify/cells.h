// Tables as elements: the texts of their cells, and the blocks inside a cell. Fails: never. Cost: linear in the table's words.
#pragma once

#include "extract/classify/draft.h"

namespace docwright::extract {

Element table_element(const PageDrafts& drafts, const Block& block);

}  // namespace docwright::extract
