// A tag that finds no value often names one that is there, but with other capitals.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace docwright::docgen {

// The path in the value that is spelt like the name but for the case of its letters: "Customer.Name" → "customer.name". Empty:
// none, or the value has the name as it is.
std::string similar_name(const json::value& value, std::string_view name);

}  // namespace docwright::docgen
