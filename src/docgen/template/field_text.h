// The code of one field as text, with what each byte of it comes from: a piece of a run, a field inside it, the end of a paragraph.
#pragma once

#include <string>
#include <vector>

#include "docgen/template/field_spans.h"
#include "docgen/template/plan.h"
#include "docgen/template/structure.h"
#include "docgen/template/tag.h"

namespace docwright::docgen {

struct CodePiece {
    enum class Kind { Text, Object, Field, ParagraphBreak } kind = Kind::Text;
    std::size_t begin = 0, end = 0;  // bytes of the code
    std::size_t token = 0;           // the piece; a break's first token
    std::size_t last = 0;            // a break's last token
    int field = -1;                  // a field's place
};

struct FieldText {
    std::string code;
    std::vector<CodePiece> pieces;  // in order, without gaps
    std::vector<FoundTag> tags;     // in the code
    bool in_order = true;           // false: paragraphs end in it that no other follows
};

FieldText field_text(const Structure& structure, const std::vector<FieldSpan>& fields, const FieldSpan& field);

// What the code shows between two of its bytes, tags put in their places. Tags that begin before are left out.
std::vector<Segment> segments_of(Plan& plan, const FieldText& text, std::size_t begin, std::size_t end, std::size_t token, int guard);

// The same as a text to compare.
std::vector<OperandPart> operand_of(const Structure& structure, const std::vector<FieldSpan>& fields, const FieldText& text,
                                    std::size_t begin, std::size_t end, Plan& plan);

}  // namespace docwright::docgen
