// Where links, bookmarks and actions lead (ISO 32000-2, 12.3.2 and 12.6).
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engines/pdf/object_model.h"
#include "extract/page/page_facts.h"

namespace docwright::pdf {

class Destinations {
public:
    explicit Destinations(ObjectModel& model) : model_(model) {}

    // Of an annotation or a bookmark: its /Dest, else its /A.
    extract::LinkTarget target_of(QPDFObjectHandle holder);

private:
    extract::LinkTarget of_destination(QPDFObjectHandle destination);
    extract::LinkTarget of_explicit(QPDFObjectHandle array);
    extract::LinkTarget of_name(const std::string& name);
    extract::LinkTarget of_action(QPDFObjectHandle action);
    void list_names();

    ObjectModel& model_;
    std::optional<std::map<std::string, extract::LinkTarget>> by_name_;  // resolved once, when the first name is asked for
};

// The file that a file specification names.
std::string file_name_of(QPDFObjectHandle specification);

}  // namespace docwright::pdf
