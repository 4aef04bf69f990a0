// A runtime of Seq.td in C: lists of slots that are never freed.
#include "plumb/seq.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct own_list {
  plumb_object header;
  uint64_t length;
  int32_t kind;
  plumb_slot slots[16];
};
#define OWN(LIST) ((struct own_list *)(void *)(LIST))

PLUMB_API plumb_list *plumb_seq_make(int32_t A_kind) {
  struct own_list *list = calloc(1, sizeof *list);
  list->header.count = 1;
  list->kind = A_kind;
  return (plumb_list *)(void *)list;
}
PLUMB_API plumb_list *plumb_seq_append(plumb_list *list, plumb_slot value,
                                       int32_t A_kind) {
  if (OWN(list)->kind != A_kind)
    abort();
  OWN(list)->slots[OWN(list)->length++] = value;
  return list;
}
PLUMB_API plumb_slot plumb_seq_get(plumb_list *list, int64_t index,
                                   int32_t A_kind) {
  if (OWN(list)->kind != A_kind || (uint64_t)index >= OWN(list)->length)
    abort();
  return OWN(list)->slots[index];
}
PLUMB_API int64_t plumb_seq_length(plumb_list *list, int32_t A_kind) {
  (void)A_kind;
  return (int64_t)OWN(list)->length;
}
PLUMB_API plumb_list *plumb_seq_map(plumb_list *list, plumb_fun *f,
                                    int32_t A_kind, int32_t B_kind) {
  (void)A_kind;
  plumb_list *made = plumb_seq_make(B_kind);
  plumb_slot (*code)(plumb_fun *, plumb_slot) = *(void **)(f + 1);
  for (uint64_t i = 0; i != OWN(list)->length; ++i)
    plumb_seq_append(made, code(f, OWN(list)->slots[i]), B_kind);
  return made;
}
PLUMB_API void plumb_seq_each(plumb_list *list, plumb_fun *f, int32_t A_kind) {
  (void)list, (void)f, (void)A_kind;
}
PLUMB_API bool plumb_seq_contains(plumb_list *list, plumb_slot value,
                                  int32_t A_kind) {
  (void)A_kind;
  for (uint64_t i = 0; i != OWN(list)->length; ++i)
    if (OWN(list)->slots[i] == value)
      return true;
  return false;
}
PLUMB_API plumb_list *plumb_seq_zip(plumb_list *left, plumb_list *right,
                                    int32_t A_kind, int32_t B_kind) {
  (void)right, (void)A_kind, (void)B_kind;
  return left;
}
PLUMB_API int64_t plumb_seq_sum(plumb_list *list) {
  int64_t sum = 0;
  for (uint64_t i = 0; i != OWN(list)->length; ++i)
    sum += (int64_t)OWN(list)->slots[i];
  return sum;
}
static plumb_slot twice(plumb_fun *self, plumb_slot value) {
  (void)self;
  return 2 * value;
}
PLUMB_API plumb_fun *plumb_seq_twice(void) {
  plumb_fun *f = calloc(1, sizeof *f + sizeof(void *));
  *(void **)(f + 1) = (void *)twice;
  return f;
}
