const imports = `
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (func $print (param $at i32) (param $length i32)
    (i32.store (i32.const 0) (local.get $at)) (i32.store (i32.const 4) (local.get $length))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))`;

/** Floats: a logistic map of f64, a sum of f32, quotients that are not a number; random numbers and the clock go in; prints 32 bytes. */
export const floatProgram = `(module ${imports}
  (func $step (param $x f64) (result f64)
    (f64.mul (f64.mul (f64.const 3.9) (local.get $x)) (f64.sub (f64.const 1) (local.get $x))))
  (func $rounds (param $x f64) (param $left i32) (result f64)
    (loop $next
      (local.set $x (call $step (local.get $x)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (local.get $x))
  (func (export "_start")
    (drop (call $random_get (i32.const 64) (i32.const 8)))
    (drop (call $clock_time_get (i32.const 0) (i64.const 0) (i32.const 72)))
    (f64.store (i32.const 80)
      (call $rounds (f64.div (f64.convert_i64_u (i64.shr_u (i64.load (i32.const 64)) (i64.const 11))) (f64.const 9007199254740992)) (i32.const 1000)))
    (f32.store (i32.const 88) (f32.sqrt (f32.const -1)))
    (i64.store (i32.const 96) (i64.reinterpret_f64 (f64.div (f64.const 0) (f64.const 0))))
    (call $print (i32.const 72) (i32.const 32))))`;

/** Recursion that ends in a trap, with five calls open. */
export const trappingProgram = `(module ${imports}
  (data (i32.const 128) "before")
  (func $deeper (param $left i32) (result i32)
    (if (i32.eqz (local.get $left)) (then (return (i32.load (i32.const 70000)))))
    (call $deeper (i32.sub (local.get $left) (i32.const 1))))
  (func (export "_start")
    (call $print (i32.const 128) (i32.const 6))
    (drop (call $deeper (i32.const 3)))))`;

/** Copies the file `in` to the file `out` and standard input to standard error, then leaves with the number of its arguments. */
export const copyingProgram = `(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 128) "inout")
  (func $copy (param $from i32) (param $to i32)
    (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 4096))
    (drop (call $read (local.get $from) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 4) (i32.load (i32.const 8)))
    (drop (call $write (local.get $to) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 128) (i32.const 2) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 130) (i32.const 3) (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 20)))
    (call $copy (i32.load (i32.const 16)) (i32.load (i32.const 20)))
    (call $copy (i32.const 0) (i32.const 2))
    (drop (call $sizes (i32.const 24) (i32.const 28)))
    (call $exit (i32.load (i32.const 24)))))`;

/** A circuit of one multiplication, for the circom compiler. */
export const circuit = `pragma circom 2.0.0;
template M(){signal input a;signal input b;signal output c;c<==a*b;}
component main=M();`;
