//===- Authority.cpp - who issues certificates, for tests -----------------===//

#include "Authority.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace plumb::test {

static std::shared_ptr<X509> make(EVP_PKEY *subjectKey, const std::string &name,
                                  long serial, X509 *issuer, long from,
                                  long to) {
  std::shared_ptr<X509> made(X509_new(), X509_free);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), from);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), to);
  X509_set_pubkey(made.get(), subjectKey);
  X509_NAME *subject = X509_get_subject_name(made.get());
  auto add = [&](const char *field, const std::string &value) {
    X509_NAME_add_entry_by_txt(
        subject, field, MBSTRING_UTF8,
        reinterpret_cast<const unsigned char *>(value.data()),
        static_cast<int>(value.size()), -1, 0);
  };
  add("O", "Example");
  add("CN", name);
  X509_set_issuer_name(made.get(),
                       issuer ? X509_get_subject_name(issuer) : subject);
  return made;
}

static void extend(X509 *certificate, int kind, const std::string &value) {
  X509_EXTENSION *made =
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (!made)
    std::abort();
  X509_add_ext(certificate, made, -1);
  X509_EXTENSION_free(made);
}

Authority::Authority(const std::string &name, Authority *issuer)
    : key(EVP_EC_gen("P-256"), EVP_PKEY_free) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "plumb-ca-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    std::abort();
  folder = pattern;
  path = folder + "/ca.pem";
  certificate =
      make(key.get(), name, 1000, issuer ? issuer->certificate.get() : nullptr,
           -7200, 365 * 24 * 3600);
  extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(certificate.get(), issuer ? issuer->key.get() : key.get(),
            EVP_sha256());
  write();
}

Authority::~Authority() { std::filesystem::remove_all(folder); }

std::string Authority::pem() const {
  BIO *bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate.get());
  char *bytes = nullptr;
  long size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

void Authority::write(std::string_view more) {
  std::ofstream(path) << pem() << more;
}

Authority::Issued Authority::issue(const Of &of) {
  std::string base = folder + "/" + std::to_string(of.serial);
  Issued issued{base + ".pem", base + ".key"};
  std::shared_ptr<EVP_PKEY> own(EVP_EC_gen("P-256"), EVP_PKEY_free);
  std::shared_ptr<X509> made =
      make(own.get(), of.commonName, of.serial, certificate.get(), of.validFrom,
           of.validTo);
  extend(made.get(), NID_ext_key_usage,
         of.forServers ? "serverAuth" : "clientAuth");
  if (!of.names.empty())
    extend(made.get(), NID_subject_alt_name, of.names);
  X509_sign(made.get(), key.get(), EVP_sha256());
  FILE *out = std::fopen(issued.certificate.c_str(), "w");
  PEM_write_X509(out, made.get());
  std::fclose(out);
  out = std::fopen(issued.key.c_str(), "w");
  PEM_write_PrivateKey(out, own.get(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  return issued;
}

void Authority::revoke(const std::vector<long> &serials) {
  std::shared_ptr<X509_CRL> list(X509_CRL_new(), X509_CRL_free);
  X509_CRL_set_version(list.get(), 1);
  X509_CRL_set_issuer_name(list.get(),
                           X509_get_subject_name(certificate.get()));
  std::shared_ptr<ASN1_TIME> time(X509_gmtime_adj(nullptr, -60),
                                  ASN1_TIME_free);
  X509_CRL_set1_lastUpdate(list.get(), time.get());
  for (long serial : serials) {
    X509_REVOKED *revoked = X509_REVOKED_new();
    ASN1_INTEGER *number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, serial);
    X509_REVOKED_set_serialNumber(revoked, number);
    X509_REVOKED_set_revocationDate(revoked, time.get());
    ASN1_INTEGER_free(number);
    X509_CRL_add0_revoked(list.get(), revoked);
  }
  X509_gmtime_adj(time.get(), 24 * 3600);
  X509_CRL_set1_nextUpdate(list.get(), time.get());
  X509_CRL_sign(list.get(), key.get(), EVP_sha256());
  BIO *bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509_CRL(bio, list.get());
  char *bytes = nullptr;
  long size = BIO_get_mem_data(bio, &bytes);
  write({bytes, static_cast<size_t>(size)});
  BIO_free(bio);
}

} // namespace plumb::test
