// The tags of a template: {{name}}, {{name \# picture}}, {{TableStart:items}}, {{=SUM(ABOVE)}} … (contract/docgen.md, 4.1, 9, 10).
// Texts are UTF-8; places are bytes. Fails: never: what is no known tag is Unknown, which shows nothing, and says why.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace docwright::docgen {

enum class TagKind { Value, LoopStart, LoopEnd, RowNumber, Formula, If, Else, EndIf, Image, Html, Link, Unknown };
enum class Function { Sum, Average, Count, Minimum, Maximum, Product };
enum class Direction { Above, Below, Left, Right };

struct Switches {
    std::optional<std::string> number;  // \# picture, or a word such as Currency
    std::optional<std::string> date;    // \@ picture
    std::vector<std::string> formats;   // \* words, in order
    std::string before, after;          // \b and \f: texts around a value that is not empty
    double width = 0, height = 0;       // \w and \h of an image, points; 0: not given
};

struct Tag {
    TagKind kind = TagKind::Unknown;
    std::string name;  // dotted path of a value, loop, image …; "." the item itself
    Switches switches;
    Function function = Function::Sum;       // Formula
    Direction direction = Direction::Above;  // Formula
    int rows = 1;                            // LoopStart: table rows that repeat together
    std::optional<std::string> equals;       // If: the text that the value is compared with
    std::string problem;                     // Unknown: for the template's author
};

// What stands between the braces. Spaces around it, curly quotes and the case of the words of the language do not matter.
Tag parse_tag(std::string_view content);

struct FoundTag {
    std::size_t begin = 0, end = 0;  // braces included
    Tag tag;                         // Unknown and without problem: an escaped "{{{{", shown as "{{"
    bool escape = false;
};

// In a paragraph's text, from left to right. Braces that are not closed are text.
std::vector<FoundTag> find_tags(std::string_view text);

}  // namespace docwright::docgen
