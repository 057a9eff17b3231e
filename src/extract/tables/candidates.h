// All drafts of a page with their features and verdicts, before the best set is chosen: for the judge's training
// (script/train_tables.py) and for the debug picture. Units: points.
#pragma once

#include <vector>

#include "extract/tables/judge.h"

namespace docwright::extract::tables {

// At least two rows and two columns each; in the order of the proposers.
std::vector<Candidate> candidates_of(const PageFacts& facts, const PageWords& page);

}  // namespace docwright::extract::tables
