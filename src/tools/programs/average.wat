;; Reads the file "numbers.txt" and prints the average of the whole numbers in it; divides by zero where there are none.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 64) "numbers.txt")
  (data (i32.const 80) " on average\n")

  (func $read_file (result i32)
    (i32.store (i32.const 8) (i32.const 0))
    (if (i32.eqz (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 11) (i32.const 0)
          (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
      (then
        (i32.store (i32.const 0) (i32.const 1024))
        (i32.store (i32.const 4) (i32.const 65536))
        (drop (call $fd_read (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8)))))
    (i32.load (i32.const 8)))

  (func $add (export "add") (param $sum i32) (param $number i32) (result i32)
    (i32.add (local.get $sum) (local.get $number)))

  (func $average (export "average") (param $length i32) (result i32)
    (local $at i32) (local $digit i32) (local $value i32) (local $isNumber i32) (local $sum i32) (local $count i32)
    (block $end
      (loop $next
        (br_if $end (i32.gt_u (local.get $at) (local.get $length)))
        (local.set $digit (i32.sub (i32.load8_u (i32.add (i32.const 1024) (local.get $at))) (i32.const 48)))
        (if (i32.and (i32.le_u (local.get $digit) (i32.const 9)) (i32.lt_u (local.get $at) (local.get $length)))
          (then
            (local.set $value (i32.add (i32.mul (local.get $value) (i32.const 10)) (local.get $digit)))
            (local.set $isNumber (i32.const 1)))
          (else
            (if (local.get $isNumber)
              (then
                (local.set $sum (call $add (local.get $sum) (local.get $value)))
                (local.set $count (i32.add (local.get $count) (i32.const 1)))
                (local.set $value (i32.const 0))
                (local.set $isNumber (i32.const 0))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.div_u (local.get $sum) (local.get $count)))

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
    (call $print_decimal (call $average (call $read_file)))
    (call $print (i32.const 80) (i32.const 12))))
