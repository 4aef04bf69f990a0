/*===- Context.h - Where programs are made -----------------------*- C -*-===*\
|*                                                                          *|
|* See Support.h for errors, ownership and threads.                         *|
|*                                                                          *|
\*===----------------------------------------------------------------------===*/

#ifndef PLUMB_C_CONTEXT_H
#define PLUMB_C_CONTEXT_H

#include "plumb-c/Support.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Types, dialects of all loaded families, and the diagnostic handler. */
typedef struct PlumbContext PlumbContext;

/** Null when the process has no memory left. */
PLUMB_C_API PlumbContext *plumbContextCreate(void);
/** Modules that were made in it stay valid, and may be destroyed later. */
PLUMB_C_API void plumbContextDestroy(PlumbContext *context);

typedef enum PlumbSeverity {
  PLUMB_SEVERITY_NOTE,
  PLUMB_SEVERITY_REMARK,
  PLUMB_SEVERITY_WARNING,
  PLUMB_SEVERITY_ERROR
} PlumbSeverity;

/** Valid only while the handler runs. */
typedef struct PlumbDiagnostic {
  PlumbSeverity severity;
  const char *message; /**< without severity, place or end of line */
  const char *file;    /**< "" when the place is unknown */
  uint32_t line;       /**< from 1; 0 when unknown */
  uint32_t column;     /**< from 1, in bytes; 0 when unknown */
  const struct PlumbDiagnostic *notes; /**< they have no notes of their own */
  size_t num_notes;
} PlumbDiagnostic;

/** Must not call functions of this library with the same context, nor leave
 *  by longjmp or an exception. */
typedef void (*PlumbDiagnosticHandler)(const PlumbDiagnostic *diagnostic,
                                       void *user);

/** Null for the first one, which writes
 *  `file:line:column: error: message` to stderr. `user` must live as long. */
PLUMB_C_API PlumbStatus plumbContextSetDiagnosticHandler(
    PlumbContext *context, PlumbDiagnosticHandler handler, void *user);

/** A type, made by the functions below. Equal types of one context have equal
 *  ids; those of another context are refused. */
typedef struct PlumbType {
  uint64_t id; /**< 0 for none */
} PlumbType;

/** The type of MLIR text: "i64", "i1", "f64", "!intr.str", ... */
PLUMB_C_API PlumbStatus plumbTypeParse(PlumbContext *context, const char *text,
                                       PlumbType *type);

/** "!intr.str": lives as long as the context, and every module of it. Null for
 *  a type that is not of this context. */
PLUMB_C_API const char *plumbTypeText(PlumbContext *context, PlumbType type);

#ifdef __cplusplus
}
#endif

#endif /* PLUMB_C_CONTEXT_H */
