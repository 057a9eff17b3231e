#include "engines/pdf/signatures.h"

#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include <memory>

#include "engines/pdf/pdf_date.h"

namespace docwright::pdf {
namespace {

// The name in the certificate of the first signer, "" if it cannot be read.
std::string certificate_name(const std::string& contents) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(contents.data());
    std::unique_ptr<PKCS7, decltype(&PKCS7_free)> message(d2i_PKCS7(nullptr, &bytes, static_cast<long>(contents.size())), PKCS7_free);
    if (!message || !PKCS7_type_is_signed(message.get())) return {};
    std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> signers(PKCS7_get0_signers(message.get(), nullptr, 0),
                                                                       [](STACK_OF(X509) * list) { sk_X509_free(list); });
    if (!signers || sk_X509_num(signers.get()) < 1) return {};
    X509_NAME* subject = X509_get_subject_name(sk_X509_value(signers.get(), 0));
    int place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (place < 0) return {};
    unsigned char* text = nullptr;
    int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
    if (length < 0) return {};
    std::string name(reinterpret_cast<char*>(text), static_cast<std::size_t>(length));
    OPENSSL_free(text);
    return valid_utf8(name);
}

// Two ranges that leave out nothing but the signature itself.
bool covers_whole_file(QPDFObjectHandle range, std::size_t file_bytes) {
    if (!range.isArray() || range.getArrayNItems() != 4) return false;
    long long part[4];
    for (int i = 0; i < 4; ++i) {
        if (!range.getArrayItem(i).isInteger()) return false;
        part[i] = range.getArrayItem(i).getIntValue();
    }
    return part[0] == 0 && part[1] > 0 && part[2] > part[1] && part[3] >= 0 && part[2] <= static_cast<long long>(file_bytes) &&
           part[3] == static_cast<long long>(file_bytes) - part[2];
}

bool is_certifying(QPDFObjectHandle signature) {
    QPDFObjectHandle references = value_at(signature, "/Reference");
    constexpr int kMostReferences = 16;
    for (int i = 0; references.isArray() && i < std::min(references.getArrayNItems(), kMostReferences); ++i) {
        if (name_at(references.getArrayItem(i), "/TransformMethod") == "DocMDP") return true;
    }
    return false;
}

}  // namespace

extract::SignatureFacts read_signature(ObjectModel& model, QPDFObjectHandle value) {
    extract::SignatureFacts facts;
    QPDFObjectHandle contents = value_at(value, "/Contents");
    facts.is_signed = value.isDictionary() && (contents.isString() || !value_at(value, "/ByteRange").isNull());
    if (!facts.is_signed) return facts;
    facts.signer = text_at(value, "/Name");
    if (facts.signer.empty() && contents.isString()) facts.signer = certificate_name(contents.getStringValue());
    facts.reason = text_at(value, "/Reason");
    facts.location = text_at(value, "/Location");
    facts.contact = text_at(value, "/ContactInfo");
    facts.time = utc_date(text_at(value, "/M"));
    facts.sub_filter = name_at(value, "/SubFilter");
    facts.covers_whole_file = covers_whole_file(value_at(value, "/ByteRange"), model.bytes().size());
    facts.certifies = is_certifying(value);
    return facts;
}

}  // namespace docwright::pdf
