let () =
  let text = Buffer.create 64 in
  for i = 0 to 2999999 do
    Buffer.add_string text "item ";
    Buffer.add_string text (string_of_int i);
    Buffer.add_string text ", "
  done;
  let text = Buffer.contents text in
  Printf.printf "%d %s\n" (String.length text) (String.sub text 1000000 10)
