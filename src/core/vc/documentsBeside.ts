import { parseJson, type JsonObject, type JsonValue } from '../bytes/json.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { isObject } from './credential.ts';

const maximumLength = 8 * 1024 * 1024;

/** JSON objects among the files beside: profiles and lists of issuers, DID documents. Our own documents are none of these. */
export function documentsBeside(companions: readonly Content[]): readonly JsonObject[] {
  return companions.flatMap((companion) => {
    const { text } = companion;
    if (text === undefined || text.length > maximumLength || !/^\s*\{/.test(text)) return [];
    if (affidavitType(companion) !== undefined) return [];
    try {
      const json: JsonValue = parseJson(text, { maximumDepth: 32 });
      return isObject(json) ? [json] : [];
    } catch (error) {
      if (error instanceof FormatError) return [];
      throw error;
    }
  });
}
