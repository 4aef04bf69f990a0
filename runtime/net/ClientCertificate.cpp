//===- ClientCertificate.cpp - what a client has proved to be -------------===//

#include "runtime/net/ClientCertificate.h"
#include "runtime/base/Ascii.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <span>

namespace plumb::rt::net {

namespace {
struct FreeBio {
  void operator()(BIO *bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
} // namespace

ClientCertificate::ClientCertificate(const SSL *ssl) noexcept {
  X509 *peer = SSL_get0_peer_certificate(ssl);
  if (peer && SSL_get_verify_result(ssl) == X509_V_OK && X509_up_ref(peer) == 1)
    certificate.reset(peer);
}

static std::string contentOf(const Bio &bio) {
  char *bytes = nullptr;
  long size = BIO_get_mem_data(bio.get(), &bytes);
  return size > 0 ? std::string(bytes, static_cast<size_t>(size)) : "";
}

static std::string hexOf(std::span<const uint8_t> bytes, const char *digits) {
  std::string text;
  for (uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

static std::string textOf(const X509_NAME *name) {
  Bio bio(BIO_new(BIO_s_mem()));
  // UTF-8 as it is; what could end a line or hide is escaped.
  unsigned long flags =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!bio || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0)
    return "";
  return contentOf(bio);
}

static std::string commonNameOf(const X509_NAME *name) {
  int last = -1;
  for (int at;
       (at = X509_NAME_get_index_by_NID(name, NID_commonName, last)) >= 0;)
    last = at;
  if (last < 0)
    return "";
  unsigned char *bytes = nullptr;
  int size = ASN1_STRING_to_UTF8(
      &bytes, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
  std::string text(reinterpret_cast<char *>(bytes),
                   static_cast<size_t>(std::max(size, 0)));
  OPENSSL_free(bytes);
  return text;
}

/// Those that are plain ASCII, as they have to be (RFC 5280 section 4.2.1.6): a
/// line feed in one would make two of it.
static std::string alternativeNames(const X509 *certificate, int kind) {
  auto *names = static_cast<GENERAL_NAMES *>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  std::string all;
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
    if (name->type != kind)
      continue;
    std::string_view text(
        reinterpret_cast<const char *>(ASN1_STRING_get0_data(name->d.ia5)),
        static_cast<size_t>(ASN1_STRING_length(name->d.ia5)));
    if (!text.empty() && base::allOf(text, base::isGraphic))
      all.append(all.empty() ? "" : "\n").append(text);
  }
  GENERAL_NAMES_free(names);
  return all;
}

static std::string serialOf(const X509 *certificate) {
  BIGNUM *number =
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
  char *digits = number ? BN_bn2hex(number) : nullptr;
  std::string text = digits ? digits : "";
  OPENSSL_free(digits);
  BN_free(number);
  return text;
}

static std::string fingerprintOf(const X509 *certificate) {
  uint8_t digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest, &size) != 1)
    return "";
  return hexOf(std::span(digest, size), "0123456789abcdef");
}

static std::string pemOf(const X509 *certificate) {
  Bio bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? contentOf(bio)
                                                                : "";
}

namespace {
struct Part {
  std::string_view name;
  std::string (*read)(const X509 *);
};
} // namespace

static constexpr Part parts[] = {
    {"subject",
     [](const X509 *it) { return textOf(X509_get_subject_name(it)); }},
    {"issuer", [](const X509 *it) { return textOf(X509_get_issuer_name(it)); }},
    {"common_name",
     [](const X509 *it) { return commonNameOf(X509_get_subject_name(it)); }},
    {"dns", [](const X509 *it) { return alternativeNames(it, GEN_DNS); }},
    {"email", [](const X509 *it) { return alternativeNames(it, GEN_EMAIL); }},
    {"uri", [](const X509 *it) { return alternativeNames(it, GEN_URI); }},
    {"serial", serialOf},
    {"fingerprint", fingerprintOf},
    {"pem", pemOf}};

static const Part *find(std::string_view name) noexcept {
  const Part *found = std::ranges::find(parts, name, &Part::name);
  return found == std::end(parts) ? nullptr : found;
}

std::string ClientCertificate::part(std::string_view name) const {
  const Part *found = find(name);
  return found && certificate ? found->read(certificate.get()) : std::string();
}

bool ClientCertificate::hasPart(std::string_view name) noexcept {
  return find(name) != nullptr;
}

std::string ClientCertificate::partNames() {
  std::string names;
  for (const Part &part : parts)
    names.append(names.empty() ? "" : ", ").append(part.name);
  return names;
}

const char *whatIsWrongWithClient(const SSL *ssl) noexcept {
  if (!ssl)
    return nullptr;
  if (long result = SSL_get_verify_result(ssl); result != X509_V_OK)
    return X509_verify_cert_error_string(result);
  unsigned long code = ERR_peek_error();
  return ERR_GET_LIB(code) == ERR_LIB_SSL &&
                 ERR_GET_REASON(code) == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE
             ? "it has none"
             : nullptr;
}

} // namespace plumb::rt::net
