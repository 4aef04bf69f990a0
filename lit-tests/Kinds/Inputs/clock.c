// Refers to all that the header declares.
#include "plumb/clock.h"

void *all[] = {plumb_clock_narrow,     plumb_clock_narrow_result,
               plumb_clock_structs,    plumb_clock_crowded,
               plumb_clock_make_angle, plumb_clock_make_range,
               plumb_clock_outs,       plumb_clock_format,
               plumb_clock_watch,      plumb_clock_plain,
               plumb_clock_slots,      plumb_clock_quick};
