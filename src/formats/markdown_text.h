// Runs → inline Markdown, so escaped that nothing but the marks given is read as one.
#pragma once

#include <string>

#include "formats/blocks.h"

namespace docwright::formats {

enum class LineStart {
    Text,    // the text stands at the start of a line: signs of headings, lists and quotes are escaped there
    Inside,  // something stands before it
    Cell,    // inside a pipe table: "|" is escaped, line feeds become <br>
};

std::string markdown_inline(const Runs& runs, LineStart start);

// The printed label of a list item and a blank; nothing for a plain bullet.
std::string markdown_label(const std::u32string& label);

// For the brackets of an image.
std::string markdown_label_text(const std::u32string& text);

}  // namespace docwright::formats
