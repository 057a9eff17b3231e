// A part and what its template changes → the steps of its program.
#pragma once

#include "docgen/template/loops.h"
#include "docgen/template/plan.h"
#include "docgen/template/program.h"
#include "docgen/template/structure.h"

namespace docwright::docgen {

// Writes `steps`, `copied` and `own` of the program, whose other members are there already.
void build_steps(Program& program, const Plan& plan, const Structure& structure, const Loops& loops);

}  // namespace docwright::docgen
