// The properties of a run or a paragraph (w:rPr, w:pPr; ECMA-376 part 1, 17.3.1.26 and 17.3.2.28), whose children stand in an
// order that the schema fixes: read, changed, and written in that order.
// Fails: never: properties that are none are empty.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace docwright::docgen {

enum class PropertiesOf { Run, Paragraph };

class Properties {
public:
    // `xml`: the whole element, or empty.
    Properties(PropertiesOf of, std::string_view xml, std::string prefix);

    void set(std::string_view name, std::string_view attributes = {});  // "color", "w:val=\"FF0000\""
    void set_content(std::string_view name, std::string_view content);
    void remove(std::string_view name);
    bool has(std::string_view name) const;
    std::string xml() const;  // empty where there is nothing in it

private:
    struct Child {
        std::string name;  // without prefix; of another namespace: whole
        std::string xml;
    };
    void put(std::string_view name, std::string xml);
    std::size_t rank(std::string_view name) const;
    PropertiesOf of_;
    std::string prefix_;
    std::vector<Child> children_;
};

}  // namespace docwright::docgen
