;; Counts the primes below a number, its first argument (10000 where there is none), by trial division, and prints how many they are.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 64) " primes\n")

  (func $divides (export "divides") (param $divisor i32) (param $number i32) (result i32)
    (i32.eqz (i32.rem_u (local.get $number) (local.get $divisor))))

  (func $is_prime (export "is_prime") (param $number i32) (result i32)
    (local $divisor i32)
    (if (i32.lt_u (local.get $number) (i32.const 2)) (then (return (i32.const 0))))
    (local.set $divisor (i32.const 2))
    (block $prime
      (loop $next
        (br_if $prime (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $number)))
        (if (call $divides (local.get $divisor) (local.get $number)) (then (return (i32.const 0))))
        (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
        (br $next)))
    (i32.const 1))

  (func $count_primes (export "count_primes") (param $below i32) (result i32)
    (local $number i32) (local $count i32)
    (block $end
      (loop $next
        (br_if $end (i32.ge_u (local.get $number) (local.get $below)))
        (local.set $count (i32.add (local.get $count) (call $is_prime (local.get $number))))
        (local.set $number (i32.add (local.get $number) (i32.const 1)))
        (br $next)))
    (local.get $count))

  (func $read_decimal (param $at i32) (result i32)
    (local $value i32) (local $digit i32)
    (block $end
      (loop $next
        (local.set $digit (i32.sub (i32.load8_u (local.get $at)) (i32.const 48)))
        (br_if $end (i32.gt_u (local.get $digit) (i32.const 9)))
        (local.set $value (i32.add (i32.mul (local.get $value) (i32.const 10)) (local.get $digit)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (local.get $value))

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
    (local $below i32)
    (local.set $below (i32.const 10000))
    (drop (call $args_sizes_get (i32.const 16) (i32.const 20)))
    (if (i32.and (i32.gt_u (i32.load (i32.const 16)) (i32.const 1)) (i32.lt_u (i32.load (i32.const 20)) (i32.const 60000)))
      (then
        (drop (call $args_get (i32.const 128) (i32.const 4096)))
        (local.set $below (call $read_decimal (i32.load (i32.const 132))))))
    (call $print_decimal (call $count_primes (local.get $below)))
    (call $print (i32.const 64) (i32.const 8))))
