module M = Map.Make (String)

let () =
  let file = open_in_bin "words.txt" in
  let text = really_input_string file (in_channel_length file) in
  let counts =
    List.fold_left
      (fun counts word ->
        match M.find_opt word counts with
        | Some n -> M.add word (n + 1) counts
        | None -> M.add word 1 counts)
      M.empty
      (String.split_on_char ' ' text)
  in
  let word, times =
    M.fold (fun w n (bw, bn) -> if n > bn then (w, n) else (bw, bn)) counts ("", 0)
  in
  Printf.printf "%d %s %d\n" (M.cardinal counts) word times
