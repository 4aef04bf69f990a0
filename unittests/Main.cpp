//===- Main.cpp - runs the tests of a program -----------------------------===//

#include <cstdlib>
#include <gtest/gtest.h>

/// A client of a test that gets no processor for ten seconds has done nothing
/// wrong: deadlines of servers are an hour, where no test sets another.
static void setPatientDeadlines() {
  for (const char *deadline :
       {"PLUMB_WS_HANDSHAKE_TIMEOUT_MS", "PLUMB_WS_PONG_TIMEOUT_MS",
        "PLUMB_WS_DRAIN_TIMEOUT_MS"})
    ::setenv(deadline, "3600000", 1);
}

int main(int argc, char **argv) {
  setPatientDeadlines();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
