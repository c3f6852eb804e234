const i32 = 0x7f;
const i64 = 0x7e;
const f32 = 0x7d;
const f64 = 0x7c;

/** The module that every instrumented program imports, and what it takes of it, in the order of its indices: see `tracer.wat`. */
export const tracerName = 'affidavit:trace';

export const tracerFunctions = {
  event: [i32, i32, i64],
  event32: [i32, i32, f32],
  event64: [i32, i32, f64],
  eventWide: [i32, i32, i64, i64],
  access: [i32, i32, i64, i32],
  access32: [i32, i32, f32],
  access64: [i32, i32, f64],
  accessWide: [i32, i32, i64, i64, i32],
  bulk: [i32, i32, i32, i32, i32],
  bulkAccess: [i32, i32, i32, i32, i32],
  enter: [i32],
  enter1: [i32, i32, i64],
  enter2: [i32, i32, i64, i64],
  enter3: [i32, i32, i64, i64, i64],
  enter4: [i32, i32, i64, i64, i64, i64],
  argument: [i32, i32, i64],
  argumentWide: [i32, i64, i64],
  leave: [],
  leave1: [i32, i64],
  result: [i32, i32, i64],
  resultWide: [i32, i64, i64],
  insideEnter: [],
  insideLeave: [],
  stop: [i32],
  mark: [i32],
} as const satisfies Record<string, readonly number[]>;

export type TracerFunction = keyof typeof tracerFunctions;
export const tracerFunctionNames = Object.keys(tracerFunctions) as readonly TracerFunction[];

/** Why a program is stopped from inside: a trap by its number in `trapNames`, or one of these. */
export const stopReasons = { events: 100, steps: 101, depth: 102, memory: 103 } as const;

/** Under this name a module exports its start function, which is then called like any other; and a memory that it does not export itself. */
export const startExport = 'affidavit:start';
export const memoryExport = 'affidavit:memory';
