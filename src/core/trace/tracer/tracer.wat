;; The other half of an instrumented program: takes what happens in it, one call from WebAssembly to WebAssembly for each event, and keeps it as
;; records of 16 bytes (see record.ts) in a memory of its own. The host hears of it once for every 65,536 records.
;;
;; Memory, in bytes: ranges of addresses at 1024 (from, to: u64 each, at most 64), the ring at 65536 (1 MiB), the stack of open calls at
;; 2 MiB (a head record and the arguments of each), and where each open call begins there at 18 MiB (u32, at most 2^20).
(module
  (import "host" "flush" (func $flush (param $at i32) (param $length i32)))

  (memory (export "memory") 352 352)

  ;; Set by the host before a run.
  (global $budget (export "budget") (mut i64) (i64.const -1))
  (global $ranges (export "ranges") (mut i32) (i32.const 0))
  ;; 0 where events count only while a chosen function is open; each open one adds 1.
  (global $active (export "active") (mut i32) (i32.const 1))

  ;; Read by the host after a run.
  (global $events (export "events") (mut i64) (i64.const 0))
  ;; Why the program was stopped from inside; 0 where it was not.
  (global $reason (export "reason") (mut i32) (i32.const 0))
  ;; 1 while an operation on a table is under way, which not every engine tells from one on memory when it traps.
  (global $mark (export "marked") (mut i32) (i32.const 0))

  (global $at (mut i32) (i32.const 65536))
  (global $spans (mut i64) (i64.const 0))
  (global $open (mut i32) (i32.const 0))
  (global $top (mut i32) (i32.const 2097152))

  (func $drain
    (call $flush (i32.const 65536) (i32.sub (global.get $at) (i32.const 65536)))
    (global.set $at (i32.const 65536)))

  (func $write (param $word i32) (param $a i32) (param $v i64)
    (local $at i32)
    (if (i32.eq (global.get $at) (i32.const 1114112)) (then (call $drain)))
    (local.set $at (global.get $at))
    (i32.store (local.get $at) (local.get $word))
    (i32.store offset=4 (local.get $at) (local.get $a))
    (i64.store offset=8 (local.get $at) (local.get $v))
    (global.set $at (i32.add (local.get $at) (i32.const 16))))

  (func $stop (export "stop") (param $reason i32)
    (global.set $reason (local.get $reason))
    (unreachable))

  (func (export "mark") (param $mark i32)
    (global.set $mark (local.get $mark)))

  ;; One more event, or the end of the budget (100).
  (func $count
    (if (i64.eq (global.get $events) (global.get $budget)) (then (call $stop (i32.const 100))))
    (global.set $events (i64.add (global.get $events) (i64.const 1))))

  ;; Whether bytes [from, from + length) touch a chosen range.
  (func $touches (param $from i32) (param $length i64) (result i32)
    (local $first i64) (local $last i64) (local $range i32) (local $end i32)
    (local.set $first (i64.extend_i32_u (local.get $from)))
    (local.set $last (i64.add (local.get $first) (local.get $length)))
    (local.set $range (i32.const 1024))
    (local.set $end (i32.add (i32.const 1024) (i32.shl (global.get $ranges) (i32.const 4))))
    (loop $next
      (if (i32.eq (local.get $range) (local.get $end)) (then (return (i32.const 0))))
      (if (i32.and
            (i64.lt_u (local.get $first) (i64.load offset=8 (local.get $range)))
            (i64.gt_u (local.get $last) (i64.load (local.get $range))))
        (then (return (i32.const 1))))
      (local.set $range (i32.add (local.get $range) (i32.const 16)))
      (br $next))
    (unreachable))

  ;; Every not-a-number is written as one (Core Specification 4.3.3 leaves its bits open).
  (func $bits32 (param $value f32) (result i64)
    (select
      (i64.extend_i32_u (i32.reinterpret_f32 (local.get $value)))
      (i64.const 0x7fc00000)
      (f32.eq (local.get $value) (local.get $value))))

  (func $bits64 (param $value f64) (result i64)
    (select
      (i64.reinterpret_f64 (local.get $value))
      (i64.const 0x7ff8000000000000)
      (f64.eq (local.get $value) (local.get $value))))

  ;; The same for bits of a type (0x7d f32, 0x7c f64), as arguments and results come.
  (func $canonical (param $type i32) (param $bits i64) (result i64)
    (if (i32.eq (local.get $type) (i32.const 0x7c))
      (then (return (call $bits64 (f64.reinterpret_i64 (local.get $bits))))))
    (if (i32.eq (local.get $type) (i32.const 0x7d))
      (then (return (call $bits32 (f32.reinterpret_i32 (i32.wrap_i64 (local.get $bits)))))))
    (local.get $bits))

  ;; Events of one record.

  (func (export "event") (param $word i32) (param $a i32) (param $v i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (local.get $v)))

  (func (export "event32") (param $word i32) (param $a i32) (param $v f32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (call $bits32 (local.get $v))))

  (func (export "event64") (param $word i32) (param $a i32) (param $v f64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (call $bits64 (local.get $v))))

  ;; With a v128, which needs two records of value behind the head.
  (func $wide (export "eventWide") (param $word i32) (param $a i32) (param $low i64) (param $high i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (i64.const 0))
    (call $write (i32.const 0x7b80) (i32.const 0) (local.get $low))
    (call $write (i32.const 0x7b80) (i32.const 0) (local.get $high)))

  ;; Loads and stores where ranges of addresses were chosen.

  (func (export "access") (param $word i32) (param $a i32) (param $v i64) (param $width i32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (if (i32.eqz (call $touches (local.get $a) (i64.extend_i32_u (local.get $width)))) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (local.get $v)))

  (func (export "access32") (param $word i32) (param $a i32) (param $v f32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (if (i32.eqz (call $touches (local.get $a) (i64.const 4))) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (call $bits32 (local.get $v))))

  (func (export "access64") (param $word i32) (param $a i32) (param $v f64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (if (i32.eqz (call $touches (local.get $a) (i64.const 8))) (then (return)))
    (call $count)
    (call $write (local.get $word) (local.get $a) (call $bits64 (local.get $v))))

  (func (export "accessWide") (param $word i32) (param $a i32) (param $low i64) (param $high i64) (param $width i32)
    (if (i32.eqz (call $touches (local.get $a) (i64.extend_i32_u (local.get $width)))) (then (return)))
    (call $wide (local.get $word) (local.get $a) (local.get $low) (local.get $high)))

  ;; Copying, filling, initialising: three operands; $type is that of $y, which may say whether a reference is one (0 null, 1 not).
  (func $bulk (export "bulk") (param $word i32) (param $x i32) (param $type i32) (param $y i32) (param $z i32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (call $write (local.get $word) (i32.const 0) (i64.const 0))
    (call $write (i32.const 0x7f80) (i32.const 0) (i64.extend_i32_u (local.get $x)))
    (call $write
      (i32.or (i32.shl (local.get $type) (i32.const 8)) (i32.const 0x80))
      (i32.const 1)
      (i64.extend_i32_u (local.get $y)))
    (call $write (i32.const 0x7f80) (i32.const 2) (i64.extend_i32_u (local.get $z))))

  ;; The same where ranges were chosen; $source says whether $y is an address of this memory, too.
  (func (export "bulkAccess") (param $word i32) (param $x i32) (param $y i32) (param $z i32) (param $source i32)
    (local $length i64)
    (local.set $length (i64.extend_i32_u (local.get $z)))
    (if (i32.eqz (i32.or
          (call $touches (local.get $x) (local.get $length))
          (i32.and (local.get $source) (call $touches (local.get $y) (local.get $length)))))
      (then (return)))
    (call $bulk (local.get $word) (local.get $x) (i32.const 0x7f) (local.get $y) (local.get $z)))

  ;; Calls: kept on the stack of open calls from their entry, written at their return.

  (func $push (param $word i32) (param $a i32) (param $v i64)
    (local $top i32)
    (local.set $top (global.get $top))
    ;; Full: as if the program had gone deeper than allowed (102).
    (if (i32.eq (local.get $top) (i32.const 18874368)) (then (call $stop (i32.const 102))))
    (i32.store (local.get $top) (local.get $word))
    (i32.store offset=4 (local.get $top) (local.get $a))
    (i64.store offset=8 (local.get $top) (local.get $v))
    (global.set $top (i32.add (local.get $top) (i32.const 16))))

  (func $enter (export "enter") (param $word i32)
    (local $top i32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (local.set $top (global.get $top))
    (call $push (local.get $word) (global.get $open) (global.get $spans))
    (i32.store offset=18874368 (i32.shl (global.get $open) (i32.const 2)) (local.get $top))
    (global.set $open (i32.add (global.get $open) (i32.const 1)))
    (global.set $spans (i64.add (global.get $spans) (i64.const 1))))

  (func $argument (export "argument") (param $type i32) (param $position i32) (param $bits i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $push
      (i32.or (i32.shl (local.get $type) (i32.const 8)) (i32.const 0x80))
      (local.get $position)
      (call $canonical (local.get $type) (local.get $bits))))

  (func (export "argumentWide") (param $position i32) (param $low i64) (param $high i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $push (i32.const 0x7b80) (local.get $position) (local.get $low))
    (call $push (i32.const 0x7b80) (local.get $position) (local.get $high)))

  ;; Types of the first arguments are packed, the first in the lowest byte.
  (func $enter1 (export "enter1") (param $word i32) (param $types i32) (param $x i64)
    (call $enter (local.get $word))
    (call $argument (i32.and (local.get $types) (i32.const 0xff)) (i32.const 0) (local.get $x)))

  (func $enter2 (export "enter2") (param $word i32) (param $types i32) (param $x i64) (param $y i64)
    (call $enter1 (local.get $word) (local.get $types) (local.get $x))
    (call $argument (i32.and (i32.shr_u (local.get $types) (i32.const 8)) (i32.const 0xff)) (i32.const 1) (local.get $y)))

  (func $enter3 (export "enter3") (param $word i32) (param $types i32) (param $x i64) (param $y i64) (param $z i64)
    (call $enter2 (local.get $word) (local.get $types) (local.get $x) (local.get $y))
    (call $argument (i32.and (i32.shr_u (local.get $types) (i32.const 16)) (i32.const 0xff)) (i32.const 2) (local.get $z)))

  (func (export "enter4") (param $word i32) (param $types i32) (param $x i64) (param $y i64) (param $z i64) (param $w i64)
    (call $enter3 (local.get $word) (local.get $types) (local.get $x) (local.get $y) (local.get $z))
    (call $argument (i32.shr_u (local.get $types) (i32.const 24)) (i32.const 3) (local.get $w)))

  ;; Writes the records of one open call.
  (func $replay (param $from i32) (param $to i32)
    (local $at i32)
    (loop $next
      (if (i32.eq (global.get $at) (i32.const 1114112)) (then (call $drain)))
      (local.set $at (global.get $at))
      ;; As many as fit at once.
      (loop $one
        (i64.store (local.get $at) (i64.load (local.get $from)))
        (i64.store offset=8 (local.get $at) (i64.load offset=8 (local.get $from)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br_if $one (i32.and
          (i32.lt_u (local.get $from) (local.get $to))
          (i32.lt_u (local.get $at) (i32.const 1114112)))))
      (global.set $at (local.get $at))
      (br_if $next (i32.lt_u (local.get $from) (local.get $to)))))

  (func $leave (export "leave")
    (local $from i32)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $count)
    (global.set $open (i32.sub (global.get $open) (i32.const 1)))
    (local.set $from (i32.load offset=18874368 (i32.shl (global.get $open) (i32.const 2))))
    (call $replay (local.get $from) (global.get $top))
    (global.set $top (local.get $from)))

  (func $result (export "result") (param $type i32) (param $position i32) (param $bits i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $write
      (i32.or (i32.shl (local.get $type) (i32.const 8)) (i32.const 0x80))
      (i32.or (local.get $position) (i32.const 0x80000000))
      (call $canonical (local.get $type) (local.get $bits))))

  (func (export "leave1") (param $type i32) (param $bits i64)
    (call $leave)
    (call $result (local.get $type) (i32.const 0) (local.get $bits)))

  (func (export "resultWide") (param $position i32) (param $low i64) (param $high i64)
    (if (i32.eqz (global.get $active)) (then (return)))
    (call $write (i32.const 0x7b80) (i32.or (local.get $position) (i32.const 0x80000000)) (local.get $low))
    (call $write (i32.const 0x7b80) (i32.or (local.get $position) (i32.const 0x80000000)) (local.get $high)))

  (func (export "insideEnter")
    (global.set $active (i32.add (global.get $active) (i32.const 1))))

  (func (export "insideLeave")
    (global.set $active (i32.sub (global.get $active) (i32.const 1))))

  ;; The end, called by the host: calls that never returned, outermost first, as open ones (kind 2); then how it ended; then all is handed over.
  ;; These come beyond the budget.
  (func (export "end") (param $word i32) (param $v i64)
    (local $call i32) (local $from i32)
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $call) (global.get $open)))
        (local.set $from (i32.load offset=18874368 (i32.shl (local.get $call) (i32.const 2))))
        (i32.store8 (local.get $from) (i32.const 2))
        (local.set $call (i32.add (local.get $call) (i32.const 1)))
        (global.set $events (i64.add (global.get $events) (i64.const 1)))
        (call $replay
          (local.get $from)
          (if (result i32) (i32.eq (local.get $call) (global.get $open))
            (then (global.get $top))
            (else (i32.load offset=18874368 (i32.shl (local.get $call) (i32.const 2))))))
        (br $next)))
    (global.set $events (i64.add (global.get $events) (i64.const 1)))
    (call $write (local.get $word) (i32.const 0) (local.get $v))
    (call $drain)))
