//===- Options.h - Settings of a family's runtime ---------------*- C++ -*-===//

#ifndef PLUMB_DIALECTS_INTRINSIC_OPTIONS_H
#define PLUMB_DIALECTS_INTRINSIC_OPTIONS_H

#include "plumb-c/Descriptor.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace plumb::intr {

/// The family's option of this name, or null.
const plumb_intr_option *findOption(const plumb_intr_family &family,
                                    llvm::StringRef name);
/// "family 'ws' has no option 'size'", with the nearest names.
std::string noOption(const plumb_intr_family &family, llvm::StringRef name);

/// What it may be: "a whole number from 1 to 256", "one of off, on", "a text".
std::string describeValues(const plumb_intr_option &option);
/// The default as a user would write it.
std::string describeDefault(const plumb_intr_option &option);
bool isChoice(const plumb_intr_option &option, llvm::StringRef word);

/// All options of the family for `--help-options`, under their headings, lines
/// of at most 80 columns. Nothing for a family without.
void printOptions(const plumb_intr_family &family, llvm::raw_ostream &os);

} // namespace plumb::intr

#endif // PLUMB_DIALECTS_INTRINSIC_OPTIONS_H
