func.func @main() {
  %text = intr.constant "hello"
  %0 = io.print %text
  return
}
