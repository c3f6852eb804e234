import { canonicalJson, parseCanonicalJson } from '../bytes/jcs.ts';
import { sha3 } from '../bytes/hash.ts';
import { utf8 } from '../bytes/bytes.ts';
import { FormatError } from '../verdict/auditorError.ts';

/** What a policy may have recorded. `memory` is growing, copying, filling and initialising; `table` all that a program does to its tables. */
export const policyKinds = [
  'block',
  'branch',
  'call',
  'global.get',
  'global.set',
  'host',
  'load',
  'local.get',
  'local.set',
  'memory',
  'store',
  'table',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Functions by the names of the name section (imports: `module.name`), by index in the original module, or by the names they are exported under. */
export interface FunctionChoice {
  readonly names: readonly string[];
  readonly indices: readonly number[];
  readonly exports: readonly string[] | 'all';
}

/** Addresses of a memory from `from` up to, without, `to`, in bytes. */
export interface MemoryRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What is recorded of a run, and where the run ends of itself. All lists are sorted and without doubles, so that one policy has one text.
 * `functions`: in whose bodies. `inside`: only while a call of one of these is open. `memory`: of loads, stores and bulk operations only those
 * that touch one of these ranges. `budget`: events, `steps`: function entries and rounds of loops, traced or not; `depth`: open calls of the program;
 * `pages`: memory of 64 KiB each, whatever the module declares. `floats: "canonical"` gives every not-a-number that an operation makes one
 * form in the program itself, which engines leave open; `"engine"` leaves them alone. `select`: whose recorded calls zero-knowledge proofs can speak of
 * (`zk/README.md`); it changes nothing about what is recorded.
 */
export interface Policy {
  readonly affidavit: 'trace-policy/1';
  readonly kinds: readonly PolicyKind[];
  readonly functions: 'all' | FunctionChoice;
  readonly inside?: FunctionChoice;
  readonly select?: FunctionChoice;
  readonly memory?: readonly MemoryRange[];
  readonly budget?: number;
  readonly steps?: number;
  readonly depth?: number;
  readonly pages: number;
  readonly floats: 'canonical' | 'engine';
}

export const policyLimits = { characters: 1 << 20, functions: 65_536, ranges: 64, pages: 65_536, name: 4096 } as const;

/** 256 MiB. */
export const defaultPages = 4096;

/** A policy from what a person chose: lists are sorted, doubles dropped, what is left out has its default. */
export function makePolicy(choice: {
  readonly kinds: readonly PolicyKind[];
  readonly functions?: 'all' | Partial<FunctionChoice>;
  readonly inside?: Partial<FunctionChoice>;
  readonly select?: Partial<FunctionChoice>;
  readonly memory?: readonly MemoryRange[];
  readonly budget?: number;
  readonly steps?: number;
  readonly depth?: number;
  readonly pages?: number;
  readonly floats?: 'canonical' | 'engine';
}): Policy {
  const { functions = 'all', inside, select, memory, budget, steps, depth } = choice;
  const policy: Policy = {
    affidavit: 'trace-policy/1',
    kinds: sorted(choice.kinds),
    functions: functions === 'all' ? 'all' : sortedChoice(functions),
    ...(inside && { inside: sortedChoice(inside) }),
    ...(select && { select: sortedChoice(select) }),
    ...(memory && { memory: [...memory].sort((a, b) => a.from - b.from || a.to - b.to) }),
    ...(budget !== undefined && { budget }),
    ...(steps !== undefined && { steps }),
    ...(depth !== undefined && { depth }),
    pages: choice.pages ?? defaultPages,
    floats: choice.floats ?? 'canonical',
  };
  return parsePolicy(encodePolicy(policy));
}

/** The canonical text (RFC 8785) that is committed to. */
export function encodePolicy(policy: Policy): string {
  return canonicalJson(policy as never);
}

/** H of the canonical text. */
export function policyDigest(policy: Policy): Uint8Array {
  return sha3(utf8(encodePolicy(policy)));
}

/**
 * Reads a policy in its canonical form and no other.
 * @throws FormatError naming the member that is wrong
 */
export function parsePolicy(text: string): Policy {
  const value = parseCanonicalJson(text, { maximumDepth: 4, maximumLength: policyLimits.characters });
  const policy = members(value, 'the whole', ['affidavit', 'floats', 'functions', 'kinds', 'pages'], optional);
  if (policy['affidavit'] !== 'trace-policy/1') throw wrong('affidavit', '"trace-policy/1"');
  if (policy['floats'] !== 'canonical' && policy['floats'] !== 'engine') throw wrong('floats', 'canonical or engine');
  ascending(policy['kinds'], 'kinds', policyKinds.length, (kind) => policyKinds.includes(kind as PolicyKind));
  if (policy['functions'] !== 'all') checkChoice(policy['functions'], 'functions');
  if (policy['inside'] !== undefined) checkChoice(policy['inside'], 'inside');
  if (policy['select'] !== undefined) checkChoice(policy['select'], 'select');
  if (policy['memory'] !== undefined) checkRanges(policy['memory']);
  for (const name of ['budget', 'steps', 'depth'] as const) {
    if (policy[name] !== undefined && !isCount(policy[name], 1, name === 'depth' ? 2 ** 31 - 1 : 2 ** 53 - 1)) {
      throw wrong(name, 'a whole number from 1 on');
    }
  }
  if (!isCount(policy['pages'], 1, policyLimits.pages)) throw wrong('pages', `1 to ${policyLimits.pages}`);
  return policy as unknown as Policy;
}

const optional = ['budget', 'depth', 'inside', 'memory', 'select', 'steps'];

function checkChoice(value: unknown, name: string): void {
  const choice = members(value, name, ['exports', 'indices', 'names'], []);
  const isName = (item: unknown) => typeof item === 'string' && item.length <= policyLimits.name;
  ascending(choice['names'], `${name}.names`, policyLimits.functions, isName);
  ascending(choice['indices'], `${name}.indices`, policyLimits.functions, (item) => isCount(item, 0, 2 ** 24 - 1));
  if (choice['exports'] !== 'all') ascending(choice['exports'], `${name}.exports`, policyLimits.functions, isName);
}

function checkRanges(value: unknown): void {
  if (!Array.isArray(value) || value.length === 0 || value.length > policyLimits.ranges) {
    throw wrong('memory', `1 to ${policyLimits.ranges} ranges`);
  }
  let last = -1;
  for (const item of value as unknown[]) {
    const { from, to } = members(item, 'memory', ['from', 'to'], []);
    if (!isCount(from, 0, 2 ** 32) || !isCount(to, 0, 2 ** 32) || from >= to) throw wrong('memory', 'from before to');
    if (from <= last) throw wrong('memory', 'ranges in order that neither touch nor overlap');
    last = to;
  }
}

function members(
  value: unknown,
  name: string,
  required: readonly string[],
  more: readonly string[],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(name, 'an object');
  const record = value as Record<string, unknown>;
  for (const key of required) if (!Object.hasOwn(record, key)) throw wrong(name, `a member ${key}`);
  const unknown = Object.keys(record).find((key) => !required.includes(key) && !more.includes(key));
  if (unknown !== undefined) throw wrong(name, `no member ${JSON.stringify(unknown)}`);
  return record;
}

function ascending(value: unknown, name: string, most: number, good: (item: unknown) => boolean): void {
  if (!Array.isArray(value) || value.length > most) throw wrong(name, `a list of at most ${most}`);
  let last: string | number | undefined;
  for (const item of value as (string | number)[]) {
    if (!good(item)) throw wrong(name, `not ${JSON.stringify(item)}`);
    if (last !== undefined && !(last < item)) throw wrong(name, 'a sorted list without doubles');
    last = item;
  }
}

function isCount(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

function wrong(name: string, expected: string): FormatError {
  return new FormatError(`The policy, ${name}: ${expected} was expected.`, 0);
}

function sortedChoice(choice: Partial<FunctionChoice>): FunctionChoice {
  const { names = [], indices = [], exports = [] } = choice;
  return {
    names: sorted(names),
    indices: [...new Set(indices)].sort((a, b) => a - b),
    exports: exports === 'all' ? 'all' : sorted(exports),
  };
}

function sorted<Text extends string>(texts: readonly Text[]): readonly Text[] {
  return [...new Set(texts)].sort();
}
