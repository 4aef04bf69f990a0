/*===- Check.h - Assertions for tests in C -----------------------*- C -*-===*/

#ifndef PLUMB_UNITTESTS_CAPI_CHECK_H
#define PLUMB_UNITTESTS_CAPI_CHECK_H

#include "plumb-c/Plumb.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each failure is said; the exit code of `main` is their number. */
static int failures;

#define CHECK(condition)                                                       \
  do {                                                                         \
    if (!(condition)) {                                                        \
      printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);           \
      ++failures;                                                              \
    }                                                                          \
  } while (0)

#define OK(call) CHECK((call) == PLUMB_STATUS_OK)

/* What the handler has been told since the last forget(). */
static char told[8192];
static PlumbDiagnostic first;
static int numTold;

static void remember(const PlumbDiagnostic *diagnostic, void *user) {
  size_t i;
  if (!numTold++)
    first = *diagnostic;
  CHECK(user == told);
  CHECK(diagnostic->message && diagnostic->file);
  strncat(told, diagnostic->message, sizeof(told) - strlen(told) - 2);
  strcat(told, "\n");
  for (i = 0; i < diagnostic->num_notes; ++i) {
    CHECK(diagnostic->notes[i].severity == PLUMB_SEVERITY_NOTE);
    strncat(told, diagnostic->notes[i].message,
            sizeof(told) - strlen(told) - 2);
    strcat(told, "\n");
  }
}

static void forget(void) {
  told[0] = 0;
  numTold = 0;
}

/* That the call gives this status, and a message that contains the text. */
#define FAILS(call, status, text)                                              \
  do {                                                                         \
    forget();                                                                  \
    CHECK((call) == (status));                                                 \
    if (!strstr(told, (text))) {                                               \
      printf("%s:%d: told '%s', not '%s'\n", __FILE__, __LINE__, told,         \
             (text));                                                          \
      ++failures;                                                              \
    }                                                                          \
  } while (0)
#define MISUSE(call, text) FAILS(call, PLUMB_STATUS_MISUSE, text)
#define PROGRAM(call, text) FAILS(call, PLUMB_STATUS_PROGRAM, text)

static PlumbContext *newContext(void) {
  PlumbContext *context = plumbContextCreate();
  CHECK(context);
  OK(plumbContextSetDiagnosticHandler(context, remember, told));
  return context;
}

static PlumbType typeOf(PlumbContext *context, const char *text) {
  PlumbType type;
  OK(plumbTypeParse(context, text, &type));
  return type;
}

#endif /* PLUMB_UNITTESTS_CAPI_CHECK_H */
