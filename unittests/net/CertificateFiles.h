//===- CertificateFiles.h - certificates for tests --------------*- C++ -*-===//
#ifndef PLUMB_UNITTESTS_NET_CERTIFICATEFILES_H
#define PLUMB_UNITTESTS_NET_CERTIFICATEFILES_H

#include <string>

namespace plumb::test {

/// A folder with the files of one certificate, which can be written anew.
class CertificateFiles {
public:
  struct Of {
    long serial = 1;
    std::string host = "localhost";                   ///< subjectAltName
    long validFrom = -3600, validTo = 90 * 24 * 3600; ///< seconds from now
    bool rsa = false;
  };
  CertificateFiles();
  explicit CertificateFiles(Of of) : CertificateFiles() { write(of); }
  ~CertificateFiles();
  CertificateFiles(const CertificateFiles &) = delete;
  CertificateFiles &operator=(const CertificateFiles &) = delete;

  /// Another key and certificate in the same files.
  void write(Of of);
  std::string certificate, key; ///< paths

private:
  std::string folder;
};

} // namespace plumb::test

#endif // PLUMB_UNITTESTS_NET_CERTIFICATEFILES_H
