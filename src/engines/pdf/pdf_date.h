// Dates of a PDF (ISO 32000-2, 7.9.4): "D:20250131102030+01'00'" → ISO 8601.
#pragma once

#include <string>
#include <string_view>

namespace docwright::pdf {

std::string local_date(std::string_view date);  // "2025-01-31T10:20:30+01:00"; without an offset if the file has none
std::string utc_date(std::string_view date);    // "2025-01-31T09:20:30Z"; without a zone it is taken as UTC
// Both: empty if it is no date.

}  // namespace docwright::pdf
