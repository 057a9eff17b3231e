// The suite of tests that every blob store passes: what blobs.h promises, tried through nothing but it.
// A kind joins with one file beside it: a BlobsKind and INSTANTIATE_TEST_SUITE_P(…, BlobsTest, …) (blobs/directory_test.cpp).
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "blobs/blobs.h"

namespace docwright {

// Opens the blobs at their place: empty the first time, as they were left every other time. Owns the place.
using OpenBlobs = std::function<Result<std::unique_ptr<Blobs>>()>;

struct BlobsKind {
    const char* name;
    OpenBlobs (*fresh_place)();
};

inline void PrintTo(const BlobsKind& kind, std::ostream* out) { *out << kind.name; }

class BlobsTest : public testing::TestWithParam<BlobsKind> {
protected:
    OpenBlobs open_place = GetParam().fresh_place();
    std::unique_ptr<Blobs> blobs = open_place().take();

    void reopen() {
        blobs.reset();
        blobs = open_place().take();
    }
    // Gives the hash under which the bytes now are.
    std::string put(std::string_view account, std::string_view bytes) {
        std::unique_ptr<BlobDraft> draft = blobs->draft(account).take();
        EXPECT_TRUE(draft->add(bytes).ok());
        const std::string sha256 = draft->sha256();
        EXPECT_TRUE(draft->publish().ok());
        return sha256;
    }
    static std::string read_whole(const FileDescriptor& file) {
        std::string all;
        char buffer[4096];
        for (;;) {
            const ssize_t count = ::pread(file.get(), buffer, sizeof buffer, static_cast<off_t>(all.size()));
            if (count <= 0) return all;
            all.append(buffer, static_cast<std::size_t>(count));
        }
    }
    // The bytes, or "(none)".
    std::string get(std::string_view account, std::string_view sha256) {
        const Result<FileDescriptor> file = blobs->open(account, sha256);
        if (file.ok()) return read_whole(file.value());
        EXPECT_EQ(file.error().fault, Fault::NotFound);
        return "(none)";
    }
    // "account/hash " of each, in order of their names.
    std::string listed() {
        std::set<std::string> all;
        EXPECT_TRUE(blobs
                        ->each([&](std::string_view account, std::string_view sha256) -> Status {
                            EXPECT_TRUE(all.insert(std::string(account) + "/" + std::string(sha256) + " ").second) << "each once";
                            return success();
                        })
                        .ok());
        std::string text;
        for (const std::string& each : all) text += each;
        return text;
    }
};

}  // namespace docwright
