#include "core/accounts/caller.h"

#include <algorithm>

namespace docwright {

Status require_scope(const Caller& caller, std::string_view scope) {
    if (std::ranges::find(caller.scopes, scope) != caller.scopes.end()) return success();
    return Error{Fault::Forbidden, "This credential has no access to this API: its scopes do not include \"" + std::string(scope) + "\"."};
}

}  // namespace docwright
