type body = { x : float; y : float; z : float; vx : float; vy : float;
              vz : float; mass : float }

let pull a b dt =
  let dx = a.x -. b.x and dy = a.y -. b.y and dz = a.z -. b.z in
  let d2 = dx *. dx +. dy *. dy +. dz *. dz in
  let mag = dt *. b.mass /. (d2 *. sqrt d2) in
  { a with vx = a.vx -. dx *. mag; vy = a.vy -. dy *. mag; vz = a.vz -. dz *. mag }

let move a dt =
  { a with x = a.x +. dt *. a.vx; y = a.y +. dt *. a.vy; z = a.z +. dt *. a.vz }

let kinetic a = 0.5 *. a.mass *. (a.vx *. a.vx +. a.vy *. a.vy +. a.vz *. a.vz)

let rec advance s j t steps =
  if steps = 0 then kinetic s +. kinetic j +. kinetic t
  else
    let s2 = pull (pull s j 0.01) t 0.01 in
    let j2 = pull (pull j s 0.01) t 0.01 in
    let t2 = pull (pull t s 0.01) j 0.01 in
    advance (move s2 0.01) (move j2 0.01) (move t2 0.01) (steps - 1)

let () =
  let sun = { x = 0.; y = 0.; z = 0.; vx = 0.; vy = 0.; vz = 0.;
              mass = 39.47841760435743 } in
  let jupiter = { x = 4.841431442464721; y = -1.1603200440274284;
                  z = -0.10362204447112311; vx = 0.606326392995832;
                  vy = 2.81198684491626; vz = -0.02521836165988763;
                  mass = 0.03769367487038949 } in
  let saturn = { x = 8.34336671824458; y = 4.124798564124305;
                 z = -0.4035234171143214; vx = -1.0107743461787924;
                 vy = 1.8256623712304119; vz = 0.008415761376584154;
                 mass = 0.011286326131968767 } in
  Printf.printf "%.0f\n"
    (Float.round (advance sun jupiter saturn 5000000 *. 1000000000.0))
