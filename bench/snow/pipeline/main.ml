let once n =
  List.init n Fun.id
  |> List.rev_map (fun x -> x * 3 + 1) |> List.rev
  |> List.filter (fun x -> x mod 2 = 0)
  |> List.rev_map (fun x -> x / 2) |> List.rev
  |> List.fold_left (fun sum x -> (sum + x) mod 1000003) 0

let rec rounds n sum = if n = 0 then sum else rounds (n - 1) (sum + once 1000000)
let () = Printf.printf "%d\n" (rounds 20 0)
