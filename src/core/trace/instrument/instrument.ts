import { utf8 } from '../../bytes/bytes.ts';
import { sha3, sha3Hex } from '../../bytes/hash.ts';
import { encodePolicy, parsePolicy, type Policy } from '../policy.ts';
import type { InstrumentedProgram } from '../run/types.ts';
import { tracerModule } from '../tracer/tracerModule.ts';
import type { CallPlan } from './callCode.ts';
import { emitModule } from './emitModule.ts';
import { functionSymbols } from './functionSymbols.ts';
import { readModule } from './readModule.ts';
import { refuse } from './refuse.ts';
import type { BodyPlan } from './rewriteBody.ts';
import { Rewriting } from './rewriting.ts';
import { selectFunctions } from './selectFunctions.ts';

/** Name and version; any change of what is written for a module and a policy, or of the tracer, changes it. */
export function instrumenterName(): string {
  return `affidavit/instrument/1 tracer/${sha3Hex(tracerModule())}`;
}

/** `instrumenter` of the metadata. */
export function instrumenterDigest(): Uint8Array {
  return sha3(utf8(instrumenterName()));
}

/** Kinds that are written from places within bodies. */
const withinBodies = new Set([
  'block',
  'branch',
  'global.get',
  'global.set',
  'load',
  'local.get',
  'local.set',
  'memory',
  'store',
  'table',
]);

/**
 * Rewrites a core module so that it hands what the policy asks for to the tracer. The same module and policy give the same bytes, everywhere.
 * What the program computes stays the same. Offsets of sites are in bytes from the start of the original module, as `wasm-objdump` shows them.
 * @throws AuditorError PROGRAM_… naming what cannot be traced, POLICY_FUNCTION; FormatError for a policy that is none
 */
export function instrument(module: Uint8Array, policy: Policy): InstrumentedProgram {
  parsePolicy(encodePolicy(policy));
  const shape = readModule(module);
  const functions = functionSymbols(shape);
  const chosen = selectFunctions(policy.functions, functions);
  const inside = policy.inside ? selectFunctions(policy.inside, functions) : new Set<number>();
  const kinds = new Set<string>(policy.kinds);
  const imported = shape.importedFunctions;
  const hasSites = policy.kinds.some((kind) => withinBodies.has(kind));

  const wrappers: CallPlan[] = [];
  const plans: BodyPlan[] = [];
  for (const { index } of functions) {
    const isHost = index < imported;
    const isRecorded = chosen.has(index) && kinds.has(isHost ? 'host' : 'call');
    const plan = { index, isRecorded, opensInside: inside.has(index), isHost };
    if (!isHost) plans.push({ ...plan, hasEvents: hasSites && chosen.has(index) });
    else if (isRecorded || plan.opensInside) wrappers.push(plan);
  }
  const rewriting = new Rewriting(
    shape,
    policy,
    wrappers.map(({ index }) => index),
  );
  const output = emitModule(rewriting, plans, wrappers);
  if (!WebAssembly.validate(output)) throw invalid(module);
  const { sites } = rewriting;
  const recorded = [...plans, ...wrappers].filter(({ isRecorded }) => isRecorded).length;
  const figures = { before: module.length, after: output.length, functions: recorded, sites: sites.length };
  return { module: output, symbols: { functions, sites }, figures };
}

/** A module that engines refuse is what came out; whose fault that is, the original tells. */
function invalid(module: Uint8Array): Error {
  if (WebAssembly.validate(module as Uint8Array<ArrayBuffer>)) {
    return refuse('PROGRAM_INSTRUCTION', 'engines take the program, but not with the tracing in it');
  }
  return refuse('PROGRAM_FORM', 'engines refuse it, too');
}
