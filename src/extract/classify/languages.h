// The language of a text by its script and its commonest small words. BCP 47 tags: "en", "de", "ja", "und" for unknown.
// Fails: never. Cost: linear in the text.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "extract/classify/block_facts.h"

namespace docwright::extract {

std::string language_of(std::u32string_view text);

// Glyphs by language of the blocks' texts.
std::map<std::string, std::uint32_t> count_languages(std::span<const BlockFacts> facts);

}  // namespace docwright::extract
