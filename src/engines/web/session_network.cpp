#include "engines/web/session_network.h"

namespace docwright::web {

std::unique_ptr<Network> network_over(int) { return nullptr; }

}  // namespace docwright::web
