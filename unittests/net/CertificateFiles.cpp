//===- CertificateFiles.cpp - certificates for tests ----------------------===//

#include "CertificateFiles.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace plumb::test {

CertificateFiles::CertificateFiles() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "plumb-tls-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    std::abort();
  folder = pattern;
  certificate = folder + "/certificate.pem";
  key = folder + "/key.pem";
}

CertificateFiles::~CertificateFiles() { std::filesystem::remove_all(folder); }

void CertificateFiles::write(Of of) {
  EVP_PKEY *pair = of.rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256");
  X509 *made = X509_new();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), of.serial);
  X509_gmtime_adj(X509_getm_notBefore(made), of.validFrom);
  X509_gmtime_adj(X509_getm_notAfter(made), of.validTo);
  X509_set_pubkey(made, pair);
  X509_NAME *subject = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char *>("a test"),
                             -1, -1, 0);
  X509_set_issuer_name(made, subject);
  X509_EXTENSION *names = X509V3_EXT_conf_nid(
      nullptr, nullptr, NID_subject_alt_name, ("DNS:" + of.host).c_str());
  X509_add_ext(made, names, -1);
  X509_EXTENSION_free(names);
  X509_sign(made, pair, EVP_sha256());
  FILE *out = std::fopen(certificate.c_str(), "w");
  PEM_write_X509(out, made);
  std::fclose(out);
  out = std::fopen(key.c_str(), "w");
  PEM_write_PrivateKey(out, pair, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(made);
  EVP_PKEY_free(pair);
}

} // namespace plumb::test
