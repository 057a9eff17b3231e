// What lasts from page to page while a result is written.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "extract/output/chains.h"
#include "extract/output/numbering.h"
#include "extract/output/options.h"
#include "extract/output/page_draft.h"
#include "extract/output/pictures.h"
#include "extract/output/slots.h"
#include "extract/output/targets.h"
#include "extract/page/document_facts.h"

namespace docwright::extract {

struct Writing {
    const DocumentFacts& document;
    const OutputOptions options;
    Pictures& pictures;
    const std::vector<PageFrame>& frames;  // by page index: all pages of the document
    Counters counters = {};
    Slots slots = {};
    Targets targets = {};
    Chains chains = {};
    int last_head_level = 0;
    int list_count = 0;
    ListFacts last_item = {};       // of the document so far, with the document's number of its list
    std::map<int, int> lists = {};  // of the present page: its number of a list → the document's
    bool picture_failed = false;    // of the present page
};

}  // namespace docwright::extract
