import { toHex } from '../../bytes/hex.ts';
import { sha3Hex } from '../../bytes/hash.ts';
import { toBase64 } from '../../bytes/base64.ts';
import type { Trust } from '../../trust/trust.ts';
import type { Evidence } from '../../verdict/check.ts';
import type { Explained } from '../explained.ts';
import type { Field } from '../field.ts';
import type { MeasuredRegister } from '../measured.ts';
import { hashById, idText } from './algorithms.ts';
import { sameKey, type AttestationKey } from './attestationKey.ts';
import type { ReadEvidence } from './check.ts';
import { eventName } from './eventTypes.ts';
import type { Found } from './evidence.ts';
import type { HardwareExamination } from './hardware.ts';
import type { HclReport } from './hclReport.ts';
import type { EventLog, LogEvent } from './parseEventLog.ts';
import { readSignature, schemeText } from './parseSignature.ts';
import type { PcrSelection, Range, TpmQuote } from './parseQuote.ts';
import type { PcrBanks } from './pcrValues.ts';
import { coversDescription } from './replay.ts';

interface Keys {
  readonly pinned: readonly AttestationKey[];
  readonly signers: readonly (AttestationKey | undefined)[];
  readonly trust: Trust;
}

/** A long log is drawn by its first events; the count says how many there are. */
const shownEvents = 2000;

/** What the page draws of a file: the fields of every part, the registers, and the key that could be pinned. */
export function explain(
  read: ReadEvidence,
  confirmed: PcrBanks,
  hardware: HardwareExamination | undefined,
  { pinned, signers, trust }: Keys,
): Explained {
  const { evidence, quotes, log, hcl } = read;
  const locate = locator();
  const quoteFields = quotes.map(({ found, quote }): Field => ({
    name: 'quote',
    value: quote.selections.map(selectionText).join('; '),
    children: [
      quoteField(quote, found.statement, locate),
      ...(found.signature ? [signatureField(found.signature, locate)] : []),
    ],
  }));
  const fields: Field[] = [
    ...(evidence.publicArea
      ? [{ name: 'ak_pub', evidence: locate(evidence.publicArea), value: 'the attestation key' }]
      : []),
    ...quoteFields,
    ...(hcl ? [hclField(hcl, evidence.hcl ?? whole(hcl.bytes), locate)] : []),
    ...(log ? [logField(log, evidence.eventLog ?? whole(log.bytes), locate)] : []),
  ];
  const signer = signers.find((key) => key !== undefined);
  const index = signer ? pinned.findIndex((pin) => sameKey(pin, signer)) : -1;
  const pin = trust.tpm?.attestationKeys?.[index];
  // Where a processor vouches for the key, what is left to say is what the processor measured.
  const offered = hardware
    ? hardware.offered
    : signer && !pin
      ? { tpm: { attestationKeys: [pemOf(signer)] } }
      : undefined;
  return {
    fields,
    paths: hardware?.paths ?? [],
    registers: [...registersOf(confirmed), ...(hardware?.registers ?? [])],
    pinnedAt: 'tpm.attestationKeys',
    objects: locate.objects(),
    ...(offered && { offered }),
    used: { ...(pin ? { tpm: { attestationKeys: [pin] } } : {}), ...hardware?.used },
  };
}

type Locate = ((found: Found, range?: Range) => Evidence) & { readonly objects: () => readonly Uint8Array[] };

/** Names bytes by the object they stand in; each object is hashed once. */
function locator(): Locate {
  const digests = new Map<Uint8Array, string>();
  const locate = ({ object, offset, bytes }: Found, range: Range = { offset: 0, length: bytes.length }): Evidence => {
    const digest = digests.get(object) ?? sha3Hex(object);
    digests.set(object, digest);
    return { digest, offset: offset + range.offset, length: range.length };
  };
  return Object.assign(locate, { objects: () => [...digests.keys()] });
}

