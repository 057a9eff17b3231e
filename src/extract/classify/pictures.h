// Pictures and tables as objects on the page: alternate texts, what kind of figure, what holds what, tables over the page break.
// Fails: never. Cost: linear in drafts and tags.
#pragma once

#include "extract/classify/draft.h"

namespace docwright::extract {

void describe_pictures(PageDrafts& drafts);
void continue_tables(PageDrafts& drafts);

}  // namespace docwright::extract
