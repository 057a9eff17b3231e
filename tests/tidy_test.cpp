// The tree's own rules, checked on the files: who may include whom, what is linked where, one operation one file.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path kSource = fs::path(DOCWRIGHT_SOURCE_FOLDER) / "src";

std::string read(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<fs::path> code_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(kSource)) {
        const std::string extension = entry.path().extension();
        if (extension == ".h" || extension == ".cpp" || extension == ".inc") files.push_back(fs::relative(entry.path(), kSource));
    }
    std::ranges::sort(files);
    return files;
}

// Folder → what it may include beside itself; the longest folder that is a prefix of a file decides.
const std::map<std::string, std::vector<std::string>> kMayInclude = {
    {"base", {}},
    {"blobs", {"base"}},
    {"store", {"base"}},
    {"core", {"store/", "blobs/", "base"}},
    {"api/http", {"base"}},
    {"api", {"api/http", "core", "operations/all.h", "base"}},
    {"engines/protocol", {"base", "core/operation.h"}},
    {"engines/sandbox", {"base"}},
    {"engines/supervisor", {"engines/protocol", "engines/sandbox", "base", "core/operation.h"}},
    {"engines/child", {"engines/protocol", "engines/sandbox", "base", "core/operation.h"}},
    {"engines/pdf", {"extract/page", "base", "formats"}},
    {"engines/office", {"formats", "base"}},
    {"engines/web", {"formats", "outgoing/session", "engines/sandbox", "engines/protocol/steady_time.h", "base"}},
    {"extract/page", {"base"}},
    {"extract/text", {"extract/page", "base"}},
    {"extract/layout", {"extract/page", "extract/text", "base"}},
    {"extract/tables", {"extract/page", "extract/text", "base"}},
    {"extract/classify", {"extract/page", "extract/text", "extract/tables", "base"}},
    {"extract/output", {"extract/page", "formats", "base"}},
    {"extract", {"extract/", "formats", "base"}},
    {"formats", {"extract/page", "base"}},
    {"docgen/pictures", {"base"}},
    {"docgen/template", {"base"}},
    {"docgen/merge", {"docgen/template", "docgen/pictures", "base"}},
    {"docgen/package", {"docgen/template", "docgen/merge", "docgen/pictures", "formats", "base"}},
    {"docgen", {"docgen/", "formats", "base"}},
    {"operations",
     {"core/operation.h", "core/page_range.h", "extract", "formats", "docgen", "engines/pdf", "engines/office", "engines/web", "base"}},
    {"outgoing", {"base"}},
    {"outgoing/session", {"outgoing/header_fields.h", "outgoing/failure.h", "engines/protocol", "base"}},
    {"outgoing/fetcher", {"outgoing", "engines/protocol", "engines/sandbox", "base"}},
    {"cli",
     {"api", "core", "store", "blobs", "outgoing", "engines/supervisor", "engines/sandbox", "engines/protocol", "operations/all.h",
      "base"}},
};

// The engine's program: it joins all kinds with the operations.
bool is_engine_program(const fs::path& file) { return file == "engines/child/main.cpp"; }

// Where the library of an engine becomes one of the kinds (engines/child/kind.h).
bool is_engine_kind(const fs::path& file) {
    return file.parent_path().parent_path() == "engines" && file.filename().string().starts_with("kind");
}
const std::vector<std::string> kKindsMayInclude = {"engines/child", "engines/protocol", "engines/sandbox", "core/operation.h"};

bool below(const std::string& path, const std::string& place) {
    return path.starts_with(place) &&
           (path.size() == place.size() || place.back() == '/' || place.ends_with(".h") || path[place.size()] == '/');
}

std::string folder_rule(const fs::path& file) {
    std::string best;
    for (const auto& [folder, allowed] : kMayInclude) {
        if (below(file.parent_path().string(), folder) && folder.size() > best.size()) best = folder;
    }
    return best;
}

std::vector<std::string> own_includes(const std::string& text) {
    static const std::regex kInclude("^#include \"([^\"]+)\"");
    std::vector<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_search(line, match, kInclude)) found.push_back(match[1]);
    }
    return found;
}

bool allowed(const fs::path& file, const std::string& include) {
    const std::string rule = folder_rule(file);
    if (include.find("tests/") != std::string::npos || below(include, rule)) return true;
    const bool test = file.filename().string().ends_with("_test.cpp");
    if (test && below(file.parent_path(), "extract") && below(include, "extract"))
        return true;  // a stage's test may draw on the stages before
    if (is_engine_kind(file) && std::ranges::any_of(kKindsMayInclude, [&](const std::string& place) { return below(include, place); }))
        return true;
    if (is_engine_program(file) && (include == "operations/all.h" || include == "core/operation.h" || below(include, "engines")))
        return true;
    return std::ranges::any_of(kMayInclude.at(rule), [&](const std::string& place) { return below(include, place); });
}

TEST(Tidy, includes_go_downward_only) {
    for (const fs::path& file : code_files()) {
        ASSERT_FALSE(folder_rule(file).empty()) << file << " lies in a folder without a rule";
        for (const std::string& include : own_includes(read(kSource / file))) {
            if (include == "pdfium.h") {
                EXPECT_EQ(file.parent_path(), "engines/pdf") << file << " includes PDFium";
            } else {
                EXPECT_TRUE(allowed(file, include)) << file << " may not include " << include;
            }
        }
    }
}

