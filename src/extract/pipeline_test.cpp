// The two passes over pages that a test makes up: resuming, giving up, hostile values; no PDF is read.
#include "extract/pipeline.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <map>
#include <memory>

#include "base/json.h"
#include "extract/deliver.h"

namespace docwright::extract {
namespace {

// Pages of one line each. An engine that is lost leaves its scratch and nothing else: the source throws out of the pipeline.
struct EngineLost {};

class MadeUpPages : public PageSource {
public:
    explicit MadeUpPages(int count) {
        facts_.page_count = count;
        facts_.pdf_version = "1.7";
    }
    const DocumentFacts& facts() const override { return facts_; }
    Result<PageFacts> read_page(int page_index) override {
        ++reads[page_index];
        if (page_index == kills_at) throw EngineLost();
        if (page_index == unreadable) return Error{Fault::InvalidInput, "Page " + std::to_string(page_index + 1) + " cannot be read."};
        PageFacts facts;
        facts.page_index = page_index;
        facts.width = 595.28;
        facts.height = 841.89;
        facts.styles.push_back({.font = font("Font" + std::to_string(page_index % 3)), .size = 11});
        double x = 72;
        for (char letter : "page" + std::to_string(page_index) + "text") {
            Glyph glyph{.code = static_cast<char32_t>(letter), .origin_x = static_cast<float>(x), .origin_y = 100};
            if (letter == '\0') continue;
            glyph.advance = {x, 91, x + 6, 103};
            glyph.ink = glyph.advance;
            facts.glyphs.push_back(glyph);
            x += 6;
        }
        return facts;
    }
    Result<Bitmap> render(int, const Box&, double) override { return Error{Fault::InvalidInput, "Nothing to show."}; }
    Result<std::string> jpeg_bytes(int, std::uint32_t) override { return Error{Fault::InvalidInput, "No picture."}; }
    Result<EmbeddedImage> embedded_image(int, std::uint32_t) override { return Error{Fault::InvalidInput, "No picture."}; }

    std::map<int, int> reads;
    int kills_at = -1;
    int unreadable = -1;

private:
    FontIndex font(const std::string& name) {  // numbered as this process meets them, as the reader of PDFs does
        for (std::size_t i = 0; i < facts_.fonts.size(); ++i) {
            if (facts_.fonts[i].name == name) return static_cast<FontIndex>(i);
        }
        facts_.fonts.push_back({.name = name, .family = name, .type = "TrueType"});
        return static_cast<FontIndex>(facts_.fonts.size() - 1);
    }
    DocumentFacts facts_;
};

class Passes : public testing::Test {
protected:
    std::unique_ptr<WorkerThreads> workers_;
    FileDescriptor scratch_{::memfd_create("pipeline-test", MFD_CLOEXEC)};

