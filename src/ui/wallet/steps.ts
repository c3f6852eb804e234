import type { Hex } from '../../core/evm/hex.ts';

/** What a field of a step takes: a digest (typed, or of a file that never leaves), a key of 32 bytes, hours from now, text that becomes public, the number of a task or an offer, or the present. */
export type FieldKind = 'digest' | 'key' | 'hours' | 'text' | 'number' | 'now';

export interface StepField {
  readonly name: string;
  readonly kind: FieldKind;
  /** A digest that is left out is 32 zero bytes. */
  readonly optional?: boolean;
}

/** A function of the contract and what has to be filled in for it, in the order of its arguments. */
export interface Step {
  readonly name: StepName;
  readonly fields: readonly StepField[];
}

export const stepNames = [
  'submitTask',
  'advertise',
  'matchTask',
  'withdraw',
  'approve',
  'start',
  'complete',
  'fail',
  'cancel',
  'expire',
] as const;
export type StepName = (typeof stepNames)[number];

const task: StepField = { name: 'id', kind: 'number' };
const offer: StepField = { name: 'offer', kind: 'number' };

export const steps: Readonly<Record<StepName, Step>> = {
  submitTask: {
    name: 'submitTask',
    fields: [
      { name: 'program', kind: 'digest' },
      { name: 'dataSet', kind: 'digest', optional: true },
      { name: 'secretFile', kind: 'digest', optional: true },
      { name: 'wanted', kind: 'digest', optional: true },
      { name: 'deadline', kind: 'hours' },
      { name: 'metadata', kind: 'text' },
    ],
  },
  advertise: {
    name: 'advertise',
    fields: [
      { name: 'resources', kind: 'digest', optional: true },
      { name: 'until', kind: 'hours' },
      { name: 'metadata', kind: 'text' },
    ],
  },
  matchTask: { name: 'matchTask', fields: [task, offer] },
  withdraw: { name: 'withdraw', fields: [task] },
  approve: { name: 'approve', fields: [task, offer] },
  start: {
    name: 'start',
    fields: [task, { name: 'runnerKey', kind: 'key' }, { name: 'startedAt', kind: 'now' }],
  },
  complete: {
    name: 'complete',
    fields: [
      task,
      { name: 'result', kind: 'digest' },
      { name: 'output', kind: 'digest', optional: true },
      { name: 'attestation', kind: 'digest' },
      { name: 'endedAt', kind: 'now' },
    ],
  },
  fail: { name: 'fail', fields: [task, { name: 'reason', kind: 'digest', optional: true }] },
  cancel: { name: 'cancel', fields: [task] },
  expire: { name: 'expire', fields: [task] },
};

const noDigest: Hex = `0x${'0'.repeat(64)}`;
/** `metadata` on the ledger, in bytes (ProofOfExecution.sol). */
export const maximumText = 2048;

/** The values of a step's fields as its function takes them, or the field that cannot be used yet. @param now milliseconds since 1970 */
export function argumentsOf(
  { fields }: Step,
  values: Readonly<Record<string, string>>,
  now: number,
): { readonly args: readonly (Hex | bigint | string)[] } | { readonly missing: string } {
  const args: (Hex | bigint | string)[] = [];
  for (const { name, kind, optional } of fields) {
    const value = argumentOf(kind, (values[name] ?? '').trim(), now, optional === true);
    if (value === undefined) return { missing: name };
    args.push(value);
  }
  return { args };
}

function argumentOf(kind: FieldKind, text: string, now: number, optional: boolean): Hex | bigint | string | undefined {
  const seconds = Math.floor(now / 1000);
  switch (kind) {
    case 'key':
    case 'digest': {
      const digest = text.toLowerCase().replace(/\s/g, '').replace(/^0x/, '');
      if (digest === '' && optional) return noDigest;
      return /^[0-9a-f]{64}$/.test(digest) && (optional || !/^0+$/.test(digest)) ? `0x${digest}` : undefined;
    }
    case 'hours': {
      const hours = Number(text);
      return text !== '' && hours > 0 && hours <= 876_000 ? BigInt(seconds + Math.round(hours * 3600)) : undefined;
    }
    case 'text':
      return new TextEncoder().encode(text).length <= maximumText ? text : undefined;
    case 'number':
      return /^\d{1,15}$/.test(text) ? BigInt(text) : undefined;
    case 'now':
      return BigInt(seconds);
  }
}
