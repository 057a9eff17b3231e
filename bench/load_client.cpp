// A light load client for the whole API: upload, extract, wait, download, over and over, on plain sockets.
//   load_client ADDRESS:PORT CLIENT_ID CLIENT_SECRET DOCUMENT CLIENTS SECONDS [BODY [ROUTE]]
// Prints one line: documents a second, the median, the 95th percentile and the longest of one document's whole round, and errors.
// BODY is joined to {"documentId": …} as further members, such as '"renditions":"none"'. ROUTE: of another operation, such as
// /documents/create/pdf-from-html.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"

namespace {

using docwright::FileDescriptor;
using SteadyClock = std::chrono::steady_clock;

struct Target {
    sockaddr_in address{};
    std::string credentials;  // header lines
    std::string document;
    std::string more;
    std::string route = "/documents/pdf-structural-extract";
};

// One keep-alive connection. Any failure closes it; the next request connects anew.
class Connection {
public:
    explicit Connection(const Target& target) : target_(target) {}

    // The body of a 2xx answer.
    std::optional<std::string> call(std::string_view method, const std::string& path, const std::string& headers, std::string_view body) {
        if (!socket_.open() && !connect()) return std::nullopt;
        std::string head = fmt::format("{} /pdf-services/api{} HTTP/1.1\r\nHost: load\r\n{}{}Content-Length: {}\r\n\r\n", method, path,
                                       target_.credentials, headers, body.size());
        head += body;
        if (!send_all(head)) return std::nullopt;
        return receive();
    }

private:
    bool connect() {
        received_.clear();
        socket_ = FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        int on = 1;
        ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&target_.address), sizeof target_.address) == 0) return true;
        socket_.reset();
        return false;
    }

    bool send_all(std::string_view text) {
        while (!text.empty()) {
            ssize_t count = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                socket_.reset();
                return false;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    bool more() {
        char buffer[65536];
        ssize_t count = ::recv(socket_.get(), buffer, sizeof buffer, 0);
        if (count <= 0) {
            socket_.reset();
            return false;
        }
        received_.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    std::optional<std::string> receive() {
        while (!received_.contains("\r\n\r\n")) {
            if (!more()) return std::nullopt;
        }
        std::size_t head = received_.find("\r\n\r\n") + 4;
        constexpr std::string_view kLength = "Content-Length: ";
        std::size_t length = 0, at = received_.find(kLength);
        if (at < head) std::from_chars(received_.data() + at + kLength.size(), received_.data() + head, length);
        while (received_.size() < head + length) {
            if (!more()) return std::nullopt;
        }
        const bool good = received_.starts_with("HTTP/1.1 2");
        std::string body = received_.substr(head, length);
        received_.erase(0, head + length);
        return good ? std::optional(body) : std::nullopt;
    }

    const Target& target_;
    FileDescriptor socket_;
    std::string received_;
};

// The text behind "key":" in an answer of ours.
std::string member(const std::optional<std::string>& answer, std::string_view key) {
    if (!answer) return {};
    std::string start = fmt::format("\"{}\":\"", key);
    std::size_t at = answer->find(start);
    if (at == std::string::npos) return {};
    at += start.size();
    return answer->substr(at, answer->find('"', at) - at);
}

bool one_document(Connection& connection, const Target& target) {
    std::string upload =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"load.pdf\"\r\n\r\n" + target.document + "\r\n--b--\r\n";
    std::string document =
        member(connection.call("POST", "/documents/upload", "Content-Type: multipart/form-data; boundary=b\r\n", upload), "documentId");
    if (document.empty()) return false;
    std::string order = fmt::format("{{\"documentId\":\"{}\"{}{}}}", document, target.more.empty() ? "" : ",", target.more);
    std::string task = member(connection.call("POST", target.route, "Content-Type: application/json\r\n", order), "taskId");
    if (task.empty()) return false;
    std::string result = member(connection.call("GET", "/tasks/" + task, "Prefer: wait=30\r\n", ""), "resultDocumentId");
    if (result.empty()) return false;
    std::optional<std::string> bytes = connection.call("GET", "/documents/" + result + "/download", "", "");
    return bytes && !bytes->empty();
}

struct Tally {
    std::mutex mutex;
    std::vector<double> milliseconds;
    int errors = 0;
};

void load(const Target& target, SteadyClock::time_point end, Tally& tally) {
    Connection connection(target);
    while (SteadyClock::now() < end) {
        const auto begun = SteadyClock::now();
        const bool good = one_document(connection, target);
        const double took = std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
        std::scoped_lock lock(tally.mutex);
        if (good) {
            tally.milliseconds.push_back(took);
        } else {
            tally.errors += 1;
        }
    }
}

double percentile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

std::optional<Target> target_of(std::span<char*> words) {
    std::string_view address = words[1];
    std::size_t colon = address.rfind(':');
    std::ifstream file(words[4], std::ios::binary);
    if (colon == std::string_view::npos || !file) return std::nullopt;
    Target target{.credentials = fmt::format("client_id: {}\r\nclient_secret: {}\r\n", words[2], words[3]),
                  .document = std::string(std::istreambuf_iterator<char>(file), {}),
                  .more = words.size() > 7 ? words[7] : ""};
    if (words.size() > 8) target.route = words[8];
    target.address.sin_family = AF_INET;
    target.address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(words[1] + colon + 1)));
    if (inet_pton(AF_INET, std::string(address.substr(0, colon)).c_str(), &target.address.sin_addr) != 1) return std::nullopt;
    return target;
}

}  // namespace

int main(int count, char** words) {
    std::optional<Target> target = count >= 7 ? target_of({words, static_cast<std::size_t>(count)}) : std::nullopt;
    if (!target) {
        fmt::print(stderr, "usage: load_client ADDRESS:PORT CLIENT_ID CLIENT_SECRET DOCUMENT CLIENTS SECONDS [BODY]\n");
        return 2;
    }
    const int clients = std::atoi(words[5]);
    const auto begun = SteadyClock::now();
    const auto end = begun + std::chrono::seconds(std::atoi(words[6]));
    Tally tally;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < clients; ++i) threads.emplace_back([&] { load(*target, end, tally); });
    }
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    fmt::print("{:.1f} documents/s, p50 {:.1f} ms, p95 {:.1f} ms, longest {:.1f} ms, {} errors\n",
               static_cast<double>(tally.milliseconds.size()) / seconds, percentile(tally.milliseconds, 0.5),
               percentile(tally.milliseconds, 0.95), percentile(tally.milliseconds, 1), tally.errors);
    return tally.errors == 0 ? 0 : 1;
}
