// Results from elements that a test makes up: a table with a cut row over three pages, links and notes that refer forward, and
// random elements whose references, spans and boxes may make no sense. Every result goes through the contract's own checker.
#include "extract/output/structure_writer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/json.h"

namespace docwright::extract {
namespace {

namespace fs = std::filesystem;

class NoPictures : public PageSource {
public:
    const DocumentFacts& facts() const override { return facts_; }
    Result<PageFacts> read_page(int) override { return Error{Fault::InvalidInput, "No page."}; }
    Result<Bitmap> render(int, const Box&, double dpi) override {
        return Bitmap{.width = 2, .height = 1, .channels = 1, .dpi = dpi, .pixels = {0, 255}};
    }
    Result<std::string> jpeg_bytes(int, std::uint32_t) override { return Error{Fault::InvalidInput, "No picture."}; }
    Result<EmbeddedImage> embedded_image(int, std::uint32_t) override { return Error{Fault::InvalidInput, "No picture."}; }

private:
    DocumentFacts facts_;
};

struct MadeUpDocument {
    DocumentFacts facts;
    std::vector<ReadyPage> pages;
};

ReadyPage blank_page(int index) {
    ReadyPage ready;
    ready.page.facts.page_index = index;
    ready.page.facts.width = 612;
    ready.page.facts.height = 792;
    ready.page.facts.styles = {{.font = 0, .size = 11}, {.font = 1, .size = 11, .color = 0xFF0000}};
    ready.elements.language = "en";
    return ready;
}

TextContent text_of(std::u32string text) {
    TextContent content;
    content.glyphs.assign(text.size(), -1);
    content.text = std::move(text);
    content.line_starts = {0};
    return content;
}

Element paragraph_of(std::u32string text, Box box) {
    Element element{.type = ElementType::Paragraph, .box = box, .score = 0.9};
    element.text = text_of(std::move(text));
    return element;
}

// A table whose cells say row and column, from `top` down.
Element table_of(int rows, int columns, double top, const std::string& word) {
    Element element{.type = ElementType::Table, .box = {50, top, 50.0 + 100 * columns, top + 20 * rows}, .score = 0.8};
    Table& table = element.table.table;
    table.box = element.box;
    table.row_count = rows;
    table.column_count = columns;
    for (int i = 0; i <= columns; ++i) table.column_edges.push_back(50 + 100 * i);
    for (int i = 0; i <= rows; ++i) table.row_edges.push_back(top + 20 * i);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            table.cells.push_back(
                {.row = row, .column = column, .box = {50.0 + 100 * column, top + 20 * row, 150.0 + 100 * column, top + 20 * row + 20}});
            std::u32string text;
            for (char letter : word + std::to_string(row) + "/" + std::to_string(column)) text += static_cast<char32_t>(letter);
            CellContent cell;
            cell.text = text_of(std::move(text));
            cell.score = 0.7;
            element.table.cells.push_back(std::move(cell));
        }
    }
    return element;
}

std::string written(const MadeUpDocument& document, OutputOptions options = {.renditions = Renditions::None}) {
    NoPictures source;
    RecordLog log = RecordLog::open(-1, [](const RecordHead&, std::string_view) { return true; }).take();
    Pictures pictures(source);
    pictures.keep_in(log);
    const DocumentContext context{.language = "en"};
    std::vector<PageFrame> frames;
    for (const ReadyPage& page : document.pages) frames.push_back(page_frame(page.page.facts.page_index, 612, 792, options.decimal));
    StructureWriter writer(document.facts, context, frames, options, pictures, log);
    writer.expect_target(0);
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        const FollowingPage following = [&](int places) -> Result<std::optional<ReadyPage>> {
            const std::size_t at = i + static_cast<std::size_t>(places);
            return at < document.pages.size() ? std::optional(document.pages[at]) : std::nullopt;
        };
        EXPECT_TRUE(writer.write_page(document.pages[i], following).ok());
    }
    EXPECT_TRUE(writer.finish({.file_name = "made up.pdf"}).ok());
    std::string json;
    EXPECT_TRUE(writer
                    .json([&json](std::string_view piece) {
                        json += piece;
                        return success();
                    })
                    .ok());
    return json;
}

// "" when the checker finds nothing in any of the files.
std::string complaints(const std::vector<std::string>& results) {
    const fs::path folder = fs::temp_directory_path() / ("structure-writer-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    std::string names;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const fs::path path = folder / (std::to_string(i) + ".json");
        std::ofstream(path, std::ios::binary) << results[i];
        names += " " + path.string();
    }
    const fs::path said = folder / "said";
    const std::string command = "python3 " + std::string(DOCWRIGHT_SOURCE_FOLDER) + "/tests/contract/check_structure_info.py" + names +
                                " > " + said.string() + " 2>&1";
    const int status = std::system(command.c_str());
    std::ifstream file(said);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (text.empty()) fs::remove_all(folder);
    return text.empty() && status != 0 ? "the checker did not run" : text.substr(0, 3000);
}