function quoteField(quote: TpmQuote, found: Found, locate: Locate): Field {
  const at = (range: Range): Evidence => locate(found, range);
  const { ranges } = quote;
  return {
    name: 'TPMS_ATTEST',
    evidence: locate(found),
    children: [
      { name: 'magic', evidence: at(ranges.magic), value: 'ff544347', hint: 'TPM_FIELD_MAGIC' },
      { name: 'type', evidence: at(ranges.type), value: 'TPM_ST_ATTEST_QUOTE' },
      {
        name: 'qualifiedSigner',
        evidence: at(ranges.qualifiedSigner),
        value: toHex(quote.qualifiedSigner),
        hint: 'TPM_FIELD_SIGNER',
      },
      {
        name: 'extraData',
        evidence: at(ranges.extraData),
        value: toHex(quote.extraData) || 'empty',
        hint: 'TPM_FIELD_NONCE',
      },
      {
        name: 'clockInfo',
        evidence: at(ranges.clockInfo),
        value: `${quote.clock} ms, ${quote.resetCount} resets, ${quote.restartCount} restarts${quote.safe ? '' : ', not safe'}`,
        hint: 'TPM_FIELD_CLOCK',
      },
      {
        name: 'firmwareVersion',
        evidence: at(ranges.firmwareVersion),
        value: `0x${quote.firmwareVersion.toString(16)}`,
      },
      {
        name: 'pcrSelect',
        evidence: at(ranges.pcrSelect),
        hint: 'TPM_FIELD_SELECT',
        children: quote.selections.map((selection) => ({
          name: 'bank',
          evidence: at(selection.range),
          value: selectionText(selection),
        })),
      },
      { name: 'pcrDigest', evidence: at(ranges.pcrDigest), value: toHex(quote.pcrDigest), hint: 'TPM_FIELD_DIGEST' },
    ],
  };
}

function selectionText({ hash, registers }: PcrSelection): string {
  return `${hashById(hash)?.name ?? idText(hash)}: ${registers.length === 0 ? 'none' : registers.join(', ')}`;
}

function signatureField(found: Found, locate: Locate): Field {
  const signature = readSignature(found.bytes);
  return {
    name: 'signature',
    evidence: locate(found),
    value: typeof signature === 'string' ? 'malformed' : schemeText(signature),
  };
}

function hclField(hcl: HclReport, found: Found, locate: Locate): Field {
  const at = (range: Range): Evidence => locate(found, range);
  return {
    name: 'HCL report',
    evidence: locate(found),
    children: [
      { name: 'header', evidence: at(hcl.ranges.header), value: 'HCLA' },
      { name: 'hardware report', evidence: at(hcl.ranges.report), value: hcl.hardware },
      { name: 'request', evidence: at(hcl.ranges.request), value: hcl.hash.name },
      { name: 'runtime data', evidence: at(hcl.ranges.runtimeData), hint: 'TPM_FIELD_RUNTIME' },
    ],
  };
}

function logField(log: EventLog, found: Found, locate: Locate): Field {
  const shown = log.events.slice(0, shownEvents);
  return {
    name: 'event log',
    evidence: locate(found),
    value: `${log.events.length} events`,
    children: shown.map((event) => ({
      name: `PCR ${event.register} ${eventName(event.type)}`,
      evidence: locate(found, event.range),
      value: describe(event),
      hint: 'TPM_FIELD_EVENT' as const,
    })),
  };
}

/** Words of the log where they are words. */
function describe(event: LogEvent): string {
  const text = Array.from(event.data.subarray(0, 200), (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0 ? '' : '·',
  ).join('');
  return `${coversDescription(event) ? '' : 'not covered: '}${text}`;
}

function registersOf(banks: PcrBanks): MeasuredRegister[] {
  return [...banks].flatMap(([bank, values]) =>
    [...values].map(([register, value]) => ({ name: `${bank} PCR ${register}`, hex: toHex(value), pinned: null })),
  );
}

function pemOf({ spki }: AttestationKey): string {
  return `-----BEGIN PUBLIC KEY-----\n${toBase64(spki).replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
}

function whole(bytes: Uint8Array): Found {
  return { bytes, object: bytes, offset: 0 };
}
