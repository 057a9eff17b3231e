#include "outgoing/fetch.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <optional>

#include "base/ascii.h"
#include "outgoing/answer_reader.h"
#include "outgoing/failure.h"

namespace docwright {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The client's own to say, or never to leave. Also every Proxy-…
constexpr std::string_view kNeverSent[] = {
    "accept-encoding", "authorization",     "connection", "content-length", "cookie", "cookie2", "expect", "host", "keep-alive", "te",
    "trailer",         "transfer-encoding", "upgrade"};

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || kMarks.find(c) != std::string_view::npos;
    });
}

bool is_sent(const std::string& lower_case_name) {
    return std::ranges::find(kNeverSent, lower_case_name) == std::end(kNeverSent) && !lower_case_name.starts_with("proxy-");
}

Status judge_request(const FetchRequest& request) {
    if (!is_token(request.method) || request.method == "CONNECT")
        return fetch_failed(Fault::InvalidInput, "The method of a request to another server cannot be used.");
    for (const auto& [name, value] : request.headers) {
        const bool splits = std::ranges::any_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
        if (!is_token(name) || splits)
            return fetch_failed(Fault::InvalidInput, "A header of a request to another server cannot be used.", name);
    }
    return success();
}

std::string request_text(const FetchRequest& request, const Target& target) {
    std::string text = request.method + " " + target.resource + " HTTP/1.1\r\nHost: " + target.authority() +
                       "\r\nConnection: close\r\nAccept-Encoding: identity\r\n";
    bool accepts = false, names_itself = false;
    for (const auto& [name, value] : request.headers) {
        const std::string lower = ascii_lowered(name);
        if (!is_sent(lower)) continue;
        accepts = accepts || lower == "accept";
        names_itself = names_itself || lower == "user-agent";
        text += name + ": " + value + "\r\n";
    }
    if (!accepts) text += "Accept: */*\r\n";
    if (!names_itself) text += "User-Agent: Docwright/" DOCWRIGHT_VERSION "\r\n";
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT")
        text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return text + "\r\n" + request.body;
}

Result<std::vector<Address>> checked_addresses(const Client& client, const Target& target, Deadline deadline) {
    TRY(judge_target(target, client.policy));
    std::vector<Address> addresses;
    if (target.address) {
        addresses.push_back(*target.address);
    } else {
        addresses = TRY(client.network.resolve(target.host, deadline));
    }
    if (addresses.empty()) return fetch_failed(Fault::InvalidInput, "The host " + target.host + " has no address.");
    // One refused address refuses the name: whoever mixes them is trying which one we take.
    for (const Address& address : addresses) TRY(judge_address(target, address, client.policy));
    return addresses;
}

struct Dialled {
    FileDescriptor socket;
    Address address;
};

// The first address that answers; each gets its share of the time that is left.
Result<Dialled> dial_one(const Client& client, const std::vector<Address>& addresses, std::uint16_t port, Deadline deadline) {
    const std::size_t tries = std::min(addresses.size(), limits::kAddressesDialled);
    std::optional<Error> last;
    for (std::size_t i = 0; i < tries; ++i) {
        const auto now = steady_clock::now();
        const auto share = (deadline - now) / static_cast<int>(tries - i);
        Result<FileDescriptor> socket = client.network.dial(addresses[i], port, now + share);
        if (socket.ok()) return Dialled{std::move(socket).take(), addresses[i]};
        last = socket.error();
    }
    return *last;
}

// One target, no redirect.
Result<Answer> fetch_target(const Client& client, const FetchRequest& request, const Target& target, Deadline deadline) {
    const Deadline connected_by = std::min(deadline, steady_clock::now() + milliseconds(request.connect_ms));
    const std::vector<Address> addresses = TRY(checked_addresses(client, target, connected_by));
    Dialled dialled = TRY(dial_one(client, addresses, target.port, connected_by));
    if (request.connected) request.connected(dialled.socket.get());
    Connection connection = TRY(Connection::open(std::move(dialled.socket), target, client.tls, connected_by));
    TRY(connection.write(request_text(request, target), deadline));

    Answer answer{.url = target.url(), .address = dialled.address};
    AnswerReader reader(request, answer);
    std::array<char, limits::kBodyBufferBytes> buffer;
    while (!reader.done()) {
        const std::size_t count = TRY(connection.read(buffer, deadline));
        TRY(count == 0 ? reader.take_end() : reader.take({buffer.data(), count}));
    }
    return answer;
}

}  // namespace

std::string_view Answer::header(std::string_view lower_case_name) const {
    const auto field = std::ranges::find(headers, lower_case_name, [](const auto& entry) { return std::string_view(entry.first); });
    return field == headers.end() ? std::string_view() : std::string_view(field->second);
}

Result<Client> open_client(const ClientSettings& settings, Network network) {
    AddressPolicy policy = TRY(parse_address_policy(settings.allow_list));
    TlsContext tls = TRY(open_tls_context(settings.extra_issuers));
    return Client{.policy = std::move(policy), .tls = std::move(tls), .network = std::move(network)};
}

Result<Answer> fetch(const Client& client, const FetchRequest& request) {
    TRY(judge_request(request));
    const Deadline deadline = steady_clock::now() + milliseconds(request.total_ms);
    Target target = TRY(parse_target(request.url));
    for (int hop = 0; hop <= limits::kFetchRedirects; ++hop) {
        Result<Answer> answer = fetch_target(client, request, target, deadline);
        if (!answer.ok()) {
            Error error = answer.error();
            error.detail +=
                (error.detail.empty() ? "" : "; ") + std::string("at ") + target.authority() + ", redirects before: " + std::to_string(hop);
            return error;
        }
        if (!follows(request, answer.value())) return answer;
        target = TRY(resolve_location(target, answer.value().header("location")));
    }
    return fetch_failed(Fault::InvalidInput, "The URL leads through more than " + std::to_string(limits::kFetchRedirects) + " redirects.");
}

Status require_success(const Answer& answer) {
    if (answer.status >= 200 && answer.status < 300) return success();
    // Request time-out, too many requests, and what is the server's own trouble may be over later.
    const bool passes = answer.status == 408 || answer.status == 429 || answer.status >= 500;
    return Error{passes ? Fault::Unavailable : Fault::InvalidInput,
                 "The server answered with HTTP status " + std::to_string(answer.status) + ".", answer.url, "FETCH_FAILED", answer.status};
}

Status judge_url(const AddressPolicy& policy, std::string_view url) { return judge_target(TRY(parse_target(url)), policy); }

}  // namespace docwright
