#include "extract/layout/text_size.h"

#include <cmath>
#include <cstddef>
#include <map>

namespace docwright::extract {

double text_size_of(std::span<const Line> lines) {
    std::map<long, std::size_t> counts;
    for (const Line& line : lines) counts[std::lround(2 * line.size)] += line.glyphs.size();
    std::size_t most = 0;
    double size = 0;
    for (const auto& [half_points, count] : counts) {
        if (count <= most) continue;
        most = count;
        size = static_cast<double>(half_points) / 2;
    }
    return size;
}

}  // namespace docwright::extract
