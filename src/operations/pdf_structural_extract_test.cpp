// The whole extraction on small PDFs written as text, with reviewed results in tests/golden/.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <map>

#include "base/file_descriptor.h"
#include "engines/pdf/library.h"
#include "operations/all.h"
#include "tests/golden.h"
#include "tests/pdf_text.h"

namespace docwright {
namespace {

using docwright::testing::expect_golden;
using docwright::testing::PdfText;

class Silent : public Progress {
public:
    void report(int, int) override {}
};

class StructuralExtract : public ::testing::Test {
protected:
    pdf::Library library_;

    std::string run(std::string_view operation_name, const std::string& pdf, const json::object& given) {
        const Operation* operation = operation_named(all_operations(), operation_name);
        const FileDescriptor output(::memfd_create("result", MFD_CLOEXEC));
        TaskFiles files{.output = output.get(), .input_time = 1'700'000'000 * kMicrosecondsPerSecond};
        files.inputs.push_back({.bytes = pdf, .file_name = "small.pdf", .sha256 = std::string(64, '0')});
        Silent progress;
        const Result<json::object> values = parse_values(*operation, given);
        EXPECT_TRUE(values.ok());
        const Result<TaskResult> result = operation->body.run(values.value(), files, progress);
        if (!result.ok()) return "error: " + result.error().message;
        std::string bytes(static_cast<std::size_t>(::lseek(output.get(), 0, SEEK_END)), '\0');
        EXPECT_EQ(::pread(output.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
        return bytes;
    }
    std::string extract(const std::string& pdf, const json::object& given) { return run("pdf-structural-extract", pdf, given); }
    json::object structure(const std::string& pdf) {
        return json::parse(extract(pdf, {{"outputFormat", "json"}})).at("analyzeResult").as_object();
    }
};

std::string text_at(double x, double y, std::string_view text, double size = 11, std::string_view font = "F1") {
    return "BT /" + std::string(font) + " " + std::to_string(size) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" +
           std::string(text) + ") Tj ET\n";
}

std::string ruled_table(double x, double top, const std::vector<std::vector<std::string>>& rows, double width, double height) {
    std::string out;
    const double right = x + width * static_cast<double>(rows[0].size());
    for (std::size_t i = 0; i <= rows.size(); ++i) {
        const std::string y = std::to_string(top - height * static_cast<double>(i));
        out += std::to_string(x) + " " + y + " m " + std::to_string(right) + " " + y + " l S\n";
    }
    for (std::size_t i = 0; i <= rows[0].size(); ++i) {
        const std::string edge = std::to_string(x + width * static_cast<double>(i));
        out += edge + " " + std::to_string(top) + " m " + edge + " " + std::to_string(top - height * static_cast<double>(rows.size())) +
               " l S\n";
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            out += text_at(x + 4 + width * static_cast<double>(column), top - height * static_cast<double>(row) - height + 6,
                           rows[row][column], 10, row == 0 ? "F2" : "F1");
        }
    }
    return out;
}

std::string report() {
    PdfText pdf;
    for (int page = 1; page <= 2; ++page) {
        std::string content = text_at(72, 755, "Harbour Ferry Trust", 8) + text_at(290, 30, "Page " + std::to_string(page), 8);
        if (page == 1) content += text_at(72, 700, "Operations Report", 24, "F2");
        content += text_at(72, 640, page == 1 ? "1 Passengers" : "2 Energy", 15, "F2");
        content += text_at(72, 600, "Monthly figures are on the data portal for everybody who wants to read them in full and");
        content += text_at(72, 586, "check what was said about them. Ridership rose in every quarter of the year but the last.");
        content += text_at(72, 550, "1. Weekday crossings grew most.") + text_at(72, 536, "2. Night crossings fell.");
        content += ruled_table(72, 500, {{"Quarter", "East", "West"}, {"Q1", "412", "388"}, {"Q2", "455", ""}}, 110, 20);
        pdf.page(content);
    }
    return pdf.bytes();
}

TEST_F(StructuralExtract, report_as_markdown) { expect_golden("report.md", extract(report(), {{"outputFormat", "md"}})); }

TEST_F(StructuralExtract, gives_the_same_bytes_twice) {
    const std::string pdf = report();
    EXPECT_EQ(extract(pdf, {}), extract(pdf, {}));
}

TEST_F(StructuralExtract, pdf_to_text_gives_the_pages_asked_for) {
    const std::string text = run("pdf-to-text", report(), {{"pageRange", "2"}});
    EXPECT_NE(text.find("2 Energy"), std::string::npos) << text;
    EXPECT_EQ(text.find("1 Passengers"), std::string::npos);
    EXPECT_EQ(text.find("\xEF\xBB\xBF"), std::string::npos) << "no mark at the start";
}

TEST_F(StructuralExtract, a_scan_without_text_is_partial_and_says_so) {
    PdfText pdf;
    const int image =
        pdf.add_stream("\x40\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray");
    pdf.resources("/XObject << /Im1 " + PdfText::reference(image) + " >>");
    pdf.page("612 0 0 792 0 0 cm /Im1 Do");
    const json::object page = structure(pdf.bytes()).at("pages").at(0).as_object();
    EXPECT_EQ(page.at("state"), "partial");
    EXPECT_EQ(page.at("textSource"), "none");
    EXPECT_EQ(page.at("warnings").at(0).at("code"), "OCR_FAILED");
}

TEST_F(StructuralExtract, debug_pictures_show_every_page) {
    const std::string zip = extract(report(), {{"debug", "elements"}});
    EXPECT_TRUE(zip.starts_with("PK\x03\x04"));
    EXPECT_NE(zip.find("page2.png"), std::string::npos);
}

TEST_F(StructuralExtract, says_where_text_stands_in_a_high_cell) {
    std::string content = ruled_table(72, 700, {{"", "", ""}, {"", "", ""}}, 120, 60);
    content += text_at(80, 687, "Top") + text_at(200, 666, "Middle") + text_at(320, 644, "Bottom");
    content += text_at(80, 627, "Second") + text_at(200, 627, "row") + text_at(320, 627, "here");
    PdfText pdf;
    pdf.page(content);
    const json::object result = structure(pdf.bytes());
    std::vector<std::string> aligns;
    for (const json::value& element : result.at("elements").as_array()) {
        if (element.at("type") != "table") continue;
        for (const json::value& cell : element.at("content").at("body").at("cells").as_array())
            aligns.emplace_back(cell.at("verticalAlign").as_string());
    }
    EXPECT_EQ(aligns, (std::vector<std::string>{"top", "middle", "bottom", "top", "top", "top"}));
}

TEST_F(StructuralExtract, gives_a_table_the_notes_below_it_that_its_cells_call) {
    std::string content = ruled_table(72, 700, {{"Port", "Ships"}, {"", "7"}, {"Rye", "1204"}}, 120, 20);
    content += text_at(76, 666, "Aberdeen", 10) + "BT /F1 6 Tf 119.6 670 Td (a) Tj ET " +
               text_at(72, 628, "a Counted in spring, before the new quay was opened.", 8);
    for (int line = 0; line < 6; ++line)
        content += text_at(72, 560 - 14 * line, "The text of the report goes on below the table and its note.");
    PdfText pdf;
    pdf.page(content);
    const json::object result = structure(pdf.bytes());
    json::object table, note;
    for (const json::value& element : result.at("elements").as_array()) {
        if (element.at("type") == "table") table = element.as_object();
        if (element.at("type") == "footnote") note = element.as_object();
    }
    ASSERT_FALSE(note.empty()) << json::serialize(result);
    EXPECT_EQ(note.at("content").at("kind"), "tableNote");
    EXPECT_EQ(note.at("content").at("marker"), "a");
    EXPECT_EQ(table.at("content").at("notes"), json::array{note.at("id")});
    EXPECT_EQ(note.at("content").at("references").at(0).at("length"), 1);
}

TEST_F(StructuralExtract, says_how_the_values_of_a_column_are_set) {
    std::string content = ruled_table(72, 700, {{"Port", "Ships"}, {"Aberdeen", ""}, {"Rye", ""}, {"Dover", ""}}, 120, 20);
    content += text_at(300, 666, "7") + text_at(284, 646, "1204") + text_at(289, 626, "310");
    PdfText pdf;
    pdf.page(content);
    std::string aligns;
    const json::object result = structure(pdf.bytes());
    for (const json::value& element : result.at("elements").as_array()) {
        if (element.at("type") != "table") continue;
        for (const json::value& cell : element.at("content").at("body").at("cells").as_array())
            aligns += (cell.as_object().contains("align") ? std::string(cell.at("align").as_string()) : "-") + " ";
    }
    EXPECT_EQ(aligns, "- - left right left right left right ");
}

TEST_F(StructuralExtract, knows_cited_works_and_index_entries_by_the_heading_above_them_also_on_the_next_page) {
    const std::string prose = "Monthly figures are on the data portal for everybody who wants to read them in full and more of";
    PdfText pdf;
    std::string first;
    for (int line = 0; line < 20; ++line) first += text_at(72, 700 - 14 * line, prose);
    first += text_at(72, 360, "References", 15, "F2");
    first += text_at(72, 330, "[1] A. Meyer, Ferries of the North, Harbour Press 1987, chapter four and the notes to it.");
    pdf.page(first);
    std::string second = text_at(72, 600, "[2] B. Novak, Tides and Timetables, Quay Books, the second edition of 2004, pages 3 to 9.");
    second += text_at(72, 500, "Index", 15, "F2");
    second += text_at(72, 470, "anchors, 12, 40") + text_at(72, 440, "buoys, 7");
    pdf.page(second);
    const json::object result = structure(pdf.bytes());
    std::map<std::string, std::string> roles;
    for (const json::value& element : result.at("elements").as_array()) {
        const json::object& content = element.at("content").as_object();
        const std::string text(content.at("text").as_string());
        if (element.at("type") == "paragraph") roles[text.substr(0, 4)] = content.at("role").as_string();
    }
    EXPECT_EQ(roles, (std::map<std::string, std::string>{
                         {"Mont", "body"}, {"[1] ", "reference"}, {"[2] ", "reference"}, {"anch", "index"}, {"buoy", "index"}}));
}

}  // namespace
}  // namespace docwright
