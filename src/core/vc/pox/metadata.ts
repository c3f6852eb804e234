import { parseJson, type JsonObject } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { isObject, text, type Credential } from '../credential.ts';

/** What a Proof-of-eXecution certificate says about its order, in `metadataJson`: text inside the certificate, which the context in force leaves out of the hash. */
export interface PoxMetadata {
  readonly contract: string | undefined;
  readonly order: string | undefined;
  readonly inputTransaction: string | undefined;
  readonly outputTransaction: string | undefined;
  readonly image: string | undefined;
  readonly script: string | undefined;
  readonly files: string | undefined;
  readonly result: string | undefined;
  readonly resultValue: string | undefined;
  /** Seconds since 1970. */
  readonly resultTime: number | undefined;
  readonly published: number | undefined;
}

/** @throws FormatError */
export function parsePoxMetadata({ json }: Credential): PoxMetadata {
  const inner = json['metadataJson'];
  const value = typeof inner === 'string' ? parseJson(inner, { maximumDepth: 8, maximumLength: 262_144 }) : inner;
  if (!isObject(value)) throw new FormatError('Certificate: expected "metadataJson" with an object.', 0);
  return {
    contract: text(value, 'contractAddress'),
    order: plain(value, 'orderId'),
    inputTransaction: text(value, 'inputTransactionHash'),
    outputTransaction: text(value, 'outputTransactionHash'),
    image: text(value, 'imageHash'),
    script: text(value, 'scriptHash'),
    files: text(value, 'fileSetHash'),
    result: text(value, 'resultHash'),
    resultValue: text(value, 'resultValue'),
    resultTime: seconds(value, 'resultTimestamp'),
    published: seconds(value, 'publicTimestamp'),
  };
}

function plain(object: JsonObject, member: string): string | undefined {
  const value = object[member];
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

/** Up to the year 9999, so that it can be written as a date. */
function seconds(object: JsonObject, member: string): number | undefined {
  const value = object[member];
  return typeof value === 'number' && value >= 0 && value <= 253_402_300_799 ? value : undefined;
}
