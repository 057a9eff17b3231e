// Affine maps between the spaces of a PDF: x' = a·x + c·y + e, y' = b·x + d·y + f (ISO 32000-2, 8.3.3).
#pragma once

#include <cmath>

#include "extract/page/geometry.h"

namespace docwright::pdf {

using extract::Box;
using extract::Point;
using extract::Quad;

struct Affine {
    double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

    Point at(double x, double y) const { return {a * x + c * y + e, b * x + d * y + f}; }
    Point at(Point point) const { return at(point.x, point.y); }
    double scale_x() const { return std::hypot(a, b); }  // length of what was one unit along x
    double scale_y() const { return std::hypot(c, d); }
    // Side of a square of equal area: what a line width is multiplied with.
    double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
    // Axes stay axes (perhaps exchanged): upright rectangles stay upright rectangles.
    bool keeps_axes() const {
        constexpr double kSlack = 1e-4;  // of the larger part; writers print four or five digits
        double straight = std::abs(a) + std::abs(d), crossed = std::abs(b) + std::abs(c);
        return crossed <= kSlack * straight || straight <= kSlack * crossed;
    }
};

// First `inner`, then `outer`.
inline Affine followed(const Affine& inner, const Affine& outer) {
    return {inner.a * outer.a + inner.b * outer.c,           inner.a * outer.b + inner.b * outer.d,
            inner.c * outer.a + inner.d * outer.c,           inner.c * outer.b + inner.d * outer.d,
            inner.e * outer.a + inner.f * outer.c + outer.e, inner.e * outer.b + inner.f * outer.d + outer.f};
}

// The point that `map` brings to `point`. The map has an area.
inline Point inverse(const Affine& map, Point point) {
    double determinant = map.a * map.d - map.b * map.c, x = point.x - map.e, y = point.y - map.f;
    return {(map.d * x - map.c * y) / determinant, (map.a * y - map.b * x) / determinant};
}

// The upright box around a mapped rectangle that is given by two opposite corners.
inline Box mapped(const Affine& map, double x1, double y1, double x2, double y2) {
    Point p = map.at(x1, y1), q = map.at(x2, y1), r = map.at(x2, y2), s = map.at(x1, y2);
    return {std::min({p.x, q.x, r.x, s.x}), std::min({p.y, q.y, r.y, s.y}), std::max({p.x, q.x, r.x, s.x}), std::max({p.y, q.y, r.y, s.y})};
}

}  // namespace docwright::pdf
