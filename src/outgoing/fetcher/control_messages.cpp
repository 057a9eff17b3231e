#include "outgoing/fetcher/control_messages.h"

#include <limits>

#include "base/limits.h"
#include "base/utf8.h"
#include "outgoing/session/wire.h"

namespace docwright {
namespace {

enum Kind : std::uint8_t { kSetup = 1, kOpen = 2, kReady = 10, kBroken = 11 };

constexpr std::size_t kTextBytes = 4096;  // a path, a name, a list's entry
constexpr std::size_t kEntries = 1000;
constexpr std::size_t kFacts = 50;
constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::uint64_t>::max();

Error nonsense(const char* what) { return Error{Fault::Internal, "A message of the fetcher cannot be read.", what}; }

int seconds_in(WireReader& reader) { return static_cast<int>(reader.number(std::numeric_limits<int>::max() / 1000)); }

}  // namespace

std::string packet_of(const SetupMessage& message) {
    WireWriter writer(kSetup);
    writer.number(message.allow_list.size());
    for (const std::string& entry : message.allow_list) writer.text(entry);
    writer.text(message.extra_issuers).text(message.user).number(message.allow_weak_sandbox).number(message.log_failures);
    const SessionCaps& caps = message.caps;
    writer.number(caps.requests).number(caps.redirects).number(caps.bytes).number(caps.body_bytes);
    writer.number(static_cast<std::uint64_t>(caps.seconds)).number(static_cast<std::uint64_t>(caps.fetch_seconds));
    return std::move(writer).packet();
}

Result<SetupMessage> read_setup(std::string_view packet) {
    WireReader reader(packet);
    if (reader.kind() != kSetup) return nonsense("not a setup");
    SetupMessage message;
    for (std::uint64_t count = reader.number(kEntries); count > 0; --count) message.allow_list.push_back(reader.text(kTextBytes));
    message.extra_issuers = reader.text(kTextBytes);
    message.user = reader.text(kTextBytes);
    message.allow_weak_sandbox = reader.number(1) == 1;
    message.log_failures = reader.number(1) == 1;
    message.caps.requests = reader.number(kAnyNumber);
    message.caps.redirects = reader.number(kAnyNumber);
    message.caps.bytes = reader.number(kAnyNumber);
    message.caps.body_bytes = reader.number(kAnyNumber);
    message.caps.seconds = seconds_in(reader);
    message.caps.fetch_seconds = seconds_in(reader);
    if (!reader.sound()) return nonsense("setup");
    return message;
}

std::string packet_of(const ReadyMessage& message) {
    WireWriter writer(kReady);
    writer.text(message.version).number(message.facts.size());
    for (const FetcherFact& fact : message.facts) writer.text(fact.name).text(cut_utf8(fact.value, kTextBytes)).number(fact.in_force);
    return std::move(writer).packet();
}

std::string broken_packet(const Error& error) {
    WireWriter writer(kBroken);
    writer.text(cut_utf8(error.message, limits::kEngineErrorBytes)).text(cut_utf8(error.detail, limits::kEngineErrorBytes));
    return std::move(writer).packet();
}

std::string open_packet() { return WireWriter(kOpen).packet(); }

bool is_open_packet(std::string_view packet) {
    const WireReader reader(packet);
    return reader.kind() == kOpen && reader.sound();
}

Result<ReadyMessage> read_ready(std::string_view packet) {
    WireReader reader(packet);
    if (reader.kind() == kBroken) {
        Error error{Fault::Unavailable, reader.text(limits::kEngineErrorBytes), reader.text(limits::kEngineErrorBytes)};
        return reader.sound() ? error : nonsense("broken");
    }
    if (reader.kind() != kReady) return nonsense("not a greeting");
    ReadyMessage message{.version = reader.text(kTextBytes), .facts = {}};
    for (std::uint64_t count = reader.number(kFacts); count > 0; --count) {
        FetcherFact fact{.name = reader.text(kTextBytes), .value = reader.text(kTextBytes)};
        fact.in_force = reader.number(1) == 1;
        message.facts.push_back(std::move(fact));
    }
    if (!reader.sound()) return nonsense("greeting");
    return message;
}

}  // namespace docwright
