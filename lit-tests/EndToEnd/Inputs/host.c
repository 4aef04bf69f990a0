/* A server in C that calls nothing of plumb/host.h: what a daemon is promised it
 * has from plumb_ws_serve alone. */
#include "plumb/ws.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static plumb_str *str(const char *text, uint64_t size) {
  plumb_str *made = malloc(sizeof *made + size);
  made->len = size;
  memcpy(made->data, text, size);
  return made;
}

static bool begins(const plumb_str *text, const char *with) {
  return text->len >= strlen(with) && memcmp(text->data, with, strlen(with)) == 0;
}

static bool on_connect(plumb_ws_conn conn, void *env) {
  return true;
}

static void on_message(plumb_ws_conn conn, const plumb_str *text, void *env) {
  if (text->len < 5)
    return;
  plumb_str *rest = str((const char *)text->data + 5, text->len - 5);
  plumb_str *room = str("room", 4);
  if (begins(text, "join "))
    plumb_ws_join(conn, rest);
  else if (begins(text, "echo "))
    plumb_ws_send(conn, rest);
  else if (begins(text, "say ")) {
    plumb_str *said = str((const char *)text->data + 4, text->len - 4);
    plumb_ws_broadcast(room, said);
    free(said);
  }
  free(room);
  free(rest);
}

static void on_close(plumb_ws_conn conn, int64_t code, const plumb_str *reason,
                     void *env) {}

int main(int argc, char **argv) {
  return plumb_ws_serve(argc > 1 ? atoi(argv[1]) : 0, on_connect, NULL, on_message, NULL,
                        on_close, NULL, NULL, NULL, NULL, NULL, str("", 0)) != 0;
}
