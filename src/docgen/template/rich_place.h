// Where a tag stands whose value is more than text ({{Image:…}}, {{Html:…}}, {{Link:…}}), and what stands around it: what takes
// its place may have to end the run or the paragraph, and to start it again as it was.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "docgen/template/tag.h"
#include "docgen/template/xml.h"

namespace docwright::docgen {

struct RichPlace {
    std::string prefix;                          // of WordprocessingML, with its colon
    std::string name;                            // for warnings: "{{Image:logo}} in paragraph 3"
    std::string_view run_properties = {};        // "<w:rPr>…</w:rPr>" of the run; empty: none. A view of the part's bytes.
    std::string_view paragraph_properties = {};  // likewise
    bool in_paragraph = false;                   // the run is a child of the paragraph: both may be ended
    bool in_link = false;                        // inside a hyperlink, which holds no other
    bool whole_paragraph = false;                // what takes its place is paragraphs, not the content of a text element
    bool strict = false;                         // the part is written in the strict form of the standard
};

// Gives XML in place of the tag: inside a text element, which it may end and must start again, or paragraphs. nullptr: no value.
using ShowRich = std::function<Result<std::string>(const Tag& tag, const json::value* value, const RichPlace& place)>;

// `text_element`: the token that starts it.
RichPlace rich_place(std::string_view part, const std::vector<XmlToken>& tokens, std::size_t text_element, const std::string& prefix);

// What is left of a text element once its tags were found.
enum class TextLeft { Nothing, OneTag, More };

// The text element with a tag that is all there is in the paragraph that starts at the token; otherwise nothing.
std::optional<std::size_t> lone_tag(const std::vector<XmlToken>& tokens, std::size_t paragraph, const std::string& prefix,
                                    const std::function<TextLeft(std::size_t text_element)>& left);

}  // namespace docwright::docgen
