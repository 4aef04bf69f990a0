/* The commands of examples/loadtarget.mlir on libwebsockets:
 *   plumb-bench-lws PORT [--tls CERTIFICATE KEY]
 * Prints "listening on PORT" to stderr once it listens (0: any free port).
 *
 * As libwebsockets' own examples have it: a message is kept once, connections
 * queue references, and each writes when it is told that it may. It writes as
 * many messages then as the socket takes. */
#include <libwebsockets.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A message, with the room in front that lws_write wants for the header. */
struct message {
  unsigned references;
  size_t size;
  unsigned char bytes[];
};

/* One waiting message of one connection. */
struct entry {
  struct entry *next;
  struct message *message;
};

struct room;
struct session {
  struct lws *wsi;
  struct room *room;
  struct session *next, **link; /* in the room */
  struct entry *first, **last;  /* waiting messages */
  char *partial;                /* what has come of a message */
  size_t partial_size;
};

struct room {
  struct room *next;
  struct session *members;
  char name[64];
};

static struct room *rooms[4096];

static struct room *room_of(const char *name, size_t size) {
  unsigned hash = 5381;
  for (size_t i = 0; i < size; ++i)
    hash = hash * 33 + (unsigned char)name[i];
  struct room **at = &rooms[hash % 4096];
  for (; *at; at = &(*at)->next)
    if (strlen((*at)->name) == size && !memcmp((*at)->name, name, size))
      return *at;
  *at = calloc(1, sizeof **at);
  if (size >= sizeof(*at)->name)
    size = sizeof(*at)->name - 1;
  memcpy((*at)->name, name, size);
  return *at;
}

static void leave(struct session *session) {
  if (!session->room)
    return;
  *session->link = session->next;
  if (session->next)
    session->next->link = session->link;
  session->room = NULL;
}

static void join(struct session *session, struct room *room) {
  leave(session);
  session->room = room;
  session->next = room->members;
  session->link = &room->members;
  if (session->next)
    session->next->link = &session->next;
  room->members = session;
}

static struct message *make_message(const char *text, size_t size) {
  struct message *message = malloc(sizeof *message + LWS_PRE + size);
  message->references = 0;
  message->size = size;
  memcpy(message->bytes + LWS_PRE, text, size);
  return message;
}

static void queue(struct session *session, struct message *message) {
  struct entry *entry = malloc(sizeof *entry);
  entry->next = NULL;
  entry->message = message;
  ++message->references;
  *session->last = entry;
  session->last = &entry->next;
  lws_callback_on_writable(session->wsi);
}

static void pop(struct session *session) {
  struct entry *entry = session->first;
  session->first = entry->next;
  if (!session->first)
    session->last = &session->first;
  if (!--entry->message->references)
    free(entry->message);
  free(entry);
}

static void handle(struct session *session, const char *text, size_t size) {
  if (size >= 4 && !memcmp(text, "say ", 4) && session->room) {
    struct message *message = make_message(text + 4, size - 4);
    for (struct session *member = session->room->members; member;
         member = member->next)
      queue(member, message);
  } else if (size >= 5 && !memcmp(text, "echo ", 5)) {
    queue(session, make_message(text + 5, size - 5));
  } else if (size >= 5 && !memcmp(text, "join ", 5)) {
    join(session, room_of(text + 5, size - 5));
  }
}

/* A part of a message, as lws hands it out. */
static void receive(struct session *session, const char *data, size_t size) {
  int ends = lws_is_final_fragment(session->wsi) &&
             !lws_remaining_packet_payload(session->wsi);
  if (ends && !session->partial) {
    handle(session, data, size);
    return;
  }
  session->partial = realloc(session->partial, session->partial_size + size);
  memcpy(session->partial + session->partial_size, data, size);
  session->partial_size += size;
  if (!ends)
    return;
  handle(session, session->partial, session->partial_size);
  free(session->partial);
  session->partial = NULL;
  session->partial_size = 0;
}

static int send_waiting(struct session *session) {
  while (session->first && !lws_send_pipe_choked(session->wsi)) {
    struct message *message = session->first->message;
    if (lws_write(session->wsi, message->bytes + LWS_PRE, message->size,
                  LWS_WRITE_TEXT) < (int)message->size)
      return -1;
    pop(session);
  }
  if (session->first)
    lws_callback_on_writable(session->wsi);
  return 0;
}

static int callback(struct lws *wsi, enum lws_callback_reasons reason,
                    void *user, void *in, size_t size) {
  struct session *session = user;
  switch (reason) {
  case LWS_CALLBACK_ESTABLISHED:
    memset(session, 0, sizeof *session);
    session->wsi = wsi;
    session->last = &session->first;
    return 0;
  case LWS_CALLBACK_RECEIVE:
    receive(session, in, size);
    return 0;
  case LWS_CALLBACK_SERVER_WRITEABLE:
    return send_waiting(session);
  case LWS_CALLBACK_CLOSED:
    leave(session);
    while (session->first)
      pop(session);
    free(session->partial);
    return 0;
  default:
    return lws_callback_http_dummy(wsi, reason, user, in, size);
  }
}

int main(int argc, char **argv) {
  /* The first protocol is that of clients that name none. */
  static const struct lws_protocols protocols[] = {
      {"commands", callback, sizeof(struct session), 65536, 0, NULL, 0},
      {NULL, NULL, 0, 0, 0, NULL, 0}};
  struct lws_context_creation_info info = {0};
  info.port = argc > 1 ? atoi(argv[1]) : 0;
  info.protocols = protocols;
  info.fd_limit_per_thread = 20000;
  info.pt_serv_buf_size = 65536;
  if (argc > 4 && !strcmp(argv[2], "--tls")) {
    info.ssl_cert_filepath = argv[3];
    info.ssl_private_key_filepath = argv[4];
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
  }
  lws_set_log_level(LLL_ERR, NULL);
  struct lws_context *context = lws_create_context(&info);
  if (!context)
    return 1;
  fprintf(stderr, "listening on %d\n",
          lws_get_vhost_listen_port(lws_get_vhost_by_name(context, "default")));
  while (lws_service(context, 0) >= 0)
    ;
  lws_context_destroy(context);
}
