import { fromHex, isHex } from '../../../core/bytes/hex.ts';
import { sha3Hex } from '../../../core/bytes/hash.ts';
import { decodeInputs } from '../../../core/trace/run/inputs.ts';
import type { HostSource } from '../../../core/trace/run/types.ts';
import { zeroDigest } from '../../../core/trace/metadata.ts';
import { saltCommitment } from '../../../core/trace/salt.ts';
import { looksLikeTrace, parseTraceFile, type TraceFile } from '../../../core/trace/traceFile.ts';
import { FormatError } from '../../../core/verdict/auditorError.ts';
import type { ReadFile } from '../../files/readFiles.ts';

/** What files are to one another: each known by its content and the digests of the trace, so that names count for nothing. */
export interface GivenFiles {
  readonly trace: { readonly file: ReadFile; readonly parsed: TraceFile } | undefined;
  /** Why a file that looks like a trace is none. */
  readonly fault: string | undefined;
  readonly program: ReadFile | undefined;
  /** A program that the trace is not of. */
  readonly otherProgram: ReadFile | undefined;
  readonly saltKey: { readonly bytes: Uint8Array; readonly from: ReadFile | undefined } | undefined;
  readonly isSalted: boolean;
  readonly source:
    { readonly what: 'inputs' | 'tape'; readonly host: HostSource; readonly from: ReadFile | undefined } | undefined;
  readonly unused: readonly ReadFile[];
}

/** Sorts what a person has dropped; the last of a sort counts. */
export function sortGiven(files: readonly ReadFile[]): GivenFiles {
  const traces = files.filter(({ bytes }) => looksLikeTrace(bytes));
  const programs = files.filter(({ bytes }) => isWasm(bytes));
  const rest = files.filter((file) => !traces.includes(file) && !programs.includes(file));
  const none = {
    program: undefined,
    otherProgram: undefined,
    saltKey: undefined,
    isSalted: false,
    source: undefined,
    unused: [],
  };
  const file = traces.at(-1);
  if (!file) return { ...none, trace: undefined, fault: undefined };
  try {
    const parsed = parseTraceFile(file.bytes);
    const { metadata } = parsed;
    const program = programs.findLast(({ bytes }) => sha3Hex(bytes) === metadata.code);
    const saltKey = saltOf(parsed, rest);
    const source = sourceOf(parsed, rest);
    return {
      trace: { file, parsed },
      fault: undefined,
      program,
      otherProgram: program ? undefined : programs.at(-1),
      saltKey,
      isSalted: metadata.saltCommitment !== zeroDigest,
      source,
      unused: rest.filter((each) => each !== saltKey?.from && each !== source?.from),
    };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...none, trace: undefined, fault: error.message };
  }
}

function saltOf({ metadata, saltKey }: TraceFile, rest: readonly ReadFile[]): GivenFiles['saltKey'] {
  if (metadata.saltCommitment === zeroDigest) return undefined;
  if (saltKey) return { bytes: saltKey, from: undefined };
  for (const from of rest) {
    const bytes = keyIn(from.bytes);
    if (bytes && saltCommitment(bytes) === metadata.saltCommitment) return { bytes, from };
  }
  return undefined;
}

/** 32 bytes, or 64 hex digits with space around them. */
function keyIn(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 32) return bytes;
  if (bytes.length > 80) return undefined;
  const text = new TextDecoder().decode(bytes).trim().toLowerCase();
  return isHex(text, 32) ? fromHex(text) : undefined;
}

/** Inputs before the tape, since they give the host's answers anew. */
function sourceOf({ metadata, inputs, tape }: TraceFile, rest: readonly ReadFile[]): GivenFiles['source'] {
  const find = (digest: string): ReadFile | undefined =>
    digest === zeroDigest ? undefined : rest.find(({ bytes }) => sha3Hex(bytes) === digest);
  const given = inputs ? undefined : find(metadata.inputs);
  const inputBytes = inputs ?? given?.bytes;
  if (inputBytes) return { what: 'inputs', host: { inputs: decodeInputs(inputBytes) }, from: given };
  const recorded = tape ? undefined : find(metadata.tape);
  const tapeBytes = tape ?? recorded?.bytes;
  return tapeBytes && { what: 'tape', host: { tape: tapeBytes }, from: recorded };
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}
