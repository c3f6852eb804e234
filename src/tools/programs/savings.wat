;; Saves 100 a year for thirty years at three per cent, in floating point, and prints what there is in the end.
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) " in the end\n")

  (func $interest (export "interest") (param $balance f64) (param $rate f64) (result f64)
    (f64.mul (local.get $balance) (local.get $rate)))

  (func $year (export "year") (param $number i32) (param $balance f64) (result f64)
    (f64.add
      (f64.add (local.get $balance) (f64.const 100))
      (call $interest (local.get $balance) (f64.const 0.03))))

  (func $print (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))

  (func $print_decimal (param $value i32)
    (local $at i32)
    (local.set $at (i32.const 48))
    (loop $next
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $value) (i32.const 10))))
      (br_if $next (local.tee $value (i32.div_u (local.get $value) (i32.const 10)))))
    (call $print (local.get $at) (i32.sub (i32.const 48) (local.get $at))))

  (func (export "_start")
    (local $number i32) (local $balance f64)
    (loop $next
      (local.set $balance (call $year (local.get $number) (local.get $balance)))
      (br_if $next
        (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (i32.const 30))))
    (call $print_decimal (i32.trunc_f64_u (local.get $balance)))
    (call $print (i32.const 64) (i32.const 12))))
