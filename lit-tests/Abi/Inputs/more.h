typedef enum {
  CLOCK_UTC = 1,
  CLOCK_LEAP = 2,
  CLOCK_STRICT = 4
} clock_options_t;
union clock_any {
  int i;
  float f;
};
struct clock_table {
  int days[7];
};
void clock_SET(int again);
void clock_set(clock_options_t options);
void clock_sort(int (*order)(const void *, const void *));
char *clock_format(const char *template, struct tm *when);
void clock_vlog(const char *format, va_list values);
long double clock_exact(void);
void clock_any(union clock_any any);
void clock_table(struct clock_table table);
int clock_old();
