function pull(a, b, dt) {
  const dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
  const d2 = dx * dx + dy * dy + dz * dz;
  const mag = dt * b.mass / (d2 * Math.sqrt(d2));
  return { x: a.x, y: a.y, z: a.z, vx: a.vx - dx * mag, vy: a.vy - dy * mag,
           vz: a.vz - dz * mag, mass: a.mass };
}
function move(a, dt) {
  return { x: a.x + dt * a.vx, y: a.y + dt * a.vy, z: a.z + dt * a.vz,
           vx: a.vx, vy: a.vy, vz: a.vz, mass: a.mass };
}
function kinetic(a) {
  return 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
}
function advance(s, j, t, steps) {
  for (; steps; --steps) {
    const s2 = pull(pull(s, j, 0.01), t, 0.01);
    const j2 = pull(pull(j, s, 0.01), t, 0.01);
    const t2 = pull(pull(t, s, 0.01), j, 0.01);
    s = move(s2, 0.01);
    j = move(j2, 0.01);
    t = move(t2, 0.01);
  }
  return kinetic(s) + kinetic(j) + kinetic(t);
}
const sun = { x: 0, y: 0, z: 0, vx: 0, vy: 0, vz: 0, mass: 39.47841760435743 };
const jupiter = { x: 4.841431442464721, y: -1.1603200440274284, z: -0.10362204447112311,
                  vx: 0.606326392995832, vy: 2.81198684491626, vz: -0.02521836165988763,
                  mass: 0.03769367487038949 };
const saturn = { x: 8.34336671824458, y: 4.124798564124305, z: -0.4035234171143214,
                 vx: -1.0107743461787924, vy: 1.8256623712304119, vz: 0.008415761376584154,
                 mass: 0.011286326131968767 };
console.log(String(Math.round(advance(sun, jupiter, saturn, 5000000) * 1000000000.0)));
