// Small PDFs written as text, for tests: the fixture says what stands in the file, byte for byte.
//
//     PdfText pdf;
//     pdf.page("BT /F1 12 Tf 72 700 Td (Hello) Tj ET");
//     std::string bytes = pdf.bytes();
//
// Every page has the fonts F1 Helvetica, F2 Helvetica-Bold, F3 Times-Roman, F4 Times-Italic, F5 Courier, F6 Symbol (WinAnsi
// but Symbol), and is US Letter, if its entries do not say otherwise. Object 1 is the catalogue, 2 the page tree, 3 the
// resources; further objects are numbered as they are added, so a fixture may refer to them by the number it was given.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace docwright::testing {

class PdfText {
public:
    // The number of a new object with this body.
    int add(std::string body) {
        objects_.push_back(std::move(body));
        return static_cast<int>(objects_.size()) + kFixedObjects;
    }
    int add_stream(std::string_view data, std::string_view entries = "") {
        return add("<< " + std::string(entries) + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + std::string(data) +
                   "\nendstream");
    }
    // A number for an object whose body follows with set(): for objects that name each other.
    int reserve() { return add("null"); }
    void set(int number, std::string body) { objects_[static_cast<std::size_t>(number - kFixedObjects - 1)] = std::move(body); }

    // A page with this content stream. `entries` go into its dictionary: "/Rotate 90 /Annots [7 0 R]".
    int page(std::string_view content, std::string_view entries = "") {
        int stream = add_stream(content);
        std::string body = "<< /Type /Page /Parent 2 0 R /Contents " + reference(stream);
        if (entries.find("/MediaBox") == std::string_view::npos) body += " /MediaBox [0 0 612 792]";
        if (entries.find("/Resources") == std::string_view::npos) body += " /Resources 3 0 R";
        int number = add(body + " " + std::string(entries) + " >>");
        pages_.push_back(number);
        return number;
    }
    // Further entries of the resources that all pages share: "/XObject << /Im1 9 0 R >>".
    void resources(std::string_view entries) { resources_ += " " + std::string(entries); }
    void catalog(std::string_view entries) { catalog_ += " " + std::string(entries); }
    void trailer(std::string_view entries) { trailer_ += " " + std::string(entries); }

    std::string bytes() const {
        std::string file = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
        std::vector<std::size_t> offsets;
        auto write = [&](const std::string& body) {
            offsets.push_back(file.size());
            file += std::to_string(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
        };
        write("<< /Type /Catalog /Pages 2 0 R" + catalog_ + " >>");
        std::string kids;
        for (int page : pages_) kids += reference(page) + " ";
        write("<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + "] >>");
        write("<< /Font << " + fonts() + " >>" + resources_ + " >>");
        for (const std::string& object : objects_) write(object);
        std::size_t table = file.size();
        file += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
        for (std::size_t offset : offsets) {
            char line[32];
            std::snprintf(line, sizeof line, "%010zu 00000 n \n", offset);
            file += line;
        }
        file += "trailer\n<< /Size " + std::to_string(offsets.size() + 1) + " /Root 1 0 R" + trailer_ + " >>\nstartxref\n" +
                std::to_string(table) + "\n%%EOF\n";
        return file;
    }

    static std::string reference(int number) { return std::to_string(number) + " 0 R"; }

private:
    static constexpr int kFixedObjects = 3;

    static std::string fonts() {
        std::string all;
        const char* names[] = {"Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Italic", "Courier"};
        int number = 0;
        for (const char* name : names) {
            all +=
                "/F" + std::to_string(++number) + " << /Type /Font /Subtype /Type1 /BaseFont /" + name + " /Encoding /WinAnsiEncoding >> ";
        }
        return all + "/F6 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >>";
    }

    std::vector<std::string> objects_;
    std::vector<int> pages_;
    std::string catalog_, trailer_, resources_;
};

// One page with this content.
inline std::string pdf_of(std::string_view content) {
    PdfText pdf;
    pdf.page(content);
    return pdf.bytes();
}

}  // namespace docwright::testing