MadeUpDocument document_of(int pages) {
    MadeUpDocument document;
    document.facts.page_count = pages;
    document.facts.pdf_version = "1.7";
    document.facts.fonts = {{.name = "Arial", .family = "Arial", .type = "TrueType"},
                            {.name = "Arial-Bold", .family = "Arial", .type = "TrueType", .weight = 700}};
    for (int i = 0; i < pages; ++i) document.pages.push_back(blank_page(i));
    return document;
}

json::object result_of(const std::string& text) { return json::parse(text).at("analyzeResult").as_object(); }

// Pages 1 to 3 hold one table: 3 rows, then a repeated head and a row that goes on, then a repeated head and two rows.
MadeUpDocument three_page_table() {
    MadeUpDocument document = document_of(3);
    for (int page = 0; page < 3; ++page) {
        std::vector<Element>& elements = document.pages[static_cast<std::size_t>(page)].elements.elements;
        elements.push_back(paragraph_of(U"above", {50, 20, 200, 32}));
        Element table = table_of(3, 2, 50, std::string(1, static_cast<char>('a' + page)));
        table.table.continues_previous = page > 0;
        table.table.continues_on_next = page < 2;
        table.table.repeated_header_rows = page > 0 ? 1 : 0;
        table.table.continues_row = page == 1;
        elements.push_back(std::move(table));
        elements.push_back(paragraph_of(U"below", {50, 200, 200, 212}));
        Element link{.type = ElementType::Hyperlink, .box = {50, 90, 60, 100}, .link_from_text = true};
        link.link.target = {.kind = TargetKind::Uri, .uri = "https://example.org"};
        link.link.quads.push_back({});
        link.anchors = {{.element = 1, .inner = 2, .start = 0, .length = 2}};  // first cell of the second row
        elements.push_back(std::move(link));
    }
    return document;
}

TEST(StructureWriter, joins_a_table_over_three_pages_with_a_row_that_is_cut) {
    const std::string text = written(three_page_table());
    EXPECT_EQ(complaints({text}), "");
    const json::object result = result_of(text);
    const json::array& elements = result.at("elements").as_array();
    ASSERT_EQ(elements.size(), 10U) << "three times above, below and link, and one table";
    const json::value& table = elements[1];
    EXPECT_EQ(table.at("id"), "table1");
    const json::object& content = table.at("content").as_object();
    EXPECT_EQ(content.at("body").at("rowCount"), 3 + 1 + 2);
    EXPECT_EQ(table.at("regions").as_array().size(), 3U);
    EXPECT_EQ(content.at("parts").at(1).at("continuesRow"), true);
    EXPECT_EQ(content.at("parts").at(1).at("repeatedHeaderText"), "b0/0\tb0/1");
    const json::array& cells = content.at("body").at("cells").as_array();
    ASSERT_EQ(cells.size(), 12U);
    EXPECT_EQ(cells[4].at("paragraph").at("content").at("text"), "a2/0\r\nb1/0") << "the cut row";
    EXPECT_EQ(cells[4].at("regions").as_array().size(), 2U);
    EXPECT_EQ(cells[4].at("paragraph").at("content").at("spans").at(0).at("start"), 6);
    EXPECT_EQ(elements[2].at("id"), "paragraph14") << "what stands below is numbered behind the cells of all pages";
    EXPECT_EQ(elements[6].at("content").at("anchors").at(0).at("start"), 6);
}

TEST(StructureWriter, two_tables_stay_two_when_their_columns_differ) {
    MadeUpDocument document = three_page_table();
    document.pages[1].elements.elements[1] = table_of(2, 3, 50, "x");
    document.pages[1].elements.elements[1].table.continues_previous = true;
    document.pages[1].elements.elements[3].anchors.clear();
    const std::string text = written(document);
    EXPECT_EQ(complaints({text}), "");
    EXPECT_EQ(result_of(text).at("info").at("basicInfo").at("elementCounts").at("table"), 3);
}

TEST(StructureWriter, the_rest_of_a_table_belongs_to_one_table_only) {
    MadeUpDocument document = three_page_table();
    std::vector<Element>& first = document.pages[0].elements.elements;
    first.push_back(table_of(1, 2, 300, "z"));
    first.back().table.continues_on_next = true;
    std::vector<Element>& second = document.pages[1].elements.elements;
    second.push_back(paragraph_of(U"caption", {50, 30, 200, 42}));
    second.back().caption_of = 1;
    const std::string text = written(document);
    EXPECT_EQ(complaints({text}), "");
    EXPECT_EQ(result_of(text).at("info").at("basicInfo").at("elementCounts").at("table"), 2);
}

