void clock_SET(int again) {}
void clock_set(clock_options_t options) {}
void clock_sort(int (*order)(const void *, const void *)) {}
char *clock_format(const char *template, struct tm *when) { return 0; }
void clock_vlog(const char *format, va_list values) {}
long double clock_exact(void) { return 0; }
void clock_any(union clock_any any) {}
void clock_table(struct clock_table table) {}
int clock_old() { return 0; }
