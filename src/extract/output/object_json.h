// Elements read from objects of the file: links and annotations (contract/structure-info.md, 4.3), and small pieces that
// several types share.
#pragma once

#include <string_view>
#include <vector>

#include "extract/output/writing.h"

namespace docwright::extract {

void write_hyperlink(JsonText& json, Writing& writing, PageDraft& draft, int index);
void write_annotation(JsonText& json, Writing& writing, PageDraft& draft, int index);

// The link object of a hyperlink element, its own when it was printed without one.
const Link& link_of(const PageDraft& draft, const Element& element);

// `name`:["paragraph3", …] for elements of the page; nothing when there are none.
void write_id_list(JsonText& json, std::string_view name, Writing& writing, PageDraft& draft, const std::vector<int>& elements);

// The image is shown from edge to edge: its clip cuts nothing off.
bool drawn_whole(const ImagePlacement& image);

// A date with at most what the contract allows, or "": what a file says may be anything.
std::string date_or_nothing(std::string_view date);

}  // namespace docwright::extract
