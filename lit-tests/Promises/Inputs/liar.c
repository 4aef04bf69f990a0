#include "plumb/liar.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t counter, state;
static plumb_liar_told kept;
static void *kept_env;
static const uint64_t same[2] = {1, 'x'};

int64_t plumb_liar_counts(void) { return ++counter; }
void plumb_liar_counts_out(int64_t *number) { *number = ++counter; }
int64_t plumb_liar_fair_peek(void) { return state; }
void plumb_liar_fair_poke(int64_t number) { state += number; }
void plumb_liar_pokes_too(int64_t number) { state += number; }
int64_t plumb_liar_peeks_too(void) { return state; }
int64_t plumb_liar_says(void) { return write(1, "x", 1); }
void plumb_liar_calls_later(plumb_liar_told told, void *env) { kept = told, kept_env = env; }
void plumb_liar_fair_later(plumb_liar_told told, void *env) { kept = told, kept_env = env; }
void plumb_liar_never_later(plumb_liar_told told, void *env) { told(1, env); }
void plumb_liar_fair_now(void *context, plumb_liar_told told) { told(1, context); }
static void wait_a_little(void) { nanosleep(&(struct timespec){0, 1000000}, 0); }
void plumb_liar_waits(void) { wait_a_little(); }
void plumb_liar_fair_run(void) {
  wait_a_little();
  if (kept)
    kept(1, kept_env);
}
void plumb_liar_never_waits(void) { state++; }
const plumb_str *plumb_liar_same_text(void) { return (const plumb_str *)same; }
const plumb_str *plumb_liar_fair_fresh(const uint8_t *some, size_t some_len) {
  plumb_str *text = malloc(sizeof *text + some_len);
  memcpy(text->data, some, text->len = some_len);
  return text;
}
// The header says that it does not come back, and so would the compiler.
void comes_back(void) __asm__("plumb_liar_comes_back");
void comes_back(void) { state++; }
void plumb_liar_quits(int64_t number) {
  if (number == 1000)
    exit(0);
}
void plumb_liar_fair_end(void) { _exit(3); }
void *gives_null(int64_t number) __asm__("plumb_liar_gives_null");
void *gives_null(int64_t number) { return number == 1000 ? 0 : (void *)&state; }
const plumb_str *plumb_liar_gives_no_text(void) { return 0; }
int64_t plumb_liar_takes_no_null(plumb_liar_thing thing) {
  return thing == (plumb_liar_thing)4711 ? 0 : *(volatile char *)thing;
}
void plumb_liar_needs_it(plumb_liar_told told, void *env) { told(1, env); }
void plumb_liar_scribbles(const plumb_str *text) {
  if (text->len)
    ((plumb_str *)text)->data[0]++;
}
int64_t plumb_liar_fair_pair(const plumb_liar_pair *left, plumb_liar_pair right, double factor,
                             plumb_liar_thing thing) {
  return left->a + right.b + (int64_t)factor + !thing;
}
plumb_liar_thing plumb_liar_fair_thing(void) { return (plumb_liar_thing)&state; }
