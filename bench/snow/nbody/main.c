#include <math.h>
#include <stdint.h>
#include <stdio.h>

struct body {
  double x, y, z, vx, vy, vz, mass;
};

static struct body pull(struct body a, struct body b, double dt) {
  double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
  double d2 = dx * dx + dy * dy + dz * dz;
  double mag = dt * b.mass / (d2 * sqrt(d2));
  a.vx -= dx * mag;
  a.vy -= dy * mag;
  a.vz -= dz * mag;
  return a;
}

static struct body move(struct body a, double dt) {
  a.x += dt * a.vx;
  a.y += dt * a.vy;
  a.z += dt * a.vz;
  return a;
}

static double kinetic(struct body a) {
  return 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
}

static double advance(struct body s, struct body j, struct body t,
                      int64_t steps) {
  for (; steps; --steps) {
    struct body s2 = pull(pull(s, j, 0.01), t, 0.01);
    struct body j2 = pull(pull(j, s, 0.01), t, 0.01);
    struct body t2 = pull(pull(t, s, 0.01), j, 0.01);
    s = move(s2, 0.01);
    j = move(j2, 0.01);
    t = move(t2, 0.01);
  }
  return kinetic(s) + kinetic(j) + kinetic(t);
}

int main(void) {
  struct body sun = {0, 0, 0, 0, 0, 0, 39.47841760435743};
  struct body jupiter = {4.841431442464721,    -1.1603200440274284,
                         -0.10362204447112311, 0.606326392995832,
                         2.81198684491626,     -0.02521836165988763,
                         0.03769367487038949};
  struct body saturn = {8.34336671824458,    4.124798564124305,
                        -0.4035234171143214, -1.0107743461787924,
                        1.8256623712304119,  0.008415761376584154,
                        0.011286326131968767};
  printf("%lld\n",
         llround(advance(sun, jupiter, saturn, 5000000) * 1000000000.0));
}
