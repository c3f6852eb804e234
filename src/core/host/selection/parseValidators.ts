import { parseJson } from '../../bytes/json.ts';
import { isObject, text } from '../../vc/credential.ts';
import { FormatError } from '../../verdict/auditorError.ts';

/** What a list of validators says of one: nothing that counts by itself. */
export interface KnownValidator {
  readonly did: string;
  /** Where it answers. */
  readonly url?: string;
  /** Whole number from 0, as the network publishes it. */
  readonly reputation: number;
}

const maximum = { entries: 100_000, length: 32 * 1024 * 1024 } as const;

/** `[{ "did", "reputation"?, "url"? }]`: reputations and addresses of validators. @throws FormatError */
export function parseValidators(json: string): readonly KnownValidator[] {
  const value = parseJson(json, { maximumDepth: 4, maximumLength: maximum.length });
  if (!Array.isArray(value) || value.length > maximum.entries) throw fault('at most 100,000 entries in a list');
  return value.map((entry, place) => {
    if (!isObject(entry)) throw fault(`an object at place ${place}`);
    const { reputation = 0 } = entry;
    const [did, url] = [text(entry, 'did'), text(entry, 'url')];
    if (did === undefined || !/^did:[a-z0-9]+:[A-Za-z0-9._:%-]{1,2000}$/.test(did))
      throw fault(`a DID at place ${place}`);
    if (typeof reputation !== 'number' || !Number.isSafeInteger(reputation) || reputation < 0) {
      throw fault(`a reputation from 0 at place ${place}`);
    }
    if (entry['url'] !== undefined && (url === undefined || !/^https?:\/\/\S{1,2000}$/.test(url))) {
      throw fault(`an address at place ${place}`);
    }
    return { did, reputation, ...(url === undefined ? {} : { url: url.replace(/\/+$/, '') }) };
  });
}

function fault(expected: string): FormatError {
  return new FormatError(`List of validators: expected ${expected}.`, 0);
}
