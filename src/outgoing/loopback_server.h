// For tests: a server on 127.0.0.1 that counts what reaches it and answers each connection once, as the test says; with a
// certificate of its own making if wanted.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"

namespace docwright {

template <auto close>
struct OpensslCloser {
    template <class Type>
    void operator()(Type* value) const noexcept {
        close(value);
    }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, OpensslCloser<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, OpensslCloser<X509_free>>;

// An issuer, and a certificate of it for `names`, as in "DNS:site.example,IP:127.0.0.1".
struct Certificates {
    PrivateKey issuer_key{EVP_EC_gen("P-256")};
    PrivateKey server_key{EVP_EC_gen("P-256")};
    Certificate issuer, server;

    explicit Certificates(const std::string& names, long valid_seconds = 3600)
        : issuer(make("Issuer of the tests", issuer_key, nullptr, "CA:TRUE", "", 3600)),
          server(make("Server of the tests", server_key, issuer.get(), "CA:FALSE", names, valid_seconds)) {}

    void write_issuer(const std::string& path) const {
        const std::unique_ptr<BIO, OpensslCloser<BIO_free>> text(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(text.get(), issuer.get());
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(text.get(), &bytes);
        std::ofstream(path) << std::string(bytes, static_cast<std::size_t>(size));
    }

private:
    static void extend(X509* certificate, int kind, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }

    Certificate make(const char* subject, const PrivateKey& key, X509* signer, const std::string& constraints, const std::string& names,
                     long valid_seconds) {
        Certificate certificate(X509_new());
        X509_set_version(certificate.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), signer ? 2 : 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), valid_seconds);
        X509_NAME* name = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(subject), -1, -1, 0);
        X509_set_issuer_name(certificate.get(), signer ? X509_get_subject_name(signer) : name);
        X509_set_pubkey(certificate.get(), key.get());
        extend(certificate.get(), NID_basic_constraints, "critical," + constraints);
        if (!names.empty()) extend(certificate.get(), NID_subject_alt_name, names);
        X509_sign(certificate.get(), issuer_key.get(), EVP_sha256());
        return certificate;
    }
};

class LoopbackServer {
public:
    using Send = std::function<bool(const std::string& bytes)>;  // false: the client is gone
    using Play = std::function<void(const std::string& request, const Send& send)>;

    // Answers each request with `answer`, byte for byte.
    explicit LoopbackServer(const std::string& answer, const Certificates* certificates = nullptr)
        : LoopbackServer([answer](const std::string&, const Send& send) { send(answer); }, certificates) {}
    explicit LoopbackServer(Play play, const Certificates* certificates = nullptr) : play_(std::move(play)) {
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's sockets do not hold it back
        if (certificates) {
            tls_.reset(SSL_CTX_new(TLS_server_method()));
            SSL_CTX_use_certificate(tls_.get(), certificates->server.get());
            SSL_CTX_use_PrivateKey(tls_.get(), certificates->server_key.get());
        }
        listener_ = FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof place;
        ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&place), size);
        ::listen(listener_.get(), 16);
        ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&place), &size);
        port_ = ntohs(place.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~LoopbackServer() {
        ::shutdown(listener_.get(), SHUT_RDWR);
        thread_.join();
    }

    std::string port() const { return std::to_string(port_); }
    int connections() const { return connections_; }
    std::vector<std::string> requests() const {
        const std::lock_guard hold(lock_);
        return requests_;
    }

private:
    void serve() {
        while (true) {
            const FileDescriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!socket.open()) return;
            ++connections_;
            const std::unique_ptr<SSL, OpensslCloser<SSL_free>> session(tls_ ? SSL_new(tls_.get()) : nullptr);
            if (session) {
                SSL_set_fd(session.get(), socket.get());
                if (SSL_accept(session.get()) != 1) continue;
            }
            converse(socket.get(), session.get());
            if (session) SSL_shutdown(session.get());
        }
    }

    void converse(int socket, SSL* session) {
        std::string request;
        char bytes[4096];
        while (request.find("\r\n\r\n") == std::string::npos) {
            const long count = session ? SSL_read(session, bytes, sizeof bytes) : ::recv(socket, bytes, sizeof bytes, 0);
            if (count <= 0) return;
            request.append(bytes, static_cast<std::size_t>(count));
        }
        {
            const std::lock_guard hold(lock_);
            requests_.push_back(request);
        }
        play_(request, [&](const std::string& answer) {
            const long count = session ? SSL_write(session, answer.data(), static_cast<int>(answer.size()))
                                       : ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
            return count == static_cast<long>(answer.size());
        });
    }

    Play play_;
    std::unique_ptr<SSL_CTX, OpensslCloser<SSL_CTX_free>> tls_;
    FileDescriptor listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_ = 0;
    mutable std::mutex lock_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

}  // namespace docwright
