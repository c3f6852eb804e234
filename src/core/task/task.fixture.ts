import { encodeAbiParameters, encodeEventTopics, keccak256, zeroHash, type AbiEvent, type Hex } from 'viem';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import { toBase64 } from '../bytes/base64.ts';
import { utf8 } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { bytes as cborBytes } from '../cose/cose.fixture.ts';
import type { ProvenEvent } from '../evm/events.ts';
import { toHex0x } from '../evm/hex.ts';
import { readContent, type Content } from '../kinds/content.ts';
import { documentTime, makeDocument, measurement } from '../tee/nitro/nitro.fixture.ts';
import type { Trust } from '../trust/trust.ts';
import type { Check } from '../verdict/check.ts';
import { walk } from '../verdict/check.ts';
import { encodeTaskStatement, type TaskStatement } from './taskStatement.ts';

export const contract: Hex = `0x${'c0'.repeat(20)}`;
export const chainId = 4242;
export const owner: Hex = `0x${'a1'.repeat(20)}`;
export const processor: Hex = `0x${'b2'.repeat(20)}`;
export const stranger: Hex = `0x${'d3'.repeat(20)}`;

/** Block times around that of the attestation document; seconds. */
export const noon = Math.floor(documentTime / 1000);

export const files = {
  program: utf8('\0asm of a program'),
  dataSet: utf8('a,b\n1,2\n'),
  secretFile: utf8('sealed'),
  result: utf8('3\n'),
  output: utf8('encrypted 3'),
} as const;

export const hash = (bytes: Uint8Array): Hex => toHex0x(sha3(bytes));

/** An event to be made: its arguments but `running`, and its block's time. */
export interface Step {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly time: number;
  /** Number of the block; one more than that of the step before where left out. */
  readonly block?: number;
}

export const runnerKey = new Uint8Array(32).fill(7);

export const statement: TaskStatement = {
  chainId,
  contract,
  id: 1n,
  program: hash(files.program),
  dataSet: hash(files.dataSet),
  runnerKey: toHex0x(runnerKey),
  result: hash(files.result),
  output: hash(files.output),
};

export interface MadeAttestation {
  readonly document: Uint8Array;
  readonly trust: Trust;
}

/** A Nitro document that speaks for the task, or for another one. */
export async function makeAttestation(
  changes: Partial<TaskStatement> = {},
  key: Uint8Array = runnerKey,
): Promise<MadeAttestation> {
  const { document, root } = await makeDocument({
    fields: {
      user_data: cborBytes(encodeTaskStatement({ ...statement, ...changes })),
      public_key: cborBytes(key),
    },
  });
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`;
  return { document, trust: { nitro: { roots: [pem], measurements: [measurement] } } };
}

/** A task from its submission to its result, as it should be; the offer is event 2. */
export function rightSteps(attestation: Hex): Step[] {
  const { program, dataSet, result, output } = statement;
  return [
    {
      name: 'TaskSubmitted',
      time: noon - 60,
      args: {
        id: 1n,
        owner,
        program,
        dataSet,
        secretFile: hash(files.secretFile),
        wanted: zeroHash,
        deadline: BigInt(noon + 1000),
        metadata: 'a sum',
      },
    },
    {
      name: 'ResourcesAdvertised',
      time: noon - 50,
      args: { offer: 2n, processor, resources: zeroHash, until: BigInt(noon + 500), metadata: '' },
    },
    { name: 'TaskMatched', time: noon - 40, args: { id: 1n, offer: 2n, by: processor } },
    { name: 'MatchApproved', time: noon - 30, args: { id: 1n, offer: 2n, by: owner } },
    {
      name: 'TaskStarted',
      time: noon - 8,
      args: { id: 1n, processor, runnerKey: toHex0x(runnerKey), startedAt: BigInt(noon - 10) },
    },
    {
      name: 'TaskCompleted',
      time: noon + 12,
      args: { id: 1n, processor, result, output, attestation, endedAt: BigInt(noon + 2) },
    },
  ];
}

/** Events as the contract would emit them, with the running hash, each in a block of its own. */
export function makeEvents(steps: readonly Step[]): ProvenEvent[] {
  let running: Hex = zeroHash;
  let block = 0;
  return steps.map((step) => {
    block = step.block ?? block + 1;
    const made = encodeEvent(step, block, running);
    running = made.running;
    return {
      block,
      blockHash: keccak256(`0x${block.toString(16).padStart(64, '0')}`),
      timestamp: step.time,
      transactionIndex: 0,
      logIndex: 0,
      address: contract,
      topics: made.topics,
      data: made.data,
    };
  });
}

export function encodeEvent(
  { name, args }: Step,
  block: number,
  before: Hex,
): { readonly topics: Hex[]; readonly data: Hex; readonly running: Hex } {
  const event = proofOfExecutionAbi.find((item) => item.type === 'event' && item.name === name) as unknown as AbiEvent;
  const topics = encodeEventTopics({ abi: [event], eventName: name, args: args as never }) as Hex[];
  const plain = event.inputs.filter((input) => input.indexed !== true);
  const values = plain.slice(0, -1).map((input) => args[input.name ?? '']);
  const types = [...topics.map(() => ({ type: 'bytes32' })), ...plain.slice(0, -1), { type: 'uint256' }];
  const content = keccak256(encodeAbiParameters(types as never, [...topics, ...values, BigInt(block)] as never));
  const running = keccak256(`${before}${content.slice(2)}`);
  return { topics, data: encodeAbiParameters(plain, [...values, running] as never), running };
}

/** The same steps with arguments or times of one of them changed. */
export function changed(
  steps: readonly Step[],
  name: string,
  args: Readonly<Record<string, unknown>>,
  time?: number,
): Step[] {
  return steps.map((step) =>
    step.name === name ? { ...step, args: { ...step.args, ...args }, time: time ?? step.time } : step,
  );
}

export const asFile = (name: string, bytes: Uint8Array): Content => readContent(name, bytes);

/** Codes of what did not pass, deepest first left out: only checks without children. */
export function openCodes(checks: readonly Check[]): string[] {
  return [...walk(checks)]
    .filter(({ status, children }) => status !== 'pass' && (children ?? []).length === 0)
    .map(({ code, status }) => `${code} ${status}`);
}
