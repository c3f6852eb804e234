import { fromHex, isHex } from '../../bytes/hex.ts';
import { parseJson, type JsonObject, type JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { hashByName } from './algorithms.ts';

/** Values of registers: name of the bank (`sha256`) → number → value. */
export type PcrBanks = ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>;

/** What a person expects of a quote: a file given beside it. */
export interface Expectation {
  readonly banks: PcrBanks;
  readonly nonce: Uint8Array | undefined;
}

const maximumText = 64 * 1024;
const bankLine = /^\s*(sha1|sha256|sha384|sha512)\s*:\s*$/;
const valueLine = /^\s*(\d{1,2})\s*:\s*(?:0x)?([0-9a-fA-F]+)\s*$/;

/**
 * Register values as people have them: what `tpm2_pcrread` prints, or `{ "pcrs": { "sha256": { "0": "hex" } }, "nonce": "hex" }` (either member
 * may be missing). Undefined for any other text.
 * @throws FormatError where a text is of one of these forms and a value in it is not.
 */
export function parsePcrValues(text: string): Expectation | undefined {
  if (text.length > maximumText) return undefined;
  return /^\s*\{/.test(text) ? fromJson(text) : fromPrint(text);
}

/** Whether a text is of one of these forms, readable or not. */
export function looksLikePcrValues(text: string): boolean {
  try {
    return parsePcrValues(text) !== undefined;
  } catch (error) {
    if (error instanceof FormatError) return true;
    throw error;
  }
}

function fromPrint(text: string): Expectation | undefined {
  const banks = new Map<string, Map<number, Uint8Array>>();
  let bank: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const opened = bankLine.exec(line)?.[1];
    const [, register, digits] = valueLine.exec(line) ?? [];
    if (opened) {
      bank = opened;
      if (!banks.has(bank)) banks.set(bank, new Map());
    } else if (bank !== undefined && register !== undefined && digits !== undefined) {
      put(banks, bank, register, digits.toLowerCase());
    } else if (line.trim() !== '') return undefined;
  }
  return banks.size > 0 ? { banks, nonce: undefined } : undefined;
}

function fromJson(text: string): Expectation | undefined {
  let json: JsonValue;
  try {
    json = parseJson(text, { maximumDepth: 4 });
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
  if (!isObject(json)) return undefined;
  const { pcrs, nonce, ...others } = json;
  if (Object.keys(others).length > 0 || (pcrs === undefined && nonce === undefined)) return undefined;
  if (nonce !== undefined && (typeof nonce !== 'string' || !isHex(nonce))) {
    throw new FormatError('Register values: expected "nonce" as lower-case hex.', 0);
  }
  return { banks: readBanks(pcrs ?? {}), nonce: nonce === undefined ? undefined : fromHex(nonce) };
}

function readBanks(pcrs: JsonValue): PcrBanks {
  if (!isObject(pcrs)) throw new FormatError('Register values: expected "pcrs" to be an object of banks.', 0);
  const banks = new Map<string, Map<number, Uint8Array>>();
  for (const [bank, values] of Object.entries(pcrs)) {
    if (!isObject(values)) throw new FormatError(`Register values: expected the bank "${bank}" to be an object.`, 0);
    banks.set(bank, new Map());
    for (const [register, digits] of Object.entries(values)) put(banks, bank, register, digits);
  }
  return banks;
}

function put(banks: Map<string, Map<number, Uint8Array>>, bank: string, register: string, digits: JsonValue): void {
  const hash = hashByName(bank);
  const number = Number(register);
  const values = banks.get(bank);
  if (
    !hash ||
    !values ||
    !/^\d{1,2}$/.test(register) ||
    number > 31 ||
    typeof digits !== 'string' ||
    !isHex(digits, hash.length)
  ) {
    throw new FormatError(
      `Register values: expected register 0 to 31 of sha1, sha256, sha384 or sha512 in hex, found ${JSON.stringify(bank)} ${JSON.stringify(register)}.`,
      0,
    );
  }
  if (values.has(number)) throw new FormatError(`Register values: ${bank} register ${number} is given twice.`, 0);
  values.set(number, fromHex(digits));
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
