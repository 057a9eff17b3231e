// Every limit of the product, with its reason. A number that bounds what comes from outside stands here and nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>

namespace docwright::limits {

// HTTP
constexpr std::uint64_t kUploadBytes = 100ULL * 1024 * 1024;  // contract: 100 MB inclusive, counted in MiB
constexpr std::size_t kBodyBufferBytes = 64 * 1024;           // one buffer in memory per connection
constexpr std::size_t kJsonBodyBytes = 1024 * 1024;           // operation bodies are small; a megabyte holds 20,000 ids
constexpr std::size_t kHeaderBytes = 16 * 1024;               // as common proxies allow
constexpr std::uint64_t kMultipartExtraBytes = 1024 * 1024;   // heads and further parts beside the file of an upload
constexpr std::size_t kBoundaryBytes = 200;                   // RFC 2046 says 70; clients in the wild go beyond
constexpr std::size_t kPartHeadBytes = 8 * 1024;              // head of one multipart part
constexpr int kHeaderSeconds = 15;                            // slow clients: the whole head must be there by then
constexpr int kIdleSeconds = 75;                              // keep-alive between requests, longer than common proxies'
constexpr int kBodyStallSeconds = 60;                         // one buffer of a body must pass within it, either way
constexpr std::uint64_t kDrainBytes = 2 * kUploadBytes;       // of a refused body are read and dropped, so that its sender sees the answer
constexpr int kDrainSeconds = 30;                             // and no longer than this
constexpr int kLateDrainSeconds = 2;                          // of one who was too slow: long enough to read the answer
constexpr std::size_t kPoolQueue = 256;                       // requests that wait for a pool thread; beyond: 503
constexpr std::size_t kCallerRequestIdBytes = 64;             // an X-Request-Id of the caller is taken over up to this
constexpr int kWaitSeconds = 30;                              // Prefer: wait
constexpr std::size_t kJsonDepth = 32;                        // nesting of a JSON body
constexpr std::size_t kZipEntries = 20'000;                   // of an archive from outside; a deck of 500 slides has 3,000
constexpr std::size_t kXmlDepth = 256;  // elements inside elements of a part of an Office document; Word writes about forty
constexpr std::size_t kTemplateBytes =
    std::size_t{64} * 1024 * 1024;                                // of all parts of a Word template unpacked; the file has at most 4 MiB
constexpr std::size_t kTemplateFileBytes = 4UL * 1024 * 1024;     // contract/docgen.md, 2.3: decoded, inclusive
constexpr std::size_t kTemplateValuesBytes = 64UL * 1024 * 1024;  // documentValues as JSON text, and the document made: the same clause
constexpr std::size_t kGeneratedBytes = 64UL * 1024 * 1024;
// Both as base64 and as a JSON text inside a JSON text, where every second byte may be escaped.
constexpr std::size_t kGenerateBodyBytes = 2 * kTemplateFileBytes + 2 * kTemplateValuesBytes;
constexpr std::size_t kTemplateWarnings = 100;     // of one merge, told to its caller
constexpr std::size_t kTemplateFindings = 5'000;   // tags, unfilled tags, unused values that one report names
constexpr int kMergeWallSeconds = 20;              // one merge: 100,000 rows take two; clients give up after 30 s
constexpr std::size_t kFieldDepth = 20;            // fields inside fields of a template, as Word allows
constexpr std::size_t kConditionDepth = 32;        // {{If:…}} inside {{If:…}}; each is gone through once for each around it
constexpr std::size_t kOpenFormulas = 1000;        // over cells below them, at one time in one table; each adds up every row
constexpr std::size_t kFileNameBytes = 255;        // of an upload, after the path is cut off
constexpr std::size_t kIdempotencyKeyBytes = 255;  // longer than any UUID or hash that clients use
constexpr int kShareMinutesLeast = 10;             // contract/pdf-services.md, 2.4
constexpr int kShareMinutesMost = 1440;
constexpr std::size_t kConnections = 4096;            // open at once
constexpr std::size_t kTrackedRefusals = 1'000;       // pairs of id and address a minute; beyond it refusals are counted together
constexpr std::size_t kRememberedDownloads = 20'000;  // of the last 15 minutes; beyond it more are noted than needed

// Fetches from other servers
constexpr std::size_t kUrlBytes = 8 * 1024;                      // longer than any URL that browsers and servers agree on
constexpr int kFetchRedirects = 10;                              // browsers stop at 20; honest chains are shorter than 5
constexpr std::uint64_t kFetchBodyBytes = 100ULL * 1024 * 1024;  // as an upload (contract/esign.md, 2.1)
constexpr std::size_t kFetchHeaderBytes = 64 * 1024;             // security headers of large sites reach 20 kB
constexpr int kFetchSeconds = 30;                                // the same clause
constexpr int kFetchConnectSeconds = 10;                         // name, connection and TLS; leaves time for the answer
constexpr std::size_t kAddressesDialled = 4;                     // of one name, until one answers
constexpr int kLookupsAtOnce = 64;                               // each holds a thread, at worst as long as the system's resolver waits

// Tasks
constexpr int kEngineLosses = 3;  // then dead letter (contract, section 4)
constexpr std::size_t kQueuedTasksPerAccount = 10'000;
constexpr int kLeaseSeconds = 30;      // renewed by the runner at a third of it
constexpr int kTaskRescues = 20;       // lapsed leases of one task, then dead letter: it may be what ends the workers
constexpr int kTaskWallSeconds = 280;  // clients give up after 300 s (contract/platform.md, 8.1)
constexpr int kTaskCpuSeconds = 240;

// One engine child
constexpr std::uint64_t kEngineAddressBytes = 2ULL * 1024 * 1024 * 1024;
constexpr std::uint64_t kEngineOutputBytes = 512ULL * 1024 * 1024;
constexpr int kEngineOpenFiles = 32;
constexpr std::uint64_t kEngineFolderBytes = 2ULL * 1024 * 1024 * 1024;  // profiles and work in progress of all children of one kind
constexpr std::size_t kFrameBytes = 64 * 1024;                           // one message between server and engine
constexpr int kFramesPerTask = 100'000;                                  // a flood of progress ends the task
constexpr std::size_t kEngineMessageBytes = 4 * 1024 * 1024;  // one message, over several frames: a job's values, a task's resultData
constexpr std::size_t kEngineErrorBytes = 2000;               // message and detail of an engine's error, each
constexpr int kEngineThreads = 4;                             // on one document: one thread reads it, and cannot feed more than three
constexpr std::size_t kEngineInputs = 20;                     // documents of one job; each takes one of its open files

// The web engine's browser
constexpr std::size_t kBrowserMessageBytes = 16 * 1024 * 1024;          // one message from it; the largest of ours carry 1 MB of a PDF
constexpr std::size_t kWebFileBytes = 64 * 1024 * 1024;                 // a page or one of its files; as base64 it must fit 100 MB
constexpr int kPageRequests = 2'000;                                    // of one page; heavy ones make 400
constexpr int kScriptHeapMegabytes = 512;                               // of one page's scripts
constexpr std::uint64_t kBrowserDataBytes = 2ULL * 1024 * 1024 * 1024;  // written memory of each of its processes
constexpr std::uint64_t kBrowserFileBytes = 1024ULL * 1024 * 1024;      // each file in its folder or in shared memory
constexpr std::uint64_t kBrowserOpenFiles = 4096;                       // as browsers ask for
constexpr std::size_t kSiteFiles = 2'000;                               // of a page that comes as a ZIP
constexpr std::uint64_t kSiteBytes = 256ULL * 1024 * 1024;              // of them together, unpacked
constexpr std::size_t kPageFurnitureBytes = 64 * 1024;                  // HTML of a header or footer

// Documents
constexpr int kPages = 20'000;                     // of one document
constexpr std::size_t kGlyphsPerPage = 1'000'000;  // beyond this a page is an attack or a picture made of letters
constexpr std::size_t kPathSegmentsPerPage = 2'000'000;
constexpr std::size_t kObjectsPerPage = 500'000;     // drawn things, those of form XObjects counted at each drawing
constexpr std::uint64_t kImagePixels = 100'000'000;  // decoded at once: 400 MB as RGBA
constexpr int kOutlineDepth = 32;
constexpr std::size_t kOutlineEntries = 20'000;
constexpr std::size_t kAnnotationsPerPage = 20'000;
constexpr int kRenderSidePixels = 4096;  // longest side of a rendition (contract/structure-info.md, 2.1)

// Office documents
constexpr std::size_t kOfficePartBytes = 32UL * 1024 * 1024;              // unpacked part that we read ourselves (types, fonts)
constexpr std::size_t kCompoundDirectoryBytes = 4UL * 1024 * 1024;        // of a binary document: 32,000 streams
constexpr std::uint64_t kOfficeAddressBytes = 6ULL * 1024 * 1024 * 1024;  // LibreOffice maps 2 GB before it has read anything
constexpr int kOfficeOpenFiles = 256;                                     // its libraries, fonts, and the storages of a document
constexpr int kOfficeJobs = 200;        // of one process; memory does not grow with them, a new one costs half a second
constexpr int kOfficeWallSeconds = 60;  // of one conversion: of 1,300 documents in test collections one took longer than 30
constexpr std::uint64_t kOfficeRetireBytes = 700ULL * 1024 * 1024;     // 300 MB are usual after any number of documents
constexpr std::uint64_t kOfficeKillBytes = 2ULL * 1024 * 1024 * 1024;  // the largest of those documents took 860 MB
constexpr int kOfficeCpuSeconds = 24 * 3600;  // of a process that converts many documents; the supervisor ends a single one
constexpr int kOfficeFontsReported = 100;     // substituted families of one document

// Scratch of one extraction
constexpr std::size_t kRecordBytes = 256UL * 1024 * 1024;  // one page's spill or one picture; a page of kGlyphsPerPage needs 20 MB
constexpr std::uint64_t kPictureBytesPerTask = 384ULL * 1024 * 1024;  // what kEngineOutputBytes leaves beside the JSON
constexpr int kLossesPerPage = 2;                                     // a page that took the engine with it so often is given up

}  // namespace docwright::limits
