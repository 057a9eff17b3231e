// The limits of what a document may load from other servers, beside limits.h: few files need them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/limits.h"

namespace docwright::limits {

// One job's session with the fetcher: what one page may load
constexpr std::size_t kSessionRequests = 1'000;                   // heavy pages of news and shops load 300 to 400
constexpr std::size_t kSessionRedirects = 100;                    // of the requests; a browser stops one chain at 20
constexpr std::uint64_t kSessionBytes = 128ULL * 1024 * 1024;     // of all bodies; heavy pages load 20 to 30 MB
constexpr std::uint64_t kSessionBodyBytes = 32ULL * 1024 * 1024;  // of one; a picture for print is seldom over 20 MB
constexpr int kSessionSeconds = 120;                              // twice what a page may take to load (contract/pdf-services.md, 6.1)
constexpr int kSessionFetchesAtOnce = 6;                          // what browsers allow themselves per host
constexpr std::size_t kSessionRequestHeadBytes = 16 * 1024;       // as kHeaderBytes
constexpr std::size_t kSessionFields = 200;                       // header fields of one request
constexpr std::size_t kSessionPostBytes = 32 * 1024;              // fits one frame beside the URL and the headers
constexpr std::size_t kSessions = 64;                             // open at once in one fetcher; each belongs to a running job
constexpr int kFetchThreads = 32;                                 // fetches at once in one fetcher, whosever they are
constexpr std::uint64_t kFetcherAddressBytes = 8ULL * 1024 * 1024 * 1024;  // stacks of 100 threads, and arenas; bodies are files
constexpr std::uint64_t kFetcherOpenFiles = 1024;                          // sockets, bodies, sessions
constexpr int kFetcherStartSeconds = 20;                                   // a machine under load; usually 20 ms
constexpr int kFetcherWaitSeconds = 5;                                     // that a job waits for a new fetcher after one was lost

}  // namespace docwright::limits
