// Texts → dates.
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "base/ascii.h"
#include "docgen/pictures/date_names.h"
#include "docgen/pictures/date_picture.h"

namespace docwright::docgen {
namespace {

constexpr std::size_t kSecondsDigits = 10, kMillisecondsDigits = 13;
constexpr int kMonths = 12;
constexpr int kFirstOfShortYears = 2000;

struct Token {
    enum class Kind { Number, Word, Mark } kind;
    std::string_view text;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (is_digit(text[at])) {
            while (end < text.size() && is_digit(text[end])) ++end;
            tokens.push_back({Token::Kind::Number, text.substr(at, end - at)});
        } else if (is_letter(text[at])) {
            while (end < text.size() && is_letter(text[end])) ++end;
            tokens.push_back({Token::Kind::Word, text.substr(at, end - at)});
        } else if (text[at] != ' ' && text[at] != '\t') {
            tokens.push_back({Token::Kind::Mark, text.substr(at, 1)});
        }
        at = end;
    }
    return tokens;
}

int number_of(std::string_view digits) {
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() ? number : -1;
}

// 1 for January; 0: no month. "Aug", "Aug.", "august", "Sept".
int month_named(std::string_view word) {
    constexpr std::size_t kShortest = 3;
    if (word.size() < kShortest) return 0;
    for (std::size_t month = 0; month < kMonthNames.size(); ++month) {
        const std::string_view name = kMonthNames[month];
        if (word.size() <= name.size() && same_word(word, name.substr(0, word.size()))) return static_cast<int>(month) + 1;
    }
    return 0;
}

bool is_day_name(std::string_view word) {
    constexpr std::size_t kShortest = 3;
    return word.size() >= kShortest && std::ranges::any_of(kDayNames, [&](std::string_view name) {
               return word.size() <= name.size() && same_word(word, name.substr(0, word.size()));
           });
}

int full_year(const Token& token) {
    constexpr std::size_t kShortDigits = 2, kLongDigits = 4;
    if (token.text.size() == kShortDigits) return kFirstOfShortYears + number_of(token.text);
    return token.text.size() == kLongDigits ? number_of(token.text) : -1;
}

bool in_calendar(const DateTime& date) {
    using namespace std::chrono;
    const year_month_day day{year(date.year), month(static_cast<unsigned>(date.month)), std::chrono::day(static_cast<unsigned>(date.day))};
    constexpr int kLastHour = 23, kLastMinute = 59, kLastSecond = 60;
    return date.year > 0 && date.month > 0 && date.day > 0 && day.ok() && date.hour <= kLastHour && date.minute <= kLastMinute &&
           date.second <= kLastSecond;
}

class Reader {
public:
    explicit Reader(std::string_view text) : tokens_(tokens_of(text)) {}

    std::optional<DateTime> read() {
        if (!(read_numbers() || read_words()) || !read_time() || at_ != tokens_.size()) return std::nullopt;
        return in_calendar(date_) ? std::optional(date_) : std::nullopt;
    }

private:
    const Token* peek(std::size_t ahead = 0) const { return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr; }
    bool is(std::size_t ahead, Token::Kind kind) const { return peek(ahead) && peek(ahead)->kind == kind; }
    bool take_mark(std::string_view marks) {
        if (!is(0, Token::Kind::Mark) || !marks.contains(peek()->text[0])) return false;
        ++at_;
        return true;
    }
    bool take_number(int& number) {
        if (!is(0, Token::Kind::Number)) return false;
        number = number_of(peek()->text);
        ++at_;
        return number >= 0;
    }

    // 2024-01-15, 2025/07/15, 07/15/2025, 15.7.2025
    bool read_numbers() {
        constexpr std::size_t kParts = 5;
        if (tokens_.size() < kParts || !is(0, Token::Kind::Number) || !is(1, Token::Kind::Mark) || !is(2, Token::Kind::Number) ||
            peek(3)->text != peek(1)->text || !is(4, Token::Kind::Number))
            return false;
        const char mark = peek(1)->text[0];
        const int first = number_of(peek()->text), second = number_of(peek(2)->text), third = number_of(peek(4)->text);
        constexpr std::size_t kYearDigits = 4;
        if (peek()->text.size() == kYearDigits && (mark == '-' || mark == '/')) {
            date_ = {.year = first, .month = second, .day = third};
        } else if (mark == '/' || mark == '.' || mark == '-') {
            const bool day_first = mark == '.' || first > kMonths;
            date_ = {.year = full_year(*peek(4)), .month = day_first ? second : first, .day = day_first ? first : second};
        } else {
            return false;
        }
        at_ += kParts;
        return true;
    }