    ExtractionOrder order(int attempt) {
        return {.facts = {.file_name = "a.pdf", .file_sha256 = std::string(64, 'a')},
                .scratch = scratch_.get(),
                .attempt = attempt,
                .workers = workers_.get()};
    }
    std::string json(PageSource& source, int attempt = 1) {
        Result<std::unique_ptr<Extraction>> result = extract_structure(source, order(attempt), [](int, int) {});
        if (!result.ok()) return "error: " + result.error().message;
        std::string text;
        const auto sink = [&text](std::string_view piece) {
            text += piece;
            return success();
        };
        EXPECT_TRUE(result.value()->writer->json(sink).ok());
        return text;
    }
    // An attempt that ends with its engine.
    void lose_engine(MadeUpPages& source, int attempt) {
        try {
            json(source, attempt);
            ADD_FAILURE() << "the engine was not lost";
        } catch (const EngineLost&) {
            SUCCEED();  // as the test wanted it
        }
    }
    static json::object result_of(const std::string& text) { return json::parse(text).at("analyzeResult").as_object(); }
};

TEST_F(Passes, a_lost_engine_costs_no_page_that_was_done_and_changes_no_byte) {
    MadeUpPages whole(7);
    FileDescriptor other(::memfd_create("pipeline-whole", MFD_CLOEXEC));
    std::swap(other, scratch_);
    const std::string expected = json(whole);
    std::swap(other, scratch_);

    MadeUpPages dying(7);
    dying.kills_at = 4;
    lose_engine(dying, 1);
    MadeUpPages healthy(7);
    EXPECT_EQ(json(healthy, 2), expected);
    EXPECT_EQ(healthy.reads.count(3), 0U) << "done before the loss";
    EXPECT_EQ(healthy.reads[4], 1);
}

TEST_F(Passes, a_page_that_took_the_engine_twice_fails_and_the_rest_goes_on) {
    for (int attempt : {1, 2}) {
        MadeUpPages dying(4);
        dying.kills_at = 2;
        lose_engine(dying, attempt);
    }
    MadeUpPages last(4);
    last.kills_at = 2;
    const json::object result = result_of(json(last, 3));
    EXPECT_EQ(result.at("pages").at(2).at("state"), "failed");
    EXPECT_EQ(result.at("pages").at(3).at("state"), "success");
    EXPECT_EQ(result.at("elements").as_array().size(), 3U);
    EXPECT_EQ(result.at("info").at("basicInfo").at("analyzedPageCount"), 3);
}

// What several threads make must be what one makes: the same bytes, the same guilty page.
class PassesInThreads : public Passes, public testing::WithParamInterface<int> {
protected:
    std::string serial(int pages) {
        MadeUpPages source(pages);
        FileDescriptor other(::memfd_create("pipeline-serial", MFD_CLOEXEC));
        std::swap(other, scratch_);
        std::string text = json(source);
        std::swap(other, scratch_);
        workers_ = std::make_unique<WorkerThreads>(GetParam());
        return text;
    }
};

TEST_P(PassesInThreads, give_the_bytes_of_one_thread) {
    const std::string expected = serial(60);
    MadeUpPages source(60);
    EXPECT_EQ(json(source), expected);
}

TEST_P(PassesInThreads, lose_no_byte_with_an_engine) {
    const std::string expected = serial(20);
    MadeUpPages dying(20);
    dying.kills_at = 11;
    lose_engine(dying, 1);
    MadeUpPages healthy(20);
    EXPECT_EQ(json(healthy, 2), expected);
    EXPECT_EQ(healthy.reads.count(3), 0U) << "done before the loss";
}

TEST_P(PassesInThreads, give_up_the_page_that_took_the_engine_and_no_page_near_it) {
    serial(1);
    for (int attempt : {1, 2}) {
        MadeUpPages dying(12);
        dying.kills_at = 6;
        lose_engine(dying, attempt);
    }
    MadeUpPages last(12);
    last.kills_at = 6;
    const json::object result = result_of(json(last, 3));
    for (std::size_t page = 0; page < 12; ++page)
        EXPECT_EQ(result.at("pages").at(page).at("state"), page == 6 ? "failed" : "success") << page;
}

INSTANTIATE_TEST_SUITE_P(, PassesInThreads, testing::Values(1, 3));

TEST_F(Passes, a_page_that_cannot_be_read_fails_alone) {
    MadeUpPages source(3);
    source.unreadable = 0;
    const json::object result = result_of(json(source));
    EXPECT_EQ(result.at("pages").at(0).at("state"), "failed");
    EXPECT_EQ(result.at("pages").at(0).at("error").at("message"), "Page 1 cannot be read.");
    EXPECT_EQ(result.at("pages").at(1).at("size").at("width"), 595);
}

TEST_F(Passes, no_page_at_all_is_an_error) {
    MadeUpPages source(1);
    source.unreadable = 0;
    EXPECT_EQ(json(source), "error: No page of the document can be read.");
}

TEST_F(Passes, scratch_of_another_document_is_not_used) {
    MadeUpPages first(2);
    json(first);
    MadeUpPages second(2);
    ExtractionOrder other = order(2);
    other.facts.file_sha256 = std::string(64, 'b');
    ASSERT_TRUE(extract_structure(second, other, [](int, int) {}).ok());
    EXPECT_EQ(second.reads.size(), 2U);
}

TEST_F(Passes, progress_counts_every_page_twice_and_never_falls) {
    MadeUpPages source(3);
    std::vector<int> seen;
    ASSERT_TRUE(extract_structure(source, order(1), [&seen](int done, int total) {
                    EXPECT_EQ(total, 6);
                    seen.push_back(done);
                }).ok());
    EXPECT_EQ(seen, (std::vector<int>{1, 2, 3, 4, 5, 6}));
}

TEST_F(Passes, every_glyph_is_in_an_element_or_left_out) {
    MadeUpPages source(5);
    const json::object result = result_of(json(source));
    const json::object& glyphs = result.at("leftOut").at("counts").at("glyph").as_object();
    EXPECT_EQ(glyphs.at("total"), 5 * 9);
    std::size_t shown = 0;
    for (const json::value& element : result.at("elements").as_array()) shown += element.at("content").at("text").as_string().size();
    EXPECT_EQ(glyphs.at("inElements").as_int64(), static_cast<std::int64_t>(shown));
}

}  // namespace
}  // namespace docwright::extract
