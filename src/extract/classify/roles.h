// Types and roles of text blocks beyond furniture and headings. Each step looks at the drafts that are still plain paragraphs.
// Fails: never. Cost: linear in drafts, but for neighbours that are looked at within a few steps.
#pragma once

#include "extract/classify/draft.h"

namespace docwright::extract {

void find_table_notes(PageDrafts& drafts);  // Footnote with note_of: below a table whose cells call it
void find_captions(PageDrafts& drafts);     // caption_of: the image or table beside it
void find_formulas(PageDrafts& drafts);     // maths set apart, with their numbers
void find_code(PageDrafts& drafts);         // monospaced text; neighbouring lines become one element
void find_contents(PageDrafts& drafts);     // entries of a table of contents or an index
void find_notes(PageDrafts& drafts);        // footnotes at the foot of a column
void find_lists(PageDrafts& drafts);        // items with labels, levels and lists
void find_entries(PageDrafts& drafts);      // cited works, and the entries of an index, by the heading above or the tag
void find_key_values(PageDrafts& drafts);   // "Label: value" lines
void find_quotes(PageDrafts& drafts);
void find_sidebars(PageDrafts& drafts);  // framed blocks become nested paragraphs of one element
void find_run_ons(PageDrafts& drafts);   // text that goes on in the next column or page

}  // namespace docwright::extract
