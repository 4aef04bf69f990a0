type tree = Leaf | Node of tree * tree

let rec make depth =
  if depth = 0 then Node (Leaf, Leaf)
  else Node (make (depth - 1), make (depth - 1))

let rec count = function Leaf -> 0 | Node (l, r) -> 1 + count l + count r

let rec rounds n depth sum =
  if n = 0 then sum else rounds (n - 1) depth (sum + count (make depth))

let () =
  let kept = make 20 in
  Printf.printf "%d\n" (rounds 2000 12 0);
  Printf.printf "%d\n" (count kept)
