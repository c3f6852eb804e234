import { sha3_512 } from '@noble/hashes/sha3.js';
import { parseJson } from '../../bytes/json.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toHex } from '../../bytes/hex.ts';
import { decodeText } from '../../bytes/unwrap.ts';
import type { Trust } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { timeText } from '../../x509/validity.ts';
import type { Explained } from '../explained.ts';
import type { Field } from '../field.ts';
import type { NitroDetails } from '../nitro/details.ts';
import type { SignedCall } from './call.ts';
import type { BlockyCallDetails, BlockyDetails } from './details.ts';
import type { DocumentsExamination } from './documents.ts';
import type { AttestedKey } from './key.ts';
import type { BlockyOutput } from './output.ts';

export interface BlockyFindings {
  readonly output: BlockyOutput;
  readonly examination: DocumentsExamination;
  readonly key: AttestedKey | undefined;
  readonly calls: readonly (SignedCall | undefined)[];
  readonly trust: Trust;
}

export function describeBlocky(findings: BlockyFindings): BlockyDetails {
  const { output, examination, key, calls } = findings;
  return {
    explained: explain(findings),
    form: output.form,
    platform: output.platform,
    key: key ? toHex(key.bytes) : null,
    documents: examination.documents.map(({ moduleId, timestamp }) => ({ moduleId, time: timeText(timestamp) })),
    calls: calls.map((call) => (call ? describeCall(call) : null)),
  };
}

const emptyHash = toHex(sha3_512(new Uint8Array()));

function describeCall(call: SignedCall): BlockyCallDetails {
  const { hashOfCode, hashOfInput, hashOfSecrets, output } = call;
  return {
    function: call.function,
    hashOfCode,
    hashOfInput,
    hashOfSecrets,
    outputText: readable(output) ?? null,
    outputHex: toHex(output),
    emptyInput: hashOfInput === emptyHash,
    emptySecrets: hashOfSecrets === emptyHash,
  };
}

/** JSON laid out, else the text; undefined where it is no text. */
function readable(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.stringify(parseJson(text), null, 2);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return text;
  }
}

/** The inner documents explain themselves; around them stands what holds them together. The file itself is JSON, so bytes are those of objects in it. */
function explain({ output, examination, calls }: BlockyFindings): Explained {
  const inner = examination.judgements.map(({ details }) => (details as NitroDetails | undefined)?.explained);
  const documents = output.documents.map((bytes, index): Field => ({
    name: `document ${index + 1}`,
    evidence: { digest: sha3Hex(bytes), offset: 0, length: bytes.length, name: `document ${index + 1}` },
    ...(inner[index] && { children: inner[index].fields }),
  }));
  const [first] = inner;
  return {
    fields: [
      { name: 'platform', value: output.platform },
      { name: 'platform_attestations', children: documents },
      ...calls.map((call, index) => callField(output, call, index)),
    ],
    paths: inner.flatMap((explained, index) =>
      (explained?.paths ?? []).map((path) => ({ ...path, name: `document ${index + 1}: ${path.name}` })),
    ),
    registers: first?.registers ?? [],
    pinnedAt: 'nitro.measurements',
    objects: [...output.documents, ...output.calls.map(({ attestation }) => attestation)],
    ...(first?.offered && { offered: first.offered }),
    ...(first?.used && { used: first.used }),
  };
}

const partNames = ['hash_of_code', 'function', 'hash_of_input', 'output', 'hash_of_secrets'] as const;

function callField({ form, calls: raw }: BlockyOutput, call: SignedCall | undefined, index: number): Field {
  const attestation = raw[index]?.attestation ?? new Uint8Array();
  const digest = sha3Hex(attestation);
  const object = `transitive attestation${raw.length > 1 ? ` ${index + 1}` : ''}`;
  const at = (name: string, offset: number, length: number, more: Partial<Field> = {}): Field => ({
    name,
    evidence: { digest, offset, length, name: object },
    ...more,
  });
  const whole = at('transitive_attestation', 0, attestation.length);
  // In the old form the parts are text within text, and have no place of their own.
  if (!call || form === 'old') return whole;
  const { data, signature } = call;
  const parts = call.ranges.map(({ bytes, offset }, part) =>
    // The output is shown by itself; the others are short text.
    at(
      partNames[part] ?? 'part',
      data.offset + offset,
      bytes.length,
      part === 3 ? {} : { value: decodeText(bytes) ?? '' },
    ),
  );
  return {
    ...whole,
    children: [
      at('data', data.offset, data.bytes.length, { children: parts }),
      at('signature', signature.offset, 65, {
        children: [
          at('r', signature.offset, 32),
          at('s', signature.offset + 32, 32),
          at('v', signature.offset + 64, 1),
        ],
      }),
    ],
  };
}
