import type { Content } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { keyFromJwk, keyFromSpki, type AttestationKey } from './attestationKey.ts';
import type { Found } from './evidence.ts';
import { isHclReport } from './hclReport.ts';
import { isEventLog } from './parseEventLog.ts';
import { readSignature } from './parseSignature.ts';
import { parsePcrValues, type Expectation } from './pcrValues.ts';
import { parsePublicArea } from './publicArea.ts';

/** What was given beside a quote, by what it is. */
export interface Beside {
  readonly signatures: readonly Found[];
  readonly keys: readonly AttestationKey[];
  readonly eventLog?: Found;
  readonly hcl?: Found;
  readonly expectation?: Expectation;
  /** Why a file that is meant for a quote cannot be read. */
  readonly faults: readonly string[];
}

/** A signature of the largest key with its scheme before it is shorter. */
const maximumSignature = 600;
const minimumSignature = 64;

/** Sorts companions by content. What is of no use to a quote is passed by: it may be meant for another file. */
export async function sortBeside(companions: readonly Content[]): Promise<Beside> {
  const signatures: Found[] = [];
  const keys: AttestationKey[] = [];
  const faults: string[] = [];
  let found: Pick<Beside, 'eventLog' | 'hcl' | 'expectation'> = {};
  for (const content of companions) {
    const { bytes, text, name } = content;
    const whole: Found = { bytes, object: bytes, offset: 0 };
    try {
      const expectation = text === undefined ? undefined : parsePcrValues(text);
      const key = expectation ? undefined : await keyIn(content);
      if (expectation) found = { ...found, expectation };
      else if (key) keys.push(key);
      else if (isEventLog(bytes)) found = { ...found, eventLog: whole };
      else if (isHclReport(bytes)) found = { ...found, hcl: whole };
      else if (isSignature(content)) signatures.push(whole);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      faults.push(`${name}: ${error.message}`);
    }
  }
  return { signatures, keys, faults, ...found };
}

/** A public key in PEM or DER, or as its TPM describes it (with or without a length before it). */
async function keyIn({ bytes, encoding, text }: Content): Promise<AttestationKey | undefined> {
  if (bytes.length > 2048 || (encoding === 'raw' && text !== undefined)) return undefined;
  if (bytes[0] === 0x30) return keyFromSpki(bytes);
  for (const area of [bytes, bytes.subarray(2)]) {
    if (area[0] !== 0 || (area[1] !== 0x01 && area[1] !== 0x23)) continue;
    try {
      const { jwk, attributeFault } = parsePublicArea(area);
      if (attributeFault === undefined) return await keyFromJwk(jwk);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return undefined;
}

/** Nothing marks a bare signature: it is what has its length and is nothing else. Whether it is one shows when it is verified. */
function isSignature({ bytes, text, encoding }: Content): boolean {
  if (bytes.length < minimumSignature || bytes.length > maximumSignature || (text !== undefined && encoding === 'raw'))
    return false;
  return typeof readSignature(bytes) !== 'string';
}
