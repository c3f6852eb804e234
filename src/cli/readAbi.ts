import { parseAbiItem, toEventSelector, type Abi, type AbiEvent } from 'viem';
import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { parseJson, type JsonValue } from '../core/bytes/json.ts';
import { AuditorError, FormatError } from '../core/verdict/auditorError.ts';
import { readGivenFile } from './files.ts';

const maximum = { bytes: 4 * 1024 * 1024, events: 1024 } as const;

/** The events of a contract's interface: a list in JSON as compilers write it, or an object with such a list as `abi`. @throws AuditorError `usage` ABI */
export async function readAbi(folder: string, path: string, signal: AbortSignal): Promise<Abi> {
  const bytes = await readGivenFile(folder, path, maximum.bytes, signal);
  try {
    const json = parseJson(decodeUtf8(bytes));
    const list = isObject(json) ? json['abi'] : json;
    if (!Array.isArray(list))
      throw new FormatError('Interface: expected a list, or an object with a list as "abi".', 0);
    const events = list.filter((item) => isObject(item) && item['type'] === 'event') as unknown as AbiEvent[];
    if (events.length === 0 || events.length > maximum.events) {
      throw new FormatError(`Interface: expected 1 to ${maximum.events} events, found ${events.length}.`, 0);
    }
    // What is no event of Solidity is found now, and not in the middle of an audit.
    for (const event of events) {
      const inputs = event.inputs.map(({ type }) => type).join(',');
      toEventSelector(event);
      if (!event.inputs.some(({ type }) => type.startsWith('tuple'))) parseAbiItem(`event ${event.name}(${inputs})`);
    }
    return events;
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new AuditorError('usage', 'ABI', `${path} is no interface of a contract. ${reason}`, { cause });
  }
}

function isObject(value: JsonValue): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
