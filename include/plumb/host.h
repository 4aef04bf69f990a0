/*===- Host.h - the process that programs run in -----------------*- C -*-===*\
|*                                                                          *|
|* Installed as plumb/host.h. For the main function around a program, which  *|
|* plumbc and plumb-run supply, and for programs in C.                       *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_HOST_H
#define PLUMB_HOST_H

#include "plumb/intr.h"

#ifdef __cplusplus
extern "C" {
#endif

/// To be called once, before anything else of the runtime, by the thread that
/// starts the program. Keeps a pointer to the arguments, which must live as
/// long as the process, makes SIGPIPE and SIGXFSZ be ignored, unblocks all
/// signals, gives SIGTERM its default course when it is ignored, and opens
/// what is closed of the descriptors 0 to 2. In process 1 of a container,
/// SIGHUP, SIGINT, SIGQUIT and SIGTERM end the program as they do elsewhere,
/// with the status 128 and the signal's number.
///
/// A program in C may do without. Then its signals stay as they are; a server
/// still opens what is closed of the descriptors 0 to 2 when it starts, and
/// nothing that the runtime writes, to peers or to its log, raises SIGPIPE.
PLUMB_API void plumb_host_start(int argc, char **argv) PLUMB_NOEXCEPT;

/// A program that plumbc has compiled, to an object file or with a shared
/// runtime, calls this when it starts, for each family: `expected` are lines of
/// a table (docs/versions.md) as the program was compiled by, `actual` is the
/// table that the library at hand has, null for none; `library` is its name, ""
/// where plumbc has made an object file and cannot know. Where that one does
/// not keep them, says so on standard error, all at once, and ends the process
/// with code 1.
PLUMB_API void plumb_host_check_runtime(const char *family, const char *library,
                                        const char *expected,
                                        const char *actual) PLUMB_NOEXCEPT;

/// The name of a status of the built-in families, "ws.err_closed", or "unknown
/// status". Static, ends with a zero. Any thread.
PLUMB_API const char *plumb_host_status_name(int64_t status) PLUMB_NOEXCEPT;
/// What it means, in a few words; static, ends with a zero. Any thread.
PLUMB_API const char *plumb_host_status_message(int64_t status) PLUMB_NOEXCEPT;

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_HOST_H */
