// Times as text: ISO 8601, UTC.
#pragma once

#include <string>

#include "base/clock.h"

namespace docwright {

std::string utc_text(Microseconds time);          // 2026-11-24T05:50:26.123456Z, always six digits: the event log
std::string utc_text_seconds(Microseconds time);  // 2026-11-24T05:50:26Z

}  // namespace docwright
