#include "extract/classify/headings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "base/utf8.h"
#include "extract/text/characters.h"

namespace docwright::extract {

namespace {

constexpr double kTenths = 10;
// Evidence for and against a heading, in log odds; a candidate is one above kNeeded. Signs follow from print practice: size and
// weight are what sets headings apart, sentences and lists are what they are confused with.
constexpr double kNeeded = 1.0;
constexpr double kPrior = -2.2;
constexpr double kPerSizeStep = 11.0;  // times ln(size / body): 12 % larger gives 1.25
constexpr double kMostSize = 4.5;
constexpr double kSmallerThanBody = -1.6;
constexpr double kBold = 2.4;
constexpr double kUpperCase = 1.3;
constexpr double kUnderlined = 1.5;
constexpr double kItalic = 0.5;
constexpr double kColored = 1.2;
constexpr double kOtherFont = 0.5;
constexpr double kCentered = 0.5;
constexpr double kNumbered = 0.8;
constexpr double kDeepNumber = 1.4;  // "2.1" is seldom a list
constexpr double kSetOff = 0.8;      // more white above than in the text
constexpr double kCrowded = -0.7;
constexpr double kFollowed = 0.5;
constexpr double kLast = -1.2;  // nothing comes after it
constexpr double kOutline = 4.0;
constexpr double kTagged = 3.5;
constexpr double kTaggedOther = -1.2;
constexpr double kSentence = -1.7;
constexpr double kComma = -2.0;
constexpr double kLowerStart = -1.3;
constexpr double kLong = -0.9;  // per started dozen of words beyond the first
constexpr double kManyLines = -0.8;
constexpr double kBullet = -4.0;
constexpr double kItem = -2.2;
constexpr double kCaption = -5.0;
constexpr double kLeaders = -5.0;
constexpr double kKeyValue = -2.2;
constexpr double kBeside = -2.5;
constexpr double kFillsColumn = -0.6;
constexpr double kFewLetters = -2.5;
constexpr double kCommonStyle = -2.5;
constexpr double kInFrame = -0.8;

constexpr std::uint32_t kWordsPerStep = 12;
constexpr double kSmaller = 0.97;
constexpr double kLarger = 1.04;
constexpr double kSetOffLeading = 0.75;  // white above in leadings of the body
constexpr double kLetterShare = 0.4;
// A style that carries this share of the document's glyphs is text, whatever it looks like.
constexpr double kCommonShare = 0.3;
constexpr int kGrey = 40;  // channels that differ by less have no colour
constexpr double kLowestScore = 0.55;
constexpr double kHighestScore = 0.98;

bool is_colored(std::uint32_t color) {
    const int red = static_cast<int>(color >> 16 & 0xFF), green = static_cast<int>(color >> 8 & 0xFF),
              blue = static_cast<int>(color & 0xFF);
    return std::max({red, green, blue}) - std::min({red, green, blue}) > kGrey;
}

std::u32string letters_of(std::u32string_view text) {
    std::u32string out;
    for (char32_t c : text)
        if (is_letter(c) || is_digit(c)) out.push_back(lower(c));
    return out;
}

}  // namespace

struct HeadingFinder::Judge {
    HeadingInput input;
    double body_size = 0;
    std::map<int, std::map<std::u32string, int>> outline;  // per page: letters of the title → level

