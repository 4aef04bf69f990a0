// What clock_now and clock_quick are, debug information has under other names.
int other(void) { return 1; }
int clock_now(void) __attribute__((alias("other")));
static void quick(void) {}
static void *choose(void) { return (void *)quick; }
void clock_quick(void) __attribute__((ifunc("choose")));
