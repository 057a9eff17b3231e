// Pieces of HTML that the HTML writer and the Markdown writer share: runs and tables.
#pragma once

#include <string>

#include "formats/blocks.h"

namespace docwright::formats {

std::string html_escaped(std::u32string_view text);  // for content and for attributes in double quotes
std::string html_escaped(std::string_view utf8);

// Runs with their marks; line feeds become <br>.
std::string html_inline(const Runs& runs);

// <table id="…"><caption>… on several lines, none of them blank, so that Markdown keeps it in one piece.
std::string html_table(const Block& table);

}  // namespace docwright::formats
