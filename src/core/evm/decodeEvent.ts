import {
  decodeAbiParameters,
  decodeEventLog,
  encodeAbiParameters,
  toEventSelector,
  type Abi,
  type AbiEvent,
  type AbiParameter,
} from 'viem';
import { FormatError } from '../verdict/auditorError.ts';
import { fail, pass, type Check } from '../verdict/check.ts';
import type { ProvenEvent } from './events.ts';
import type { Hex } from './hex.ts';

export interface DecodedEvent {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

const spec = 'Solidity contract ABI specification (events, strict encoding)';

/**
 * What an event says under a contract's interface. The bytes must be the one encoding of these very values: nothing behind them, no number too large for its
 * type, no stray bits beside a short one. Text that is not UTF-8 comes with replacement characters, as the ledger lets contracts write it.
 * @throws FormatError where the interface has no such event, or the bytes are none of its encodings.
 */
export function decodeEvent(abi: Abi, { topics, data }: Pick<ProvenEvent, 'topics' | 'data'>): DecodedEvent {
  const event = abi.find(
    (item): item is AbiEvent => item.type === 'event' && !item.anonymous && toEventSelector(item) === topics[0],
  );
  if (!event) throw fault(`one of the interface's events, found ${topics[0] ?? 'none'}`);
  const indexed = event.inputs.filter((input) => input.indexed === true);
  const plain = event.inputs.filter((input) => input.indexed !== true);
  if (topics.length !== indexed.length + 1)
    throw fault(`${indexed.length + 1} topics for ${event.name}, found ${topics.length}`);
  demandCanonical(plain, data, event.name);
  for (const [index, input] of indexed.entries()) {
    if (isOneWord(input.type)) demandCanonical([input], topics[index + 1] ?? '0x', event.name);
  }
  try {
    const decoded = decodeEventLog({ abi: [event], topics: topics as [Hex, ...Hex[]], data, strict: true });
    return { name: event.name, args: (decoded.args ?? {}) as unknown as Readonly<Record<string, unknown>> };
  } catch (error) {
    throw fault(`values of ${event.name}. ${messageOf(error)}`);
  }
}

/** The check that an event is one of the interface's. */
export function checkEvent(abi: Abi, event: ProvenEvent): { readonly check: Check; readonly decoded?: DecodedEvent } {
  const params = { number: event.block, log: event.logIndex, address: event.address };
  try {
    const decoded = decodeEvent(abi, event);
    return { decoded, check: pass('EVM_EVENT', { spec, params: { ...params, name: decoded.name } }) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { check: fail('EVM_EVENT', { spec, params: { ...params, reason: error.message } }) };
  }
}

/** Decoded and encoded again they are the same bytes. Text is taken as bytes, which the ABI encodes alike. */
function demandCanonical(inputs: readonly AbiParameter[], bytes: Hex, name: string): void {
  if (inputs.length === 0) {
    if (bytes !== '0x') throw fault(`no data for ${name}`);
    return;
  }
  const raw = inputs.map(textAsBytes);
  try {
    if (encodeAbiParameters(raw, decodeAbiParameters(raw, bytes)) === bytes) return;
  } catch (error) {
    throw fault(`values of ${name}. ${messageOf(error)}`);
  }
  throw fault(`values of ${name} in their one encoding`);
}

function textAsBytes(input: AbiParameter): AbiParameter {
  const type = input.type.replace(/^string/, 'bytes');
  return 'components' in input ? { ...input, type, components: input.components.map(textAsBytes) } : { ...input, type };
}

/** Indexed values of other types are hashes of what they were. */
function isOneWord(type: string): boolean {
  return /^(u?int\d*|address|bool|bytes\d+)$/.test(type);
}

/** The first line: the library adds addresses of its documentation. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function fault(expected: string): FormatError {
  return new FormatError(`Event: expected ${expected}.`, 0);
}
