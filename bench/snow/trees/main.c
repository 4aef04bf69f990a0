#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct tree {
  struct tree *left, *right;
};

static struct tree *make(int64_t depth) {
  struct tree *t = malloc(sizeof *t);
  t->left = depth ? make(depth - 1) : NULL;
  t->right = depth ? make(depth - 1) : NULL;
  return t;
}

static int64_t count(const struct tree *t) {
  return t ? 1 + count(t->left) + count(t->right) : 0;
}

static void drop(struct tree *t) {
  if (!t)
    return;
  drop(t->left);
  drop(t->right);
  free(t);
}

int main(void) {
  struct tree *kept = make(20);
  int64_t sum = 0;
  for (int n = 0; n < 2000; ++n) {
    struct tree *t = make(12);
    sum += count(t);
    drop(t);
  }
  printf("%lld\n%lld\n", (long long)sum, (long long)count(kept));
  drop(kept);
}
