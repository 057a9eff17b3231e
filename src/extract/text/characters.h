// What single characters are, for the stages that read text: letters, hyphens, sentence ends, spaces, accents.
// Fails: never. Cost: constant.
#pragma once

#include <string>

namespace docwright::extract {

bool is_letter(char32_t code);
bool is_upper(char32_t code);
bool is_lower(char32_t code);
bool is_digit(char32_t code);   // 0 to 9 alone
bool is_hyphen(char32_t code);  // those that may break a word
bool is_sentence_end(char32_t code);
bool is_closing(char32_t code);  // quotes and brackets that may follow the end of a sentence
bool is_space_like(char32_t code);
bool is_leader(char32_t code);  // dots that lead the eye to a page number
bool is_right_to_left(char32_t code);
bool is_ideograph(char32_t code);  // scripts that put no space between words
char32_t lower(char32_t code);

// The combining mark of a spacing accent (´ → U+0301), 0 for anything else.
char32_t combining_of(char32_t code);
// Base and mark as one character; 0 if there is none.
char32_t composed(char32_t base, char32_t mark);

// Presentation forms (ligatures, positional Arabic letters) as plain letters, controls and lone surrogates dropped or replaced
// (contract/structure-info.md, 2 and 4.2); everything else as it is.
std::u32string plain_letters(char32_t code);

}  // namespace docwright::extract
