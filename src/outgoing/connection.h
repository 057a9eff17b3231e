// One connection to a server, plain or over TLS, where each step waits no longer than a deadline.
// TLS: 1.2 or later; the certificate must come from an issuer of the system's store (or of the operator's extra file) and be for
// the name, or the address, that was asked for.
// Errors: Unavailable (lost, too slow) and InvalidInput (certificate), both with reason FETCH_FAILED.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <span>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "outgoing/network.h"
#include "outgoing/target.h"

namespace docwright {

struct TlsContextCloser {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, TlsContextCloser>;  // may be used by many threads at once
struct TlsSessionCloser {
    void operator()(SSL* session) const noexcept { SSL_free(session); }
};
using TlsSession = std::unique_ptr<SSL, TlsSessionCloser>;

// `extra_issuers`: a PEM file of certificates trusted beside the system's; empty: none. Error: Unavailable, naming the file.
Result<TlsContext> open_tls_context(const std::string& extra_issuers);

class Connection {
public:
    // Over `socket`, which is connected to `target`; shakes hands where the target is https.
    static Result<Connection> open(FileDescriptor socket, const Target& target, const TlsContext& tls, Deadline deadline);

    Status write(std::string_view bytes, Deadline deadline);
    // How many bytes came, 0 at the end. Over TLS an end without the server's goodbye is an error: something may be cut off.
    Result<std::size_t> read(std::span<char> buffer, Deadline deadline);

private:
    Connection(FileDescriptor socket, TlsSession session) : socket_(std::move(socket)), session_(std::move(session)) {}
    Status shake_hands(Deadline deadline);
    Status go_on_after(int outcome, Deadline deadline);
    Status send_all(std::string_view bytes, Deadline deadline);
    Status send_records(Deadline deadline);
    Result<std::size_t> receive(std::span<char> buffer, Deadline deadline);

    FileDescriptor socket_;
    TlsSession session_;  // null: plain. Reads and writes memory; the socket is ours, so that no signal comes of a lost peer.
};

}  // namespace docwright
