// What the scratch of one extraction knows (extract/output/record_kinds.h): pages that are read, fonts in the order first seen,
// and which pages an earlier attempt had begun when it ended. Fails with what the log fails with.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/output/pictures.h"
#include "extract/output/record_kinds.h"
#include "extract/output/record_log.h"
#include "extract/page/document_facts.h"
#include "extract/page/page_facts.h"

namespace docwright::extract {

constexpr std::uint64_t kScratchVersion = 1;  // rises when a kind of record changes its bytes

constexpr std::uint32_t number(RecordKind kind) { return static_cast<std::uint32_t>(kind); }

struct SpilledPage {
    bool good = false;
    RecordPlace place;
    std::string message;  // why it is not good
};

// Everything of the task that scratch knows or will know.
struct Spill {
    std::vector<FontFacts> fonts;      // of the document, in the order first seen
    std::map<int, SpilledPage> pages;  // by page index
    std::map<int, int> reading_begun;  // by page index: attempts that ended in it
    std::map<int, int> writing_begun;
};

// Takes a record in; false: it is not this task's, or makes no sense.
bool take_record(const RecordHead& head, std::string_view bytes, const std::string& task, Spill& spill, Pictures& pictures, bool& started);

// Fonts by value: the reader numbers them in the order in which this process saw them, the document in the order of its pages.
class FontNumbers {
public:
    FontNumbers(RecordLog& log, std::vector<FontFacts>& fonts) : log_(&log), fonts_(&fonts) {}

    Status renumber(PageFacts& facts, const std::vector<FontFacts>& of_source);

    // All fonts so far, as they are now: other threads may look at them while more are added here.
    std::shared_ptr<const std::vector<FontFacts>> known();

private:
    FontIndex number_of(const FontFacts& font, FontIndex in_source);
    RecordLog* log_;
    std::vector<FontFacts>* fonts_;
    std::map<FontIndex, FontIndex> of_source_;
    std::map<std::string, FontIndex> by_facts_;
    std::shared_ptr<const std::vector<FontFacts>> known_;
};

}  // namespace docwright::extract
