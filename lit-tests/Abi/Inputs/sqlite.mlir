// A table, prepared statements, texts with letters of many languages, and a
// callback for each row.
func.func @row(%env: !intr.ptr, %count: i32, %values: !intr.ptr<"char *">, %names: !intr.ptr<"char *">) -> i32 {
  %zero = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %name = intr.load %names[%zero] : !intr.ptr<"char *"> -> !intr.ptr<"char">
  %value = intr.load %values[%zero] : !intr.ptr<"char *"> -> !intr.ptr<"char">
  %n = intr.copy_c_text %name : !intr.ptr<"char">
  %v = intr.copy_c_text %value : !intr.ptr<"char">
  %both = str.concat %n, %v
  %0 = io.print %both
  %ok = arith.constant 0 : i32
  return %ok : i32
}
func.func @check(%db: !sqlite3.sqlite3, %code: i32, %wanted: i32) {
  %good = arith.cmpi eq, %code, %wanted : i32
  cf.cond_br %good, ^good, ^bad
^bad:
  %why = intr.call "sqlite3.errmsg"(%db) : (!sqlite3.sqlite3) -> !intr.str
  intr.abort %why
  return
^good:
  return
}
func.func @prepare(%db: !sqlite3.sqlite3, %sql: !intr.str) -> !sqlite3.stmt {
  %use = intr.constant "sql"
  %none = intr.null : !sqlite3.stmt
  %all = arith.constant -1 : i32
  %ok = arith.constant 0 : i32
  %text = intr.copy_c_string %sql, %use
  %tail = intr.null : !intr.ptr<"char *">
  %code, %stmt = intr.call "sqlite3.prepare_v2"(%db, %text, %all, %none, %tail)
    : (!sqlite3.sqlite3, !intr.ptr<"char">, i32, !sqlite3.stmt, !intr.ptr<"char *">) -> (i32, !sqlite3.stmt)
  func.call @check(%db, %code, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  return %stmt : !sqlite3.stmt
}
func.func @insert(%db: !sqlite3.sqlite3, %stmt: !sqlite3.stmt, %name: !intr.str, %year: i32) {
  %use = intr.constant "name"
  %one = arith.constant 1 : i32
  %two = arith.constant 2 : i32
  %done = arith.constant 101 : i32
  %ok = arith.constant 0 : i32
  %text = intr.copy_c_string %name, %use
  %length = intr.length %name : !intr.str
  %size = arith.trunci %length : i64 to i32
  %c0 = intr.call "sqlite3.bind_text"(%stmt, %one, %text, %size) : (!sqlite3.stmt, i32, !intr.ptr<"char">, i32) -> i32
  func.call @check(%db, %c0, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  %c1 = intr.call "sqlite3.bind_int"(%stmt, %two, %year) : (!sqlite3.stmt, i32, i32) -> i32
  func.call @check(%db, %c1, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  %c2 = intr.call "sqlite3.step"(%stmt) : (!sqlite3.stmt) -> i32
  func.call @check(%db, %c2, %done) : (!sqlite3.sqlite3, i32, i32) -> ()
  %c3 = intr.call "sqlite3.reset"(%stmt) : (!sqlite3.stmt) -> i32
  func.call @check(%db, %c3, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  return
}
func.func @main() {
  %memory = intr.constant ":memory:"
  %nodb = intr.null : !sqlite3.sqlite3
  %ok = arith.constant 0 : i32
  %row = arith.constant 100 : i32
  %done = arith.constant 101 : i32
  %code, %db = intr.call "sqlite3.open"(%memory, %nodb) : (!intr.str, !sqlite3.sqlite3) -> (i32, !sqlite3.sqlite3)
  func.call @check(%db, %code, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  %create = intr.constant "create table town(name text, year int)"
  %noenv = intr.null : !intr.ptr
  %noerr = intr.null : !intr.ptr<"char *">
  %c0 = intr.call "sqlite3.exec"(%db, %create, %noenv, %noerr) : (!sqlite3.sqlite3, !intr.str, !intr.ptr, !intr.ptr<"char *">) -> i32
  func.call @check(%db, %c0, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  %sql = intr.constant "insert into town values (?, ?)"
  %insert = func.call @prepare(%db, %sql) : (!sqlite3.sqlite3, !intr.str) -> !sqlite3.stmt
  %t0 = intr.constant "K\C3\B6ln"
  %y0 = arith.constant 50 : i32
  func.call @insert(%db, %insert, %t0, %y0) : (!sqlite3.sqlite3, !sqlite3.stmt, !intr.str, i32) -> ()
  %t1 = intr.constant "O'Hara's \22town\22"
  %y1 = arith.constant 1869 : i32
  func.call @insert(%db, %insert, %t1, %y1) : (!sqlite3.sqlite3, !sqlite3.stmt, !intr.str, i32) -> ()
  %c1 = intr.call "sqlite3.finalize"(%insert) : (!sqlite3.stmt) -> i32
  func.call @check(%db, %c1, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  // Column by column, then by a callback.
  %select = intr.constant "select name, year from town order by year desc"
  %stmt = func.call @prepare(%db, %select) : (!sqlite3.sqlite3, !intr.str) -> !sqlite3.stmt
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  scf.while : () -> () {
    %c = intr.call "sqlite3.step"(%stmt) : (!sqlite3.stmt) -> i32
    %more = arith.cmpi eq, %c, %row : i32
    scf.condition(%more)
  } do {
    %text = intr.call "sqlite3.column_text"(%stmt, %zero) : (!sqlite3.stmt, i32) -> !intr.ptr<"uint8_t">
    %name = intr.copy_c_text %text : !intr.ptr<"uint8_t">
    %year = intr.call "sqlite3.column_int"(%stmt, %one) : (!sqlite3.stmt, i32) -> i32
    %wide = arith.extsi %year : i32 to i64
    %number = str.from_int %wide
    %0 = io.print %name
    %1 = io.print %number
    scf.yield
  }
  %c2 = intr.call "sqlite3.finalize"(%stmt) : (!sqlite3.stmt) -> i32
  func.call @check(%db, %c2, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  %count = intr.constant "select count(*) as towns from town"
  %c3 = intr.call "sqlite3.exec"(%db, %count, %noenv, %noerr) {callback = @row} : (!sqlite3.sqlite3, !intr.str, !intr.ptr, !intr.ptr<"char *">) -> i32
  func.call @check(%db, %c3, %ok) : (!sqlite3.sqlite3, i32, i32) -> ()
  // An error, with its text, and a text that the caller frees.
  %bad = intr.constant "select x from nowhere"
  %eight = arith.constant 8 : i64
  %place = intr.new_memory %eight
  %err = intr.cast %place : !intr.ptr to !intr.ptr<"char *">
  %c4 = intr.call "sqlite3.exec"(%db, %bad, %noenv, %err) : (!sqlite3.sqlite3, !intr.str, !intr.ptr, !intr.ptr<"char *">) -> i32
  %wrong = intr.load %err : !intr.ptr<"char *"> -> !intr.ptr<"char">
  %why = intr.copy_c_text %wrong : !intr.ptr<"char">
  %2 = io.print %why
  intr.call "sqlite3.free"(%wrong) : (!intr.ptr<"char">) -> ()
  %c5 = intr.call "sqlite3.close"(%db) : (!sqlite3.sqlite3) -> i32
  %w5 = arith.extsi %c5 : i32 to i64
  %s5 = str.from_int %w5
  %3 = io.print %s5
  return
}
