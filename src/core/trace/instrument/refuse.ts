import { AuditorError } from '../../verdict/auditorError.ts';

/** Why a program cannot be traced; each has its words below. */
const reasons = {
  PROGRAM_NOT_WASM: 'This is no WebAssembly: it does not begin with the bytes 00 61 73 6d.',
  PROGRAM_COMPONENT:
    'This is a WebAssembly component. Only core modules can be traced; most tools can write one instead.',
  PROGRAM_FORM: 'This WebAssembly module is broken',
  PROGRAM_THREADS: 'The program uses threads (atomic operations): their order differs from run to run.',
  PROGRAM_SHARED_MEMORY: 'The program uses shared memory: what others write there differs from run to run.',
  PROGRAM_RELAXED_SIMD: 'The program uses relaxed SIMD, whose results differ between machines.',
  PROGRAM_MEMORY64: 'The program uses a memory or table with 64-bit addresses.',
  PROGRAM_MEMORIES: 'The program uses several memories.',
  PROGRAM_GC: 'The program uses typed references or garbage collection.',
  PROGRAM_EXCEPTIONS: 'The program uses exceptions of WebAssembly.',
  PROGRAM_TAIL_CALLS: 'The program uses tail calls.',
  PROGRAM_INSTRUCTION: 'The program uses an instruction that is not known here',
  PROGRAM_MEMORY: 'The program needs more memory from the start than the policy allows',
  PROGRAM_SITES: 'Events would be written from too many places; choose fewer functions or kinds',
  PROGRAM_IMPORT: 'The program needs something that is not given to it',
  PROGRAM_START: 'The program cannot be started as a command',
  POLICY_FUNCTION: 'The policy names a function that the program does not have',
} as const;

export type RefusalCode = keyof typeof reasons;

/** Says by name what cannot be traced; `detail` completes the sentence. */
export function refuse(code: RefusalCode, detail?: string): AuditorError {
  const words = reasons[code];
  return new AuditorError('usage', code, detail === undefined ? words : `${words.replace(/\.$/, '')}: ${detail}.`);
}
