//===- OutputFile.h - A file that appears when it is whole ------*- C++ -*-===//

#ifndef PLUMB_COMMANDLINE_OUTPUTFILE_H
#define PLUMB_COMMANDLINE_OUTPUTFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

namespace llvm {
class raw_pwrite_stream;
}

namespace plumb {

/// Both make the output under a temporary name in its own folder and rename it
/// when `write` has returned true, so that a failed run leaves no output and an
/// old output stays. The temporary file is gone in any case, also when a signal
/// ends the process. False, with an error on stderr, when `path` cannot be
/// written or `write` fails. An existing path that is not a regular file, such
/// as a pipe, is written to and stays what it is.

/// Writes through a stream. "-" is stdout.
bool writeStream(llvm::StringRef path,
                 llvm::function_ref<bool(llvm::raw_pwrite_stream &)> write);

/// `write` gets the name of the file to make; another process may make it.
bool writeFile(llvm::StringRef path,
               llvm::function_ref<bool(llvm::StringRef)> write);

/// An empty file in the system's temporary folder, removed at the end of
/// `use`, or by a signal.
bool withTemporary(llvm::StringRef suffix,
                   llvm::function_ref<bool(llvm::StringRef)> use);

} // namespace plumb

#endif // PLUMB_COMMANDLINE_OUTPUTFILE_H