TEST(Tidy, pdfium_and_qpdf_stay_in_their_adapter) {
    static const std::regex kLibrary("#include [<\"](pdfium\\.h|qpdf/[^>\"]+)[>\"]");
    for (const fs::path& file : code_files()) {
        if (file.parent_path() == "engines/pdf") continue;
        EXPECT_FALSE(std::regex_search(read(kSource / file), kLibrary)) << file;
    }
}

TEST(Tidy, stages_of_extraction_know_no_files_threads_or_logs) {
    static const std::regex kForbidden(
        "#include <(fstream|filesystem|thread|mutex|iostream|cstdio|fcntl\\.h|unistd\\.h)>|#include \"base/log\\.h\"");
    for (const fs::path& file : code_files()) {
        const std::string folder = file.parent_path();
        const bool stage =
            folder == "extract/text" || folder == "extract/layout" || folder == "extract/tables" || folder == "extract/classify";
        const std::string name = file.filename();
        if (!stage || name.ends_with("_test.cpp") || name.ends_with("_fuzz.cpp")) continue;
        EXPECT_FALSE(std::regex_search(read(kSource / file), kForbidden)) << file;
    }
}

TEST(Tidy, stages_of_extraction_have_no_bare_decimals_in_conditions) {
    static const std::regex kBare("(<|>|<=|>=) *[0-9]*\\.[0-9]");
    for (const fs::path& file : code_files()) {
        const std::string folder = file.parent_path();
        const std::string name = file.filename();
        if (!folder.starts_with("extract/") || name.ends_with("_test.cpp") || name.ends_with("_fuzz.cpp")) continue;
        std::istringstream lines(read(kSource / file));
        for (std::string line; std::getline(lines, line);) {
            const bool code = line.find("//") == std::string::npos || line.find("//") > line.find_first_of("<>");
            EXPECT_FALSE(code && std::regex_search(line, kBare)) << file << ": " << line;
        }
    }
}

TEST(Tidy, every_operation_is_one_file_and_one_line_of_the_list) {
    static const std::regex kEntry("OPERATION\\((\\w+)\\)");
    const std::string list = read(kSource / "operations/list.inc") + read(kSource / "operations/unrouted.inc");
    std::set<std::string> listed, files;
    for (std::sregex_iterator entry(list.begin(), list.end(), kEntry), end; entry != end; ++entry) listed.insert((*entry)[1]);
    for (const fs::path& file : code_files()) {
        const std::string name = file.stem();
        if (file.parent_path() == "operations" && file.extension() == ".cpp" && name != "all" && !name.ends_with("_test"))
            files.insert(name);
    }
    EXPECT_EQ(listed, files);
}

TEST(Tidy, every_header_says_what_it_is_for) {
    for (const fs::path& file : code_files()) {
        if (file.extension() == ".h") {
            EXPECT_TRUE(read(kSource / file).starts_with("// ")) << file;
        }
    }
}

TEST(Tidy, files_stay_short_enough_to_read) {
    constexpr long kLongest = 700;
    for (const fs::path& file : code_files()) {
        const std::string text = read(kSource / file);
        const long lines = std::ranges::count(text, '\n');
        const bool table = file.extension() == ".inc";
        EXPECT_TRUE(table || lines <= kLongest) << file << " has " << lines << " lines";
    }
}

TEST(Tidy, nothing_is_left_for_later) {
    static const std::regex kMark("\\b(TODO|FIXME|XXX|HACK)\\b");
    for (const fs::path& file : code_files()) EXPECT_FALSE(std::regex_search(read(kSource / file), kMark)) << file;
}

std::string output_of(const std::string& command) {
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string text;
    std::array<char, 4096> buffer;
    while (pipe && std::fgets(buffer.data(), buffer.size(), pipe.get())) text += buffer.data();
    return text;
}

TEST(Tidy, the_server_links_no_parser_of_documents) {
    const fs::path server = fs::path(DOCWRIGHT_BINARY_FOLDER) / "docwright";
    if (!fs::exists(server)) GTEST_SKIP() << "docwright is not built";
    const std::string libraries = output_of("readelf -d " + server.string());
    ASSERT_NE(libraries.find("NEEDED"), std::string::npos);
    for (const char* parser :
         {"pdfium", "qpdf", "libpng", "libjpeg", "libzip", "libxml2", "pugixml", "tiff", "webp", "openjp2", "freetype", "harfbuzz"}) {
        EXPECT_EQ(libraries.find(parser), std::string::npos) << parser;
    }
}

TEST(Tidy, the_engine_links_no_network_client_and_no_second_freetype) {
    const fs::path engine = fs::path(DOCWRIGHT_BINARY_FOLDER) / "docwright-engine";
    if (!fs::exists(engine)) GTEST_SKIP() << "docwright-engine is not built";
    const std::string libraries = output_of("readelf -d " + engine.string());
    ASSERT_NE(libraries.find("pdfium"), std::string::npos);
    for (const char* library : {"curl", "libssl", "sqlite", "freetype", "harfbuzz", "fontconfig"}) {
        EXPECT_EQ(libraries.find(library), std::string::npos) << library;
    }
}

}  // namespace
