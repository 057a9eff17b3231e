// What a template changes in a part, before it becomes steps: the tags, what stands in their places, and what is shown only if a
// condition holds. fields.h, texts.h and blocks.h each write their share; compile() builds the program from it. Places are tokens.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "docgen/template/program.h"
#include "docgen/template/structure.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

struct PlacedTag {
    Tag tag;
    std::string text;       // as written
    std::size_t token = 0;  // the piece of text that it begins in
    bool in_field = false;  // a native field of Word, or in the code of one
};

inline constexpr int kAlways = -1;

// What stands in a piece of text after its tags were found.
struct Segment {
    std::string text = {};    // where it is no tag
    std::size_t tag = kNone;  // place in Plan::tags
    int guard = kAlways;      // shown only if it holds

    bool is_tag() const { return tag != kNone; }
};

// Bytes between two tokens, both included: left out, or shown only if the guard holds.
struct Cut {
    std::size_t last = 0;
    int guard = kAlways;  // kAlways: left out
};

struct Plan {
    std::vector<PlacedTag> tags;                                   // in the order of the part, once all have been found
    std::map<std::size_t, std::vector<Segment>> edits;             // by the piece of text; nothing: it is left out
    std::set<std::size_t> codes;                                   // edited pieces that stay the code of a field
    std::map<std::size_t, std::vector<Segment>> addresses;         // edited attribute w:instr of simple fields
    std::map<std::size_t, std::string> plain;                      // text of unchanged pieces in tables
    std::vector<bool> owned;                                       // by token: pieces of fields, which are no text of their paragraph
    std::map<std::size_t, Cut> cuts;                               // by the first token
    std::set<std::size_t> left_out;                                // elements
    std::set<std::size_t> hollow;                                  // paragraphs of which only the properties stay
    std::map<std::size_t, std::vector<int>> shown_if;              // elements that are shown only if one of the guards holds
    std::map<std::size_t, int> loops_shown_if;                     // the same of whole loops, by their first row
    std::map<std::size_t, std::vector<int>> decided_before;        // decisions made before an element
    std::map<std::size_t, std::vector<int>> decided_before_loops;  // before the loop that begins with this row
    std::vector<Decision> decisions;
    std::vector<Guard> guards;
    std::vector<std::string> warnings;

    std::size_t add_tag(PlacedTag tag) {
        tags.push_back(std::move(tag));
        return tags.size() - 1;
    }
    int add_decision(Decision decision) {
        decisions.push_back(std::move(decision));
        return static_cast<int>(decisions.size()) - 1;
    }
    int add_guard(int decision, int choice, int outer) {
        guards.push_back({decision, choice, outer});
        return static_cast<int>(guards.size()) - 1;
    }
};

// Tags are found field by field and paragraph by paragraph, and a text box stands inside a paragraph: this puts them in order.
void put_in_order(Plan& plan);

// What is left of an element once its conditional pieces are gone.
struct Remains {
    bool always = false;      // something is always shown
    std::vector<int> guards;  // something is shown if one of these holds
};
Remains remains_of_run(const Plan& plan, const Structure& structure, std::size_t run);

// Runs of which nothing is left go; those of which all that is left is conditional go with it.
void drop_empty_runs(Plan& plan, const Structure& structure);

// A content control that is bound to data elsewhere would show that instead of the values put into it.
void unbind_controls(Plan& plan, const Structure& structure);

}  // namespace docwright::docgen
