/*===- Support.h - What all of the C API shares ------------------*- C -*-===*\
|*                                                                          *|
|* Rules that hold for every function of plumb-c:                           *|
|*                                                                          *|
|* Errors. A function that can fail returns a PlumbStatus. Before it returns *|
|* another than PLUMB_STATUS_OK, the context's diagnostic handler has been   *|
|* told why, and what the function was to give through pointers is zero, so  *|
|* it may be handed on: it will be refused. Null where a pointer must not be *|
|* null is such an error. (With a null context nobody can be told.)          *|
|*                                                                          *|
|* Ownership. Who calls ...Create or ...Parse or gets a PlumbText frees it,  *|
|* with the ...Destroy or ...Free of the same name; freeing null is allowed. *|
|* Arguments are only read during the call. A pointer that has been freed    *|
|* must not be used again: that cannot be checked.                           *|
|*                                                                          *|
|* Threads. A context, and what was made of it, is used by one thread at a   *|
|* time. Different contexts may be used at once. No function starts a thread.*|
|*                                                                          *|
|* Text is UTF-8 and ends with a zero unless a length is given with it.      *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_SUPPORT_H
#define PLUMB_C_SUPPORT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef PLUMB_C_BUILDING
#define PLUMB_C_API __attribute__((visibility("default")))
#else
#define PLUMB_C_API
#endif

/** Raised when a program compiled with older headers would not work. */
#define PLUMB_C_ABI_VERSION 1

/** PLUMB_C_ABI_VERSION of the library; any thread. A program checks once that
 *  it is the one that it was compiled with. */
PLUMB_C_API uint32_t plumbAbiVersion(void);

/** "Plumb 0.3.0 (LLVM and MLIR 22.1.8)"; static, any thread. */
PLUMB_C_API const char *plumbVersionText(void);

typedef enum PlumbStatus {
  PLUMB_STATUS_OK = 0,
  PLUMB_STATUS_MISUSE = 1,    /**< the front end called wrongly: its defect */
  PLUMB_STATUS_PROGRAM = 2,   /**< the program is wrong: its author's defect */
  PLUMB_STATUS_NOT_FOUND = 3, /**< nothing has this name */
  PLUMB_STATUS_FILE = 4,      /**< a file cannot be read, or is no family */
  PLUMB_STATUS_TARGET = 5,    /**< no code for this processor or output */
  PLUMB_STATUS_RUNTIME = 6    /**< a runtime library lacks something */
} PlumbStatus;

/** "program is wrong": static, any thread; for unknown numbers too. */
PLUMB_C_API const char *plumbStatusText(PlumbStatus status);

/** Bytes that the library made. Text ends with a zero after `length`. */
typedef struct PlumbText {
  char *data;
  size_t length;
} PlumbText;

/** Frees the bytes and sets both fields to zero. */
PLUMB_C_API void plumbTextFree(PlumbText *text);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_SUPPORT_H */
