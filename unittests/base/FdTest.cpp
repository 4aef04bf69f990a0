//===- FdTest.cpp - an owned descriptor -----------------------------------===//

#include "runtime/base/Fd.h"

#include <cerrno>
#include <gtest/gtest.h>

using plumb::rt::base::Fd;

// bind() has failed, and the descriptor is given up before somebody says why.
TEST(Fd, GivingUpADescriptorKeepsErrno) {
  errno = EADDRINUSE;
  Fd none(1 << 30);
  none.reset(); // Nothing to close, which close() says in errno.
  EXPECT_EQ(errno, EADDRINUSE);
}