    explicit Judge(HeadingInput from);
    double odds(const PageSummary& page, const HeadCandidate& head) const;
    double look(const HeadCandidate& head) const;
    double words(const HeadCandidate& head) const;
    double place(const HeadCandidate& head) const;
    int outline_level(int page_index, const HeadCandidate& head) const;
};

HeadingFinder::Judge::Judge(HeadingInput from) : input(std::move(from)), body_size(input.body.size_tenths / kTenths) {
    for (const OutlineEntry& entry : input.document.outline)
        outline[entry.page_index].emplace(letters_of(code_points_of(entry.title)), entry.level);
}

int HeadingFinder::Judge::outline_level(int page_index, const HeadCandidate& head) const {
    const auto page = outline.find(page_index);
    if (page == outline.end()) return 0;
    const std::u32string letters = letters_of(head.text);
    const auto found = page->second.find(letters);
    if (found != page->second.end()) return found->second;
    for (const auto& [title, level] : page->second)  // bookmarks often leave the number out
        if (!title.empty() && letters.size() > title.size() && letters.ends_with(title) && title.size() * 2 > letters.size()) return level;
    return 0;
}

double HeadingFinder::Judge::look(const HeadCandidate& head) const {
    const double size = head.style.size_tenths / kTenths;
    double sum = 0;
    if (size >= kLarger * body_size) sum += std::min(kMostSize, kPerSizeStep * std::log(size / body_size));
    if (size < kSmaller * body_size) sum += kSmallerThanBody;
    const bool body_bold = input.body.font < input.document.fonts.size() && input.document.fonts[input.body.font].weight >= 600;
    if (head.bold && !body_bold) sum += kBold;
    if (head.upper_case) sum += kUpperCase;
    if (head.underlined) sum += kUnderlined;
    if (head.italic && !head.bold) sum += kItalic;
    if (is_colored(head.style.color) && head.style.color != input.body.color) sum += kColored;
    if (head.style.font != input.body.font && !head.bold && !head.italic) sum += kOtherFont;
    if (const auto share = input.shares.find(head.style); share != input.shares.end() && share->second > kCommonShare) sum += kCommonStyle;
    return sum;
}

double HeadingFinder::Judge::words(const HeadCandidate& head) const {
    double sum = 0;
    if (!head.number.empty()) sum += kNumbered;
    if (head.number_depth > 1) sum += kDeepNumber;
    if (head.ends_sentence) sum += head.text.ends_with(U':') || head.text.ends_with(U'?') ? kSentence / 2 : kSentence;
    if (head.ends_comma) sum += kComma;
    if (head.starts_lower) sum += kLowerStart;
    if (head.words > kWordsPerStep) sum += kLong * (head.words - 1) / kWordsPerStep;
    if (head.lines > 3) sum += kManyLines;
    if (head.bullet) sum += kBullet;
    if (head.item) sum += kItem;
    if (head.caption_like) sum += kCaption;
    if (head.leaders) sum += kLeaders;
    if (head.key_value) sum += kKeyValue;
    if (static_cast<double>(head.letters) < kLetterShare * static_cast<double>(head.text.size())) sum += kFewLetters;
    return sum;
}

double HeadingFinder::Judge::place(const HeadCandidate& head) const {
    double sum = 0;
    if (head.centered) sum += kCentered;
    const double leading = input.body_leading > 0 ? input.body_leading : body_size;
    if (head.space_above >= kSetOffLeading * leading) {
        sum += kSetOff;
    } else if (head.space_above > 0) {
        sum += kCrowded;
    }
    sum += head.before_text ? kFollowed : kLast;
    if (head.beside_other) sum += kBeside;
    if (head.fills_column && head.lines == 1) sum += kFillsColumn;
    if (head.in_frame) sum += kInFrame;
    return sum;
}

double HeadingFinder::Judge::odds(const PageSummary& page, const HeadCandidate& head) const {
    double sum = kPrior + look(head) + words(head) + place(head);
    if (outline_level(page.page_index, head) > 0) sum += kOutline;
    if (head.tag_level > 0) {
        sum += kTagged;
    } else if (head.tagged) {
        sum += kTaggedOther;
    }
    return sum;
}

EntrySection section_under(std::u32string_view heading) {
    constexpr std::array<std::u32string_view, 12> kReferences = {
        U"references", U"bibliography",         U"workscited", U"literaturecited", U"referencescited", U"literature",
        U"literatur",  U"literaturverzeichnis", U"références", U"bibliographie",   U"referencias",     U"bibliografía"};
    constexpr std::array<std::u32string_view, 8> kIndex = {U"index",    U"subjectindex",         U"nameindex", U"generalindex",
                                                           U"register", U"stichwortverzeichnis", U"índice",    U"sachregister"};
    std::u32string letters;
    for (char32_t c : heading)
        if (is_letter(c)) letters.push_back(lower(c));
    if (std::ranges::find(kReferences, letters) != kReferences.end()) return EntrySection::References;
    return std::ranges::find(kIndex, letters) != kIndex.end() ? EntrySection::Index : EntrySection::None;
}

HeadingFinder::HeadingFinder(HeadingInput input) : judge_(std::make_unique<Judge>(std::move(input))) {}
HeadingFinder::~HeadingFinder() = default;

void HeadingFinder::add(const PageSummary& page, PageContext& context) {
    if (page.page_index == 0) first_page_height_ = page.height;
    context.section_at_top = section_;
    for (const HeadCandidate& head : page.heads) {
        const auto is_head = [&](const FurnitureDecision& decision) { return decision.block == head.block; };
        if (std::ranges::any_of(context.furniture, is_head)) continue;
        const double odds = judge_->odds(page, head);
        if (odds < kNeeded) continue;
        const double score = std::clamp(1 / (1 + std::exp(-odds)), kLowestScore, kHighestScore);
        heads_.push_back({.page = static_cast<std::uint32_t>(page.page_index),
                          .place = static_cast<std::uint32_t>(context.heads.size()),
                          .size = head.style.size_tenths / kTenths,
                          .top = head.box.top,
                          .bold = head.bold,
                          .upper_case = head.upper_case,
                          .italic = head.italic,
                          .number_depth = head.number.empty() ? -1 : head.number_depth,
                          .tag_level = head.tag_level,
                          .outline_level = judge_->outline_level(page.page_index, head)});
        context.heads.push_back({.block = head.block, .score = score});
        if (head.letters > 1 || section_ != EntrySection::Index) section_ = section_under(head.text);  // the letters of an index part it
    }
}

void HeadingFinder::give_levels(std::span<PageContext> pages) {
    extract::give_levels(heads_, judge_->body_size, first_page_height_);
    for (const LevelledHead& head : heads_) {
        HeadDecision& decision = pages[head.page].heads[head.place];
        decision.title = head.title;
        decision.level = head.level;
    }
}

}  // namespace docwright::extract
