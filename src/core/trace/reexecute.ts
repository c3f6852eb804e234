import { sha3Hex } from '../bytes/hash.ts';
import { toHex } from '../bytes/hex.ts';
import type { Reexecute } from './helpers.ts';
import { instrument, instrumenterDigest } from './instrument/instrument.ts';
import { decodeInputs } from './run/inputs.ts';
import { runTraced } from './run/runTraced.ts';
import type { HostSource } from './run/types.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** Runs the program again on this thread: inputs where they are there, so that the host's answers come out again too, else the tape. */
export const reexecute: Reexecute = async ({ module, policy, tape, inputs, onInstrumented, onRecords, signal }) => {
  const program = instrument(module, policy);
  onInstrumented({
    symbols: program.symbols,
    digest: sha3Hex(program.module),
    instrumenter: toHex(instrumenterDigest()),
  });
  const { end } = await runTraced({
    program,
    policy,
    source: sourceOf(inputs, tape),
    onRecords,
    ...(signal ? { signal } : {}),
  });
  return end;
};

function sourceOf(inputs: Uint8Array | undefined, tape: Uint8Array | undefined): HostSource {
  if (inputs) return { inputs: decodeInputs(inputs) };
  if (tape) return { tape };
  throw new FormatError('The trace: neither inputs nor a tape is in the file.', 0);
}