TEST(StructureWriter, chains_a_text_over_pages) {
    MadeUpDocument document = document_of(3);
    for (int page = 0; page < 3; ++page) {
        Element part = paragraph_of(U"part", {50, 700, 500, 712});
        part.continuation = {.from_previous = page > 0, .to_next = page < 2, .joiner = Joiner::Dehyphenate};
        document.pages[static_cast<std::size_t>(page)].elements.elements.push_back(std::move(part));
    }
    const std::string text = written(document);
    EXPECT_EQ(complaints({text}), "");
    const json::value middle = result_of(text).at("elements").at(1).at("continuation");
    EXPECT_EQ(
        middle,
        json::parse(R"({"group":"paragraph1","part":2,"parts":3,"previous":"paragraph1","next":"paragraph3","joiner":"dehyphenate"})"));
}

// ---- random elements ------------------------------------------------------------------------------------------------------------

class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}
    int upto(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most + 1)); }
    bool one_in(int count) { return upto(count - 1) == 0; }
    Box box() {
        const double left = upto(700) - 40.5;
        const double top = upto(900) - 40.25;
        return {left, top, left + upto(300) - 5, top + upto(60) - 2};
    }
    std::u32string text() {
        static constexpr std::u32string_view kLetters = U"abc de 1.\n\u00e9\u4e2d\x01\U0001F600";
        std::u32string out;
        for (int i = upto(30); i > 0; --i) out += kLetters[static_cast<std::size_t>(upto(static_cast<int>(kLetters.size()) - 1))];
        std::erase(out, U'\x01');
        return out;
    }

private:
    std::mt19937 random_;
};

TextContent random_text(Dice& dice, int elements) {
    TextContent content = text_of(dice.text());
    std::uint32_t at = 0;
    while (dice.upto(2) > 0 && content.spans.size() < 5) {
        Span span{.start = at + static_cast<std::uint32_t>(dice.upto(5)),
                  .length = static_cast<std::uint32_t>(dice.upto(6)),
                  .style = static_cast<StyleIndex>(dice.upto(1))};
        span.underline = dice.one_in(4);
        if (dice.one_in(4)) span.footnote = dice.upto(elements);
        at = span.start + span.length;
        content.spans.push_back(span);
    }
    return content;
}

Element random_element(Dice& dice, int count) {
    Element element;
    element.type = static_cast<ElementType>(dice.upto(11));
    if (element.type == ElementType::Table) element = table_of(1 + dice.upto(3), 2, 60 + dice.upto(300), "r");
    if (element.type != ElementType::Table) element.box = dice.box();
    element.text = random_text(dice, count);
    element.score = dice.upto(120) / 100.0;
    element.level = dice.upto(8);
    element.parent = dice.one_in(4) ? dice.upto(count) - 1 : kNoElement;
    element.caption_of = dice.one_in(4) ? dice.upto(count) - 1 : kNoElement;
    element.label_element = dice.one_in(3) ? dice.upto(count) : kNoElement;
    element.label_text = dice.text();
    element.continuation = {
        .from_previous = dice.one_in(3), .to_next = dice.one_in(3), .previous = dice.one_in(2) ? dice.upto(count) : kNoElement};
    element.marker = std::u32string(1, U'1');
    element.marker_length = 1;
    if (element.type == ElementType::Footnote) element.text = text_of(U"1 note");
    element.table.continues_previous = dice.one_in(2);
    element.table.continues_on_next = dice.one_in(2);
    element.table.repeated_header_rows = dice.upto(2);
    element.table.continues_row = dice.one_in(2);
    element.link_from_text = true;
    element.link.target = {
        .kind = dice.one_in(2) ? TargetKind::Page : TargetKind::Uri, .uri = "https://example.org", .page_index = dice.upto(2)};
    for (int i = dice.upto(3); i > 0; --i) {
        element.anchors.push_back({.element = dice.upto(count) - 1,
                                   .inner = dice.upto(3) - 1,
                                   .start = static_cast<std::uint32_t>(dice.upto(12)),
                                   .length = static_cast<std::uint32_t>(dice.upto(9))});
    }
    if (element.type == ElementType::Sidebar) {
        for (int i = 1 + dice.upto(2); i > 0; --i) element.paragraphs.push_back(paragraph_of(dice.text(), dice.box()));
    }
    return element;
}

MadeUpDocument random_document(unsigned seed) {
    Dice dice(seed);
    MadeUpDocument document = document_of(1 + dice.upto(3));
    for (ReadyPage& page : document.pages) {
        const int count = dice.upto(8);
        for (int i = 0; i < count; ++i) page.elements.elements.push_back(random_element(dice, count));
        if (dice.one_in(2))
            page.elements.left_out.push_back(
                {.reason = "decoration", .count = dice.upto(3), .has_box = true, .box = dice.box(), .owner = dice.upto(9) - 1});
    }
    return document;
}

TEST(StructureWriter, keeps_the_promises_of_the_contract_for_any_elements) {
    std::vector<std::string> results;
    for (unsigned seed = 0; seed < 150; ++seed)
        results.push_back(written(random_document(seed), {.renditions = Renditions::None, .decimal = seed % 2 == 0}));
    EXPECT_EQ(complaints(results), "");
}

TEST(StructureWriter, gives_the_same_text_twice) { EXPECT_EQ(written(random_document(3)), written(random_document(3))); }

}  // namespace
}  // namespace docwright::extract
