import type { ShareConditions, ShareDeposit } from '../../audit/host/wire.ts';
import { fromBase64 } from '../../core/bytes/base64.ts';
import type { JsonObject, JsonValue } from '../../core/bytes/json.ts';
import { isDigest } from '../../core/host/hostValues.ts';
import { readContent, type Content } from '../../core/kinds/content.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { FormatError } from '../../core/verdict/auditorError.ts';
import type { VouchOrder } from './validator.ts';

const maximum = { files: 16, conditions: 64 } as const;

/** `{"credential", "files": [{"name", "bytes": base64}], "client": {"key", "salt"}, "mode"?}`. @throws FormatError */
export function readVouchOrder(body: JsonObject): VouchOrder {
  const { credential, files, client, mode = 'fan-out' } = members(body, ['credential', 'files', 'client', 'mode']);
  if (!isObject(credential)) throw fault('“credential” as an object');
  if (mode !== 'fan-out' && mode !== 'chain') throw fault('“mode” as fan-out or chain');
  if (!Array.isArray(files) || files.length > maximum.files)
    throw fault(`“files” as a list of at most ${maximum.files}`);
  const { key, salt } = members(client, ['key', 'salt']);
  if (typeof key !== 'string' || typeof salt !== 'string') throw fault('“key” and “salt” of the client');
  return { credential, files: files.map(readFileEntry), client: { key, salt }, mode };
}

function readFileEntry(entry: JsonValue): Content {
  const { name, bytes } = members(entry, ['name', 'bytes', 'kind']);
  if (typeof name !== 'string' || name.length > 200 || typeof bytes !== 'string')
    throw fault('files with “name” and “bytes”');
  return readContent(name, fromBase64(bytes));
}

/** @throws FormatError */
export function readDeposit(body: JsonObject): ShareDeposit {
  const { image, keyCommitment } = members(body, ['image', 'keyCommitment', 'validator', 'conditions', 'sealed']);
  const [validator, sealed] = [text(body, 'validator'), text(body, 'sealed')];
  if (!isDigest(image) || !isDigest(keyCommitment)) throw fault('“image” and “keyCommitment” of 64 hex digits');
  if (validator === undefined || validator.length > 2048) throw fault('“validator” as a DID');
  if (sealed === undefined || sealed.length > 1024) throw fault('“sealed” in base64url');
  return { image, keyCommitment, validator, conditions: readConditions(body['conditions']), sealed };
}

function readConditions(value: JsonValue | undefined): ShareConditions {
  const conditions = members(value, ['hosts', 'boots']);
  const list = (name: string): readonly string[] | undefined => {
    const entries = conditions[name];
    if (entries === undefined) return undefined;
    const right = Array.isArray(entries) && entries.length <= maximum.conditions;
    if (!right || !entries.every((entry) => typeof entry === 'string' && entry.length <= 2048)) {
      throw fault(`“${name}” as a list of at most ${maximum.conditions} texts`);
    }
    return entries as string[];
  };
  const [hosts, boots] = [list('hosts'), list('boots')];
  return { ...(hosts && { hosts }), ...(boots && { boots }) };
}

function members(value: JsonValue | undefined, known: readonly string[]): JsonObject {
  if (!isObject(value)) throw fault('an object');
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other !== undefined) throw fault(`no member ${JSON.stringify(other.slice(0, 40))}`);
  return value;
}

function fault(expected: string): FormatError {
  return new FormatError(`Request: expected ${expected}.`, 0);
}
