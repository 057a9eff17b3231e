// Optional content (ISO 32000-2, 8.11): PDFium leaves hidden layers out when it draws, but does not tell which objects are in
// one. So a document that hides a layer by default is read from a copy in which everything hidden carries a mark.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "engines/pdf/object_model.h"

namespace docwright::pdf {

// What the default configuration does not show. Valid while the catalogue's file is.
class HiddenLayers {
public:
    explicit HiddenLayers(QPDFObjectHandle catalog);
    bool none() const { return off_.empty(); }
    bool hide(QPDFObjectHandle content) const;  // the value of an /OC: a group, or a membership dictionary over groups

private:
    std::set<QPDFObjGen> off_;
};

// In the dictionary of a marked-content "OC" whose layer is not shown.
inline constexpr const char* kLayerOffKey = "DocwrightLayerOff";

// The marked copy; nothing if no layer is hidden under the default configuration, which is nearly always.
std::optional<std::string> copy_with_hidden_layers_marked(ObjectModel& model);

}  // namespace docwright::pdf
