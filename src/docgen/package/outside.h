// What of a template leads out of it, and what must not be in a document that we hand on (contract/docgen.md, 11): targets that
// an Office program would load by itself, and macros. Nothing is ever fetched here.
//   hyperlinks                       stay: nothing loads them
//   attached template                becomes Word's own: the one named is on its author's computer, or anywhere
//   pictures, sound, films           stay when http(s), else lead nowhere: files beside the document or on a server
//   sources of a mail merge          lead nowhere
//   other documents inside this one  refused: subdocuments, frames, linked objects, and what is unknown
// Errors: InvalidInput: the last line above; relationships in a circle, or out of the package.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "docgen/package/content_types.h"
#include "docgen/package/relationships.h"

namespace docwright::docgen {

using AllRelationships = std::map<std::string, Relationships>;  // by the part that owns them

// Parts in a circle: no Office program writes them, and those that follow them never end.
Status check_circles(const AllRelationships& all);

// Changes what may not stay; says so in `warnings`.
Status close_outside(AllRelationships& all, std::vector<std::string>& warnings);

// Takes the macros out of relationships and types; gives the parts that are to be left out. The main part gets the type of a
// document where it is a template or has macros.
std::set<std::string> drop_macros(AllRelationships& all, ContentTypes& types, const std::string& main_part);

}  // namespace docwright::docgen
