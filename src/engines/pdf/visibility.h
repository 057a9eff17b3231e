// Does a reader of the page see it? (contract/structure-info.md, 6.4.) Glyphs get their reason for being hidden; rulings and
// fills that do not stand out from what lies behind them, or that are painted over, are dropped.
#pragma once

#include "engines/pdf/backdrop.h"
#include "engines/pdf/page_objects.h"

namespace docwright::pdf {

void mark_hidden_glyphs(const PageObjects& objects, const Backdrop& backdrop, const Box& page, extract::PageFacts& facts);
void drop_unseen_paths(const Backdrop& backdrop, Painted& painted);

}  // namespace docwright::pdf
