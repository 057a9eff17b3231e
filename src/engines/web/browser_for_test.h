// For tests: a browser as an engine child has it, and what a PDF says about itself (by poppler's programs).
#pragma once

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "base/temporary_folder.h"
#include "engines/web/browser.h"

namespace docwright::web {

struct BrowserUnderTest {
    TemporaryFolder folder;
    std::unique_ptr<Browser> browser;

    explicit BrowserUnderTest(bool one_renderer = false) {
        BrowserSettings settings;
        settings.chromium.folder = folder.path;
        settings.chromium.alone = true;
        settings.chromium.one_renderer = one_renderer;
        if (::geteuid() == 0) {
            settings.chromium.user = find_user("docwright-engine").take();
            [[maybe_unused]] const int ignored = ::chown(folder.path.c_str(), settings.chromium.user->user, settings.chromium.user->group);
        }
        Result<std::unique_ptr<Browser>> started = Browser::start(settings);
        if (started.ok()) {
            browser = std::move(started).take();
        } else {
            std::fprintf(stderr, "%s (%s)\n", started.error().message.c_str(), started.error().detail.c_str());
        }
    }
};

struct Print {
    Result<PrintReport> report = Error{Fault::Internal, "not printed"};
    std::string pdf = {};
};

inline Print print(Browser& browser, const PrintOrder& order) {
    Print print;
    const int output = ::memfd_create("output", MFD_CLOEXEC);
    print.report = browser.print(order, output);
    print.pdf.resize(static_cast<std::size_t>(::lseek(output, 0, SEEK_END)));
    [[maybe_unused]] const ssize_t read = ::pread(output, print.pdf.data(), print.pdf.size(), 0);
    ::close(output);
    return print;
}

inline PrintOrder order_of(const std::string& html, PrintSettings settings = {}) {
    PrintOrder order;
    order.source.page = "/";
    order.source.files["/"] = {html, "text/html; charset=utf-8"};  // a view: the caller keeps the page
    order.settings = std::move(settings);
    return order;
}

// What the program answers about the PDF, given as its last argument.
inline std::string asked_of(const std::string& program, const std::string& pdf, const std::string& after = "") {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path / "file.pdf";
    std::ofstream(file) << pdf;
    const std::string command = program + " " + file.string() + " " + after + " 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string text;
    std::array<char, 4096> piece;
    while (pipe && std::fgets(piece.data(), piece.size(), pipe.get())) text += piece.data();
    return text;
}

inline std::string text_of_pdf(const std::string& pdf) { return asked_of("pdftotext", pdf, "-"); }
inline std::string facts_of_pdf(const std::string& pdf) { return asked_of("pdfinfo", pdf); }

}  // namespace docwright::web
