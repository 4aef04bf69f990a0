//===- AsciiTest.cpp - bytes of ASCII -------------------------------------===//

#include "runtime/base/Ascii.h"

#include <cctype>
#include <gtest/gtest.h>

using namespace plumb::rt::base;

/// The C library in the "C" locale, which a test begins with, as the other one.
TEST(Ascii, EveryByteAsTheCLibraryHasIt) {
  for (int byte = 0; byte < 256; ++byte) {
    char c = static_cast<char>(byte);
    bool ascii = byte < 128;
    EXPECT_EQ(isDigit(c), ascii && std::isdigit(byte)) << byte;
    EXPECT_EQ(isAlpha(c), ascii && std::isalpha(byte)) << byte;
    EXPECT_EQ(isControl(c), ascii && std::iscntrl(byte)) << byte;
    EXPECT_EQ(isPrintable(c), ascii && std::isprint(byte)) << byte;
    EXPECT_EQ(isGraphic(c), ascii && std::isgraph(byte)) << byte;
    EXPECT_EQ(hexDigit(c) >= 0, ascii && std::isxdigit(byte)) << byte;
    EXPECT_EQ(toLower(c), ascii ? static_cast<char>(std::tolower(byte)) : c)
        << byte;
  }
  EXPECT_EQ(hexDigit('7'), 7);
  EXPECT_EQ(hexDigit('c'), 12);
  EXPECT_EQ(hexDigit('F'), 15);
}

TEST(Ascii, Texts) {
  EXPECT_EQ(toLower("Example.ORG"), "example.org");
  EXPECT_EQ(toLower("Ä"), "Ä") << "only letters of ASCII have a case";
  EXPECT_TRUE(equalNoCase("Sec-WebSocket-Key", "sec-websocket-KEY"));
  EXPECT_TRUE(equalNoCase("", ""));
  EXPECT_FALSE(equalNoCase("upgrade", "upgrades"));
  EXPECT_FALSE(equalNoCase("@", "`")) << "a bit apart, as letters are";
  EXPECT_TRUE(allOf("0042", isDigit));
  EXPECT_FALSE(allOf("0x42", isDigit));
}
