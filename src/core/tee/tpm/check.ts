import { equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import type { Content } from '../../kinds/content.ts';
import type { Checker, Context, Judgement } from '../../kinds/kind.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Note, type Plan } from '../../verdict/check.ts';
import { keyFromJwk, keyFromPem, type AttestationKey } from './attestationKey.ts';
import type { AmdRoot } from '../sevSnp/amdRoots.ts';
import { sortBeside, type Beside } from './beside.ts';
import { readEvidence, type FoundQuote, type TpmEvidence } from './evidence.ts';
import { explain } from './explain.ts';
import { parseEventLog, type EventLog } from './parseEventLog.ts';
import { NotAQuote, parseQuote, type TpmQuote } from './parseQuote.ts';
import { parsePublicArea, type PublicArea } from './publicArea.ts';
import { parseHclReport, type HclReport } from './hclReport.ts';
import { examineHardware, hardwarePlan } from './hardware.ts';
import { checkKey } from './policy.ts';
import { uncoveredEvents } from './replay.ts';
import { verifyQuote, type SignedBy } from './verifyQuote.ts';
import { checkEventLog, checkExpected, holdsAll, quoteHash, replayed, verifyRegisters } from './verifyRegisters.ts';
import type { PcrBanks } from './pcrValues.ts';

/** A file with all its parts read. */
export interface ReadEvidence {
  readonly evidence: TpmEvidence;
  readonly quotes: readonly { readonly found: FoundQuote; readonly quote: TpmQuote }[];
  readonly publicArea?: PublicArea;
  readonly log?: EventLog;
  readonly hcl?: HclReport;
}

const spec = 'TPM 2.0 Library, Part 2, §10.12';

/** Judges quotes of a TPM, with what came in the same file or beside it. */
export const tpmChecker = makeTpmChecker();

/** The same under other roots of processors, which only tests have. */
export function makeTpmChecker(roots?: readonly AmdRoot[]): Checker {
  return { plan, check: (content, context) => judgeTpm(content, context, roots) };
}

function plan(content: Content): readonly Plan[] {
  const hardware = content.text !== undefined || content.bytes[0] === 0x48;
  return [
    { code: 'TPM_FORM' },
    { code: 'TPM_QUOTE' },
    { code: 'TPM_KEY', children: [{ code: 'TPM_KEY_PINNED' }, ...(hardware ? [hardwarePlan] : [])] },
    { code: 'TPM_SIGNATURE' },
    { code: 'TPM_PCR_DIGEST' },
  ];
}

async function judgeTpm(content: Content, context: Context, roots?: readonly AmdRoot[]): Promise<Judgement> {
  const at = context.givenTime ?? context.now;
  const timeSource = context.givenTime === undefined ? 'now' : 'given';
  const beside = await sortBeside(context.companions);
  let read: ReadEvidence;
  try {
    read = readAll(content, beside);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { checks: unreadable(error), labels: [], at, timeSource };
  }
  const pinned = await importAll((context.trust.tpm?.attestationKeys ?? []).map((pem) => keyFromPem(pem)));
  const bundled = await importAll(
    [read.publicArea, read.hcl && { jwk: read.hcl.attestationKey }].map((area) => area && keyFromJwk(area.jwk)),
  );
  const keys = bundled.length > 0 ? bundled : [...pinned, ...beside.keys];
  const signed = await Promise.all(
    read.quotes.map(({ found, quote }) =>
      verifyQuote(quote, found.signature ? [found.signature] : beside.signatures, keys),
    ),
  );
  const signers = signed.map(({ key }) => key);
  const hardware =
    read.hcl && (await examineHardware(read.hcl, read.evidence.hardwareCertificates, signers, context, roots));
  const registers = judgeRegisters(read, beside, signed);
  return {
    checks: [
      formCheck(read, beside),
      platformCheck(read),
      checkKey({
        signers: signers.filter((key) => key !== undefined),
        bundled,
        pinned,
        publicArea: read.publicArea,
        hardware: hardware?.check,
      }),
      signatureCheck(read, signed),
      ...registers.checks,
      ...nonceCheck(read, beside),
    ],
    labels: hardware?.labels ?? [],
    at,
    timeSource,
    details: { explained: explain(read, registers.confirmed, hardware, { pinned, signers, trust: context.trust }) },
  };
}

async function importAll(
  keys: readonly (Promise<AttestationKey | undefined> | undefined)[],
): Promise<AttestationKey[]> {
  return (await Promise.all(keys)).filter((key) => key !== undefined);
}

/** @throws FormatError; NotAQuote comes as a fault of its own. */
function readAll(content: Content, beside: Beside): ReadEvidence {
  const evidence = readEvidence(content);
  const eventLog = evidence.eventLog ?? beside.eventLog;
  const hcl = evidence.hcl ?? beside.hcl;
  const quotes = evidence.quotes.map((found) => ({ found, quote: parseQuote(found.statement.bytes) }));
  const [first] = quotes;
  if (first && quotes.some(({ quote }) => !equalBytes(quote.extraData, first.quote.extraData))) {
    throw new FormatError('TPM quote: expected quotes of one attestation to carry one nonce, found different ones.', 0);
  }
  return {
    evidence,
    quotes,
    ...(evidence.publicArea && { publicArea: parsePublicArea(evidence.publicArea.bytes) }),
    ...(eventLog && { log: parseEventLog(eventLog.bytes) }),
    ...(hcl && { hcl: parseHclReport(hcl.bytes) }),
  };
}

function unreadable(error: FormatError): Check[] {
  const params = { reason: error.message, offset: error.offset };
  const other = error instanceof NotAQuote;
  return [
    other ? pass('TPM_FORM', { spec }) : fail('TPM_FORM', { spec, params }),
    other ? fail('TPM_QUOTE', { spec, params }) : unknown('TPM_QUOTE', { spec, params }),
    unknown('TPM_KEY', { params: { reason: 'The quote was not read.' } }),
    unknown('TPM_SIGNATURE', { params: { reason: 'The quote was not read.' } }),
    unknown('TPM_PCR_DIGEST', { params: { reason: 'The quote was not read.' } }),
  ];
}

function formCheck({ quotes, evidence }: ReadEvidence, { faults }: Beside): Check {
  const sha1 = quotes.some(({ quote }) => quote.selections.some(({ hash }) => hash === 0x0004));
  const notes: Note[] = [
    ...(sha1 ? [{ code: 'TPM_SHA1_BANK' as const }] : []),
    ...(evidence.quotes.length > 0 ? [{ code: 'TPM_NO_TIME' as const }] : []),
  ];
  if (faults.length > 0) return fail('TPM_FORM', { spec, params: { reason: faults.join(' ') } });
  return pass('TPM_FORM', { spec, ...(notes.length > 0 && { notes }) });
}

function platformCheck({ quotes }: ReadEvidence): Check {
  if (quotes.length > 0) return pass('TPM_QUOTE', { spec });
  return unknown('TPM_QUOTE', {
    spec,
    params: { reason: 'There is no quote in the file, only the report of the processor.' },
  });
}

/** One quote's signature is the check itself; of several each is a child. */
function signatureCheck({ quotes }: ReadEvidence, signed: readonly SignedBy[]): Check {
  const [only] = signed;
  if (!only) return unknown('TPM_SIGNATURE', { params: { reason: 'There is no quote in the file.' } });
  if (signed.length === 1) return only.check;
  const children = signed.map(({ check: { status, params, spec: source } }, index): Check => {
    const bank = bankOf(quotes[index]?.quote);
    return { code: 'TPM_QUOTE_SIGNATURE', status, params: { ...params, bank }, ...(source && { spec: source }) };
  });
  return all('TPM_SIGNATURE', children, {
    params: {
      scheme: signed.map(({ check: { params } }) => String(params?.['scheme'])).join(', '),
      reason: 'Not every quote is signed.',
    },
  });
}

function bankOf(quote: TpmQuote | undefined): string {
  return quote?.selections.map(({ hash }) => `0x${hash.toString(16).padStart(4, '0')}`).join(', ') ?? '';
}

/** What each quote's digest confirms, what the log says of that, and what the person expects of it. */
function judgeRegisters(
  { quotes, log }: ReadEvidence,
  { expectation }: Beside,
  signed: readonly SignedBy[],
): { readonly checks: readonly Check[]; readonly confirmed: PcrBanks } {
  const expected = expectation?.banks ?? new Map<string, never>();
  const confirmed = new Map<string, Map<number, Uint8Array>>();
  const checks = quotes.map(({ found, quote }, index) => {
    const hash = quoteHash(quote, signed[index]?.signature?.hash);
    const { check, banks } = verifyRegisters(quote, hash, sourcesOf(found, quote, expected, log));
    for (const [bank, values] of banks) {
      const known = confirmed.get(bank) ?? new Map<number, Uint8Array>();
      for (const [register, value] of values) known.set(register, value);
      confirmed.set(bank, known);
    }
    return check;
  });
  return {
    checks: [
      digestCheck(checks, confirmed),
      ...(expected.size > 0 ? [checkExpected(expected, confirmed)] : []),
      ...(log ? [logCheck(log, confirmed)] : []),
    ],
    confirmed,
  };
}

/** Values that came with a quote speak for it; else those beside it where they are all of them; else what the log replays to. */
function sourcesOf(
  found: FoundQuote,
  quote: TpmQuote,
  expected: PcrBanks,
  log: EventLog | undefined,
): readonly PcrBanks[] {
  if (found.values) return [new Map([[found.values.bank, found.values.registers]])];
  if (expected.size > 0 && (!log || holdsAll(quote, expected))) return [expected];
  return log ? [replayed(log)] : [];
}

function digestCheck(checks: readonly Check[], confirmed: PcrBanks): Check {
  const [only] = checks;
  if (!only) return unknown('TPM_PCR_DIGEST', { params: { reason: 'There is no quote in the file.' } });
  if (checks.length === 1) return only;
  const count = [...confirmed.values()].reduce((sum, values) => sum + values.size, 0);
  const bank = [...confirmed.keys()].join(', ');
  return all('TPM_PCR_DIGEST', checks, { params: { count, bank, reason: 'Not every quote is explained.' } });
}

function logCheck(log: EventLog, confirmed: PcrBanks): Check {
  const check = checkEventLog(log, confirmed);
  const count = uncoveredEvents(log);
  if (count === 0) return check;
  const note: Note = { code: 'TPM_EVENT_TEXT', params: { count, events: log.events.length } };
  return { ...check, notes: [...(check.notes ?? []), note] };
}

/** Freshness is judged where the person says what the quote was to answer. */
function nonceCheck({ quotes }: ReadEvidence, { expectation }: Beside): Check[] {
  const [first] = quotes;
  if (!expectation?.nonce || !first) return [];
  const found = toHex(first.quote.extraData);
  const details = { spec: 'TPM 2.0 Library, Part 3, §18.4 (qualifyingData)', params: { found } };
  return [
    equalBytes(first.quote.extraData, expectation.nonce) ? pass('TPM_NONCE', details) : fail('TPM_NONCE', details),
  ];
}
