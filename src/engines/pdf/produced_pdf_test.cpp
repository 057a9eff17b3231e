#include "engines/pdf/produced_pdf.h"

#include <gtest/gtest.h>

#include <string>

namespace docwright::pdf {
namespace {

// A page, and a colour profile whose bytes 24 to 35 say when it was made.
std::string with_profile(char second) {
    std::string profile(128, 'p');
    profile[35] = second;
    return "%PDF-1.7\n"
           "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile 4 0 R >>] "
           ">>\nendobj\n"
           "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
           "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>\nendobj\n"
           "4 0 obj\n<< /N 3 /Length 128 >>\nstream\n" +
           profile + "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
}

TEST(ProducedPdf, is_the_same_whenever_its_colour_profile_was_made) {
    const std::string once = settle(with_profile(1), 0).take().bytes;
    EXPECT_EQ(once, settle(with_profile(2), 0).take().bytes);
    EXPECT_NE(once, settle(with_profile(1), 86'400'000'000).take().bytes);
}

}  // namespace
}  // namespace docwright::pdf
