module M = Map.Make (Int)

let rec fill m i n =
  if i = n then m else fill (M.add (i * 7919 mod 1000003) i m) (i + 1) n

let rec sum m i n acc =
  if i = n then acc else sum m (i + 1) n (acc + M.find (i * 7919 mod 1000003) m)

let () =
  let m = fill M.empty 0 1000000 in
  Printf.printf "%d %d\n" (M.cardinal m) (sum m 0 1000000 0)
