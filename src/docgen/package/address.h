// Addresses that a value may put into a document (contract/docgen.md, 4.2 and 10): http, https and mailto; nothing else is made a
// link, so that no value reaches a file, a script or a program. Written as RFC 3986 wants them: Office programs call a document
// damaged whose links they cannot read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "docgen/template/tag.h"

namespace docwright::docgen {

// Nothing: another scheme, or no address.
std::optional<std::string> safe_address(std::string_view address);

// A value inside an address: everything but letters, digits and "-._~/" as %XX.
std::string percent_encoded(std::string_view value);

// A hyperlink's target with tags in it, whose braces Office programs write as %7B and %7D.
struct AddressTemplate {
    struct Piece {
        std::string text;  // of the address, if there is no tag
        std::optional<Tag> tag;
        std::string written = {};  // the tag, for its author
    };
    std::vector<Piece> pieces;
};
// Nothing: there is no tag in it.
std::optional<AddressTemplate> address_template(std::string_view target);

}  // namespace docwright::docgen
