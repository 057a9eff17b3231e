// The first proposer: tables whose cells are drawn. Crossings of rulings make a grid, a missing wall makes a span.
// Takes the meshes of the page. Gives a draft per mesh that has at least two rows or two columns of cells; sides that are left
// open are closed where the lines of the other axis end. Units: points. Fails: never. Cost: linear in grid positions and rulings.
#pragma once

#include <optional>

#include "extract/tables/draft.h"
#include "extract/tables/mesh.h"

namespace docwright::extract::tables {

std::optional<Draft> draft_ruled(const Mesh& mesh, const PageWords& page);

}  // namespace docwright::extract::tables
