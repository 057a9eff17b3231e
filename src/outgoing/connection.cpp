#include "outgoing/connection.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "outgoing/failure.h"

namespace docwright {
namespace {

constexpr std::size_t kRecordBytes = 16 * 1024;  // of one TLS record; more at once gains nothing

std::string library_words() {
    std::string words;
    while (const unsigned long code = ERR_get_error()) {
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        words += words.empty() ? text.data() : std::string("; ") + text.data();
    }
    return words;
}

Error lost(std::string detail) { return fetch_failed(Fault::Unavailable, "The connection to the server was lost.", std::move(detail)); }

// Whom the certificate must be for. Only a name is told to the server (RFC 6066, 3).
bool expect_server(SSL* session, const Target& target) {
    if (target.address) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), target.host.c_str()) == 1;
    SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(session, target.host.c_str()) == 1 && SSL_set_tlsext_host_name(session, target.host.c_str()) == 1;
}

}  // namespace

Result<TlsContext> open_tls_context(const std::string& extra_issuers) {
    TlsContext context(SSL_CTX_new(TLS_client_method()));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_default_verify_paths(context.get()) != 1)
        return Error{Fault::Unavailable, "TLS cannot be set up.", library_words()};
    if (!extra_issuers.empty() && SSL_CTX_load_verify_file(context.get(), extra_issuers.c_str()) != 1)
        return Error{Fault::Unavailable, "The certificates of " + extra_issuers + " cannot be read.", library_words()};
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // a session is a cookie
    constexpr unsigned char kProtocol[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context.get(), kProtocol, sizeof kProtocol);
    return context;
}

Result<Connection> Connection::open(FileDescriptor socket, const Target& target, const TlsContext& tls, Deadline deadline) {
    if (!target.secure) return Connection(std::move(socket), nullptr);
    TlsSession session(SSL_new(tls.get()));
    BIO* incoming = BIO_new(BIO_s_mem());
    BIO* outgoing = BIO_new(BIO_s_mem());
    if (session && incoming && outgoing) {
        SSL_set_bio(session.get(), incoming, outgoing);  // owns them from here on
    } else {
        BIO_free(incoming);
        BIO_free(outgoing);
        return fetch_failed(Fault::Internal, "TLS cannot be started.", library_words());
    }
    if (!expect_server(session.get(), target)) return fetch_failed(Fault::Internal, "TLS cannot be started.", library_words());
    SSL_set_connect_state(session.get());
    Connection connection(std::move(socket), std::move(session));
    TRY(connection.shake_hands(deadline));
    return connection;
}

Status Connection::shake_hands(Deadline deadline) {
    while (true) {
        ERR_clear_error();
        const int outcome = SSL_do_handshake(session_.get());
        if (outcome == 1) return send_records(deadline);
        const long verdict = SSL_get_verify_result(session_.get());
        if (verdict != X509_V_OK && SSL_get_error(session_.get(), outcome) == SSL_ERROR_SSL) {
            const std::string why = X509_verify_cert_error_string(verdict);
            return fetch_failed(Fault::InvalidInput, "The server's certificate is refused: " + why + ".", library_words());
        }
        TRY(go_on_after(outcome, deadline));
    }
}

// After a TLS call that did not finish: sends what it left to send and fetches what it wants to read.
Status Connection::go_on_after(int outcome, Deadline deadline) {
    const int want = SSL_get_error(session_.get(), outcome);
    if (want != SSL_ERROR_WANT_READ && want != SSL_ERROR_WANT_WRITE) return lost(library_words());
    TRY(send_records(deadline));
    if (want == SSL_ERROR_WANT_WRITE) return success();
    std::array<char, kRecordBytes> bytes;
    const std::size_t count = TRY(receive(bytes, deadline));
    if (count == 0) return lost("end without close_notify");
    if (BIO_write(SSL_get_rbio(session_.get()), bytes.data(), static_cast<int>(count)) != static_cast<int>(count))
        return lost(library_words());
    return success();
}

Status Connection::send_records(Deadline deadline) {
    std::array<char, kRecordBytes> bytes;
    while (true) {
        const int count = BIO_read(SSL_get_wbio(session_.get()), bytes.data(), static_cast<int>(bytes.size()));
        if (count <= 0) return success();
        TRY(send_all({bytes.data(), static_cast<std::size_t>(count)}, deadline));
    }
}

Status Connection::send_all(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            TRY(wait_for(socket_.get(), POLLOUT, deadline));
        } else if (errno != EINTR) {
            return lost(std::strerror(errno));
        }
    }
    return success();
}

Result<std::size_t> Connection::receive(std::span<char> buffer, Deadline deadline) {
    while (true) {
        // Waiting first holds the deadline also against a server that always has one more byte.
        TRY(wait_for(socket_.get(), POLLIN, deadline));
        const ssize_t count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EAGAIN && errno != EINTR) return lost(std::strerror(errno));
    }
}

Status Connection::write(std::string_view bytes, Deadline deadline) {
    if (!session_) return send_all(bytes, deadline);
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kRecordBytes);
        ERR_clear_error();
        const int count = SSL_write(session_.get(), piece.data(), static_cast<int>(piece.size()));
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            TRY(send_records(deadline));
        } else {
            TRY(go_on_after(count, deadline));
        }
    }
    return success();
}

Result<std::size_t> Connection::read(std::span<char> buffer, Deadline deadline) {
    if (!session_) return receive(buffer, deadline);
    while (true) {
        ERR_clear_error();
        const int count = SSL_read(session_.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (count > 0) return static_cast<std::size_t>(count);
        if (SSL_get_error(session_.get(), count) == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
        TRY(go_on_after(count, deadline));
    }
}

}  // namespace docwright