    // August 15, 2025; 15 August 2025; Friday, August 15, 2025; 15th of August 2025 is nobody's habit
    bool read_words() {
        if (is(0, Token::Kind::Word) && is_day_name(peek()->text) && month_named(peek()->text) == 0) {
            ++at_;
            take_mark(",");
        }
        if (is(0, Token::Kind::Number) && !take_number(date_.day)) return false;
        if (!is(0, Token::Kind::Word)) return false;
        date_.month = month_named(peek()->text);
        if (date_.month == 0) return false;
        ++at_;
        take_mark(".");
        const bool day_behind = is(0, Token::Kind::Number) && is(1, Token::Kind::Mark) && is(2, Token::Kind::Number);
        if (day_behind || (is(0, Token::Kind::Number) && is(1, Token::Kind::Number))) {
            if (!take_number(date_.day)) return false;
        }
        take_mark(",");
        if (!is(0, Token::Kind::Number)) return false;
        date_.year = full_year(*peek());
        ++at_;
        return true;
    }

    // T10:00, 10:00:00.123Z, 10:00 PM, +02:00; the zone is passed over
    bool read_time() {
        if (at_ == tokens_.size()) return true;
        take_mark(",");
        if (is(0, Token::Kind::Word) && (peek()->text == "T" || peek()->text == "t" || peek()->text == "at")) ++at_;
        if (!take_number(date_.hour) || !take_mark(":") || !take_number(date_.minute)) return false;
        if (take_mark(":") && !take_number(date_.second)) return false;
        int part = 0;
        if (take_mark(".,") && !take_number(part)) return false;
        if (is(0, Token::Kind::Word)) {
            constexpr int kHalf = 12;
            const char half = ascii_lower(peek()->text[0]);
            if (peek()->text.size() == 2 && ascii_lower(peek()->text[1]) == 'm' && (half == 'a' || half == 'p')) {
                if (date_.hour < 1 || date_.hour > kHalf) return false;
                date_.hour = date_.hour % kHalf + (half == 'p' ? kHalf : 0);
            } else if (peek()->text != "Z" && peek()->text != "z" && peek()->text != "UTC" && peek()->text != "GMT") {
                return false;
            }
            ++at_;
        }
        if (take_mark("+-")) {
            if (!take_number(part)) return false;
            if (take_mark(":") && !take_number(part)) return false;
        }
        return true;
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    DateTime date_;
};

std::optional<DateTime> from_epoch(std::string_view text) {
    constexpr std::int64_t kMilliseconds = 1000;
    if ((text.size() != kSecondsDigits && text.size() != kMillisecondsDigits) || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() == kMillisecondsDigits) number /= kMilliseconds;
    using namespace std::chrono;
    const sys_seconds moment{seconds(number)};
    const sys_days midnight = floor<days>(moment);
    const year_month_day day(midnight);
    const hh_mm_ss time(moment - midnight);
    return DateTime{.year = static_cast<int>(day.year()),
                    .month = static_cast<int>(static_cast<unsigned>(day.month())),
                    .day = static_cast<int>(static_cast<unsigned>(day.day())),
                    .hour = static_cast<int>(time.hours().count()),
                    .minute = static_cast<int>(time.minutes().count()),
                    .second = static_cast<int>(time.seconds().count())};
}

}  // namespace

std::optional<DateTime> parse_date(std::string_view text) {
    constexpr std::size_t kLongest = 64;
    if (text.size() > kLongest) return std::nullopt;
    if (std::optional<DateTime> epoch = from_epoch(text)) return epoch;
    return Reader(text).read();
}

}  // namespace docwright::docgen
