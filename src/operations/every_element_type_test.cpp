// One small PDF with all twelve types of element, extracted from end to end: tests/golden/every_element_type.json holds the
// reviewed elements, one a line.
#include <gtest/gtest.h>

#include <set>

#include "base/file_descriptor.h"
#include "base/worker_threads.h"
#include "engines/pdf/library.h"
#include "operations/all.h"
#include "operations/run_for_test.h"
#include "tests/golden.h"
#include "tests/pdf_text.h"

namespace docwright {
namespace {

using docwright::testing::expect_golden;
using docwright::testing::PdfText;

std::string extract(const std::string& pdf, const json::object& given, int threads = 1, int scratch = -1) {
    const pdf::Library library;
    WorkerThreads workers(threads - 1);
    const Operation* operation = operation_named(all_operations(), "pdf-structural-extract");
    const Result<json::object> values = parse_values(*operation, given);
    EXPECT_TRUE(values.ok());
    const OperationRun run = run_operation(*operation, pdf, values.value(), "", &workers, scratch);
    return run.result.ok() ? run.output : "error: " + run.result.error().message;
}

std::string text_at(int x, int y, std::string_view text, std::string_view font = "F1 11") {
    return "BT /" + std::string(font) + " Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + std::string(text) + ") Tj ET\n";
}

std::string furniture(int page) {
    return text_at(72, 755, "Harbour Ferry Trust", "F1 8") + text_at(290, 30, "Page " + std::to_string(page), "F1 8");
}

// Title, head, running text with a link and a call, list, captioned table, footnote.
std::string first_page() {
    std::string out = furniture(1) + text_at(72, 700, "Operations Report", "F2 24") + text_at(72, 650, "1 Passengers", "F2 15");
    out += text_at(72, 620, "Monthly figures are on the data portal for everybody who wants to read them in full and");
    out += "BT /F1 11 Tf 72 606 Td (check them. Ridership rose in every quarter) Tj /F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf ";
    out += "( of the year but the last.) Tj ET\n";
    out += text_at(72, 576, "1. Weekday crossings grew most.") + text_at(72, 562, "2. Night crossings fell.");
    out += text_at(72, 526, "Table 1. Crossings by quarter", "F4 10");
    const char* cells[3][3] = {{"Quarter", "East", "West"}, {"Q1", "412", "388"}, {"Q2", "455", ""}};
    for (int line = 0; line <= 3; ++line) {
        out += "72 " + std::to_string(515 - 20 * line) + " m 402 " + std::to_string(515 - 20 * line) + " l S\n";
        out += std::to_string(72 + 110 * line) + " 515 m " + std::to_string(72 + 110 * line) + " 455 l S\n";
    }
    for (int row = 0; row < 3; ++row) {
        for (int column = 0; column < 3; ++column)
            out += text_at(76 + 110 * column, 501 - 20 * row, cells[row][column], row == 0 ? "F2 10" : "F1 10");
    }
    return out + "72 92 m 216 92 l S\n" + text_at(72, 78, "1 Counted at the gates of both piers.", "F1 8");
}

// Head, text that a reviewer marked, captioned picture, formula, box, form field.
std::string second_page() {
    std::string out = furniture(2) + text_at(72, 700, "2 Energy", "F2 15");
    out += text_at(72, 670, "Diesel use per crossing went down again, as the two older vessels were laid up from March on");
    out += text_at(72, 656, "and the new one runs on batteries for most of the way across the inner harbour.");
    out += "q 240 0 0 120 186 500 cm /Im1 Do Q\n" + text_at(230, 484, "Figure 1. Diesel burned by month", "F4 10");
    out += text_at(72, 450, "The energy of a crossing is the sum of what the engines and the batteries give to the shaft:");
    out += text_at(270, 420, "E = P \\327 t + B", "F4 12");
    out += "0.9 0.95 1 rg 72 300 320 80 re f 0 g 72 300 320 80 re S\n";
    out += text_at(84, 356, "Safety note", "F2 11") + text_at(84, 334, "Batteries are charged at the north pier only,");
    out += text_at(84, 320, "and never with passengers on board.");
    return out + text_at(72, 250, "Reviewed by:");
}

// The two pages, `times` over.
std::string every_type(int times = 1) {
    PdfText pdf;
    const std::string_view picture("\x10\x60\xB0\xF0\x60\x20\xF0\x80", 8);
    const int image =
        pdf.add_stream(picture, "/Type /XObject /Subtype /Image /Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray");
    pdf.resources("/XObject << /Im1 " + PdfText::reference(image) + " >>");
    std::string fields;
    for (int n = 1; n <= times; ++n) {
        const int link =
            pdf.add("<< /Type /Annot /Subtype /Link /Rect [200 617 256 631] /A << /S /URI /URI (https://data.example/monthly) >> >>");
        const int mark = pdf.add(
            "<< /Type /Annot /Subtype /Highlight /Rect [72 667 124 681] /QuadPoints [72 681 124 681 72 667 124 667] /C [1 1 0] "
            "/Contents (Litres or kilograms?) /T (Ann) /NM (note-1) >>");
        const int reply = pdf.add("<< /Type /Annot /Subtype /Text /Rect [72 667 90 681] /IRT " + PdfText::reference(mark) +
                                  " /Contents (Litres.) /T (Ben) >>");
        const std::string name = n == 1 ? "review.name" : "review" + std::to_string(n) + ".name";
        const int field = pdf.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (" + name + ") /V (M. Okafor) /Rect [150 244 340 264] >>");
        pdf.page(first_page(), "/Annots [" + PdfText::reference(link) + "]");
        pdf.page(second_page(),
                 "/Annots [" + PdfText::reference(mark) + " " + PdfText::reference(reply) + " " + PdfText::reference(field) + "]");
        fields += PdfText::reference(field) + " ";
    }
    pdf.catalog("/Lang (en) /AcroForm << /Fields [" + fields + "] /DA (/F1 11 Tf) >>");
    return pdf.bytes();
}

// The JSON with a line end before every element and behind the list: to be read and compared by people.
std::string elements_by_line(std::string json) {
    json.erase(std::min(json.find("],\"info\":"), json.size()));
    json.erase(0, json.find("\"elements\":["));
    for (std::size_t at = json.find("{\"id\":"); at != std::string::npos; at = json.find("{\"id\":", at + 2)) json.insert(at, 1, '\n');
    return json + "\n]\n";
}

TEST(EveryElementType, is_found_in_one_small_document) {
    const std::string text = extract(every_type(), {{"outputFormat", "json"}});
    const json::value result = json::parse(text);
    std::set<std::string> types;
    for (const json::value& element : result.at("analyzeResult").at("elements").as_array()) types.emplace(element.at("type").as_string());
    EXPECT_EQ(types, (std::set<std::string>{"annotation", "footnote", "form", "formula", "head", "headerFooter", "hyperlink", "image",
                                            "paragraph", "sidebar", "table", "title"}));
    expect_golden("every_element_type.json", elements_by_line(text));
}

TEST(EveryElementType, gives_the_same_bytes_twice) {
    const std::string pdf = every_type();
    EXPECT_EQ(extract(pdf, {}), extract(pdf, {}));
    EXPECT_EQ(extract(pdf, {{"outputFormat", "json"}}), extract(pdf, {{"outputFormat", "json"}}));
}

// ---- by several threads -----------------------------------------------------------------------------------------------

constexpr int kTimes = 20;

TEST(EveryElementTypeInThreads, gives_the_bytes_of_one_thread) {
    const std::string pdf = every_type(kTimes);
    for (const json::object& given :
         {json::object{}, json::object{{"renditions", "none"}}, json::object{{"outputFormat", "json"}, {"detail", "words"}}}) {
        const std::string expected = extract(pdf, given);
        EXPECT_GT(expected.size(), 1000U);
        for (int threads : {2, 4}) {
            EXPECT_TRUE(extract(pdf, given, threads) == expected) << threads << " threads";  // a ZIP: not for people
            EXPECT_TRUE(extract(pdf, given, threads) == expected) << threads << " threads, again";
        }
    }
}

TEST(EveryElementTypeInThreads, gives_them_also_from_what_a_lost_engine_left) {
    const std::string pdf = every_type(kTimes);
    const std::string expected = extract(pdf, {});
    const FileDescriptor scratch(memfd_create("scratch", 0));
    EXPECT_EQ(extract(pdf, {}, 2, scratch.get()), expected);
    std::string log(static_cast<std::size_t>(lseek(scratch.get(), 0, SEEK_END)), '\0');
    ASSERT_EQ(pread(scratch.get(), log.data(), log.size(), 0), static_cast<ssize_t>(log.size()));
    for (std::size_t tenths : {9U, 7U, 5U, 3U, 1U}) {  // that were written when the engine was lost
        for (int threads : {1, 2}) {
            const FileDescriptor rest(memfd_create("rest", 0));
            const std::size_t size = log.size() * tenths / 10;
            ASSERT_EQ(write(rest.get(), log.data(), size), static_cast<ssize_t>(size));
            EXPECT_TRUE(extract(pdf, {}, threads, rest.get()) == expected) << tenths << " tenths, " << threads << " threads";
        }
    }
}

}  // namespace
}  // namespace docwright
