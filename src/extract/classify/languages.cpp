#include "extract/classify/languages.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

struct Language {
    std::string_view tag;
    std::u32string_view words;  // parted and enclosed by spaces
};

// The commonest words that are no word, or a rare one, of the other languages here.
constexpr std::array<Language, 17> kLanguages = {{
    {"en", U" the of and to in is that for was with as are this be from have which by not "},
    {"de", U" der die und das ist nicht mit von den zu im ein eine auf für dem des sich auch werden "},
    {"fr", U" le les des et est une dans que pour qui sur pas du avec sont par cette aux ou être "},
    {"es", U" el los las y es una en que por para con del se su como más no lo esta al "},
    {"it", U" il di che è la per un non sono della con del si una gli anche nel dei alla più "},
    {"pt", U" o os e de que do da em um uma para com não por mais dos das ao são se "},
    {"nl", U" de het een van en is dat niet op te zijn voor met aan door wordt ook bij naar deze "},
    {"sv", U" och att det som är av för på den med inte till ett om har de vi kan från "},
    {"da", U" og at det er af en til på for med ikke den der de et som har om var fra "},
    {"nb", U" og er det som på av en til for med ikke den at de et har om fra var eller "},
    {"fi", U" ja on ei se että oli ovat joka mutta kun tai myös sen hän ole kuin niin "},
    {"pl", U" i w na z się nie jest do to że dla jak od przez oraz po są lub ale "},
    {"cs", U" a se na je v že s z do pro by jako jsou není také nebo ale od při "},
    {"tr", U" ve bir bu için ile da de olarak çok daha olan gibi kadar sonra var ne değil "},
    {"hu", U" a az és hogy nem is egy van meg ez csak vagy mint volt már még de "},
    {"ro", U" și de la în a cu pe că este din nu care o pentru mai sau sunt un "},
    {"id", U" yang dan di dengan untuk dari pada ini itu tidak dalam adalah akan oleh atau ke sebagai "},
}};

// A language is told when its small words make up this share of all words, and lead the next.
constexpr double kLeastShare = 0.06;
constexpr std::uint32_t kLeastHits = 2;
constexpr std::size_t kLongestSmallWord = 8;
constexpr std::size_t kMostWords = 4000;
// A script that holds this share of the letters gives the language.
constexpr double kScriptShare = 0.3;

bool in(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

std::string by_script(std::u32string_view text) {
    std::size_t letters = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, ukrainian = 0, greek = 0, arabic = 0, persian = 0, hebrew = 0,
                thai = 0, devanagari = 0;
    for (char32_t c : text) {
        if (!is_letter(c)) continue;
        ++letters;
        if (c < 0x370) continue;
        han += in(c, 0x4E00, 0x9FFF) ? 1 : 0;
        kana += in(c, 0x3040, 0x30FF) ? 1 : 0;
        hangul += in(c, 0xAC00, 0xD7AF) ? 1 : 0;
        cyrillic += in(c, 0x400, 0x4FF) ? 1 : 0;
        ukrainian += c == 0x456 || c == 0x457 || c == 0x454 ? 1 : 0;
        greek += in(c, 0x370, 0x3FF) ? 1 : 0;
        arabic += in(c, 0x600, 0x6FF) ? 1 : 0;
        persian += c == 0x67E || c == 0x686 || c == 0x6AF || c == 0x6CC ? 1 : 0;
        hebrew += in(c, 0x590, 0x5FF) ? 1 : 0;
        thai += in(c, 0xE00, 0xE7F) ? 1 : 0;
        devanagari += in(c, 0x900, 0x97F) ? 1 : 0;
    }
    const auto enough = [&](std::size_t count) {
        return count > 0 && static_cast<double>(count) >= kScriptShare * static_cast<double>(letters);
    };
    if (kana > 0 && enough(kana + han)) return "ja";
    if (enough(hangul)) return "ko";
    if (enough(han)) return "zh";
    if (enough(cyrillic)) return ukrainian > 0 ? "uk" : "ru";
    if (enough(greek)) return "el";
    if (enough(arabic)) return persian > 0 ? "fa" : "ar";
    if (enough(hebrew)) return "he";
    if (enough(thai)) return "th";
    if (enough(devanagari)) return "hi";
    return {};
}

// Small word → the languages that have it, one bit each.
using SmallWords = std::unordered_map<std::u32string_view, std::uint32_t>;

SmallWords read_small_words() {
    SmallWords words;
    for (std::size_t l = 0; l < kLanguages.size(); ++l) {
        std::u32string_view rest = kLanguages[l].words;
        for (std::size_t end = rest.find(U' ', 1); end != std::u32string_view::npos; end = rest.find(U' ', 1)) {
            words[rest.substr(1, end - 1)] |= 1U << l;
            rest.remove_prefix(end);
        }
    }
    return words;
}

}  // namespace

std::string language_of(std::u32string_view text) {
    if (std::string script = by_script(text); !script.empty()) return script;
    static const SmallWords kSmallWords = read_small_words();
    std::array<std::uint32_t, kLanguages.size()> hits{};
    std::array<char32_t, kLongestSmallWord> word{};
    std::size_t words = 0, length = 0;
    for (std::size_t i = 0; i <= text.size() && words < kMostWords; ++i) {
        if (i < text.size() && is_letter(text[i])) {
            if (length < word.size()) word[length] = lower(text[i]);
            ++length;
            continue;
        }
        if (length == 0) continue;
        ++words;
        if (length <= word.size()) {
            const auto found = kSmallWords.find(std::u32string_view(word.data(), length));
            for (std::size_t l = 0; found != kSmallWords.end() && l < kLanguages.size(); ++l)
                if (found->second >> l & 1U) ++hits[l];
        }
        length = 0;
    }
    const auto best = std::max_element(hits.begin(), hits.end());
    if (*best < kLeastHits || *best < kLeastShare * static_cast<double>(words)) return "und";
    return std::string(kLanguages[static_cast<std::size_t>(best - hits.begin())].tag);
}

std::map<std::string, std::uint32_t> count_languages(std::span<const BlockFacts> facts) {
    std::map<std::string, std::uint32_t> counts;
    std::u32string all;
    std::uint32_t glyphs = 0;
    for (const BlockFacts& block : facts) {
        all += block.text;
        all += U' ';
        glyphs += block.glyphs;
    }
    if (glyphs > 0) counts[language_of(all)] = glyphs;
    return counts;
}

}  // namespace docwright::extract
