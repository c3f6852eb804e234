import { concatBytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import type { Context } from '../kinds/kind.ts';
import { readEvidence } from '../tee/tpm/evidence.ts';
import { isEventLog, parseEventLog } from '../tee/tpm/parseEventLog.ts';
import { parseQuote } from '../tee/tpm/parseQuote.ts';
import { hashById } from '../tee/tpm/algorithms.ts';
import type { PcrBanks } from '../tee/tpm/pcrValues.ts';
import { tpmDigest } from '../tee/tpm/replay.ts';
import { replayed, verifyRegisters, quoteHash } from '../tee/tpm/verifyRegisters.ts';
import { tpmKind } from '../tee/tpm/kind.ts';
import { boundData } from '../task/documentStatement.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Note } from '../verdict/check.ts';
import { checkBinding, findFile } from './checkEvidence.ts';
import type { HostSubject } from './hostCredential.ts';

const spec = 'TCG PC Client Platform Firmware Profile 1.06; src/core/host/README (measured boot)';
/** What firmware and what it starts are measured into (PC Client Platform Firmware Profile §3.3.4). */
export const bootRegisters = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export interface BootJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** What the quote's own kind found, for the page. */
  readonly quote: unknown;
}

/** The digest of the registers 0 to 7, as credentials state it. Undefined where one is missing. */
export function bootDigest(banks: PcrBanks, algorithm: string): Uint8Array | undefined {
  const values = bootRegisters.map((register) => banks.get(algorithm)?.get(register));
  if (values.some((value) => value === undefined)) return undefined;
  return tpmDigest(algorithm, concatBytes(...(values as Uint8Array[])));
}

/** HOST_BOOT: the log replays to the digest. HOST_TPM, where a TPM is said to be there: its quote holds, is bound to this subject and is over these registers. */
export async function checkBoot(subject: HostSubject, context: Context, at: number): Promise<BootJudged> {
  const { measuredBoot, tpm } = subject;
  const log = measuredBoot.log === undefined ? undefined : findFile(measuredBoot.log, context.companions);
  const notes: Note[] = tpm.status === 'absent' ? [{ code: 'HOST_NO_TPM' }] : [];
  const noted = notes.length > 0 ? { notes } : {};
  const params = { algorithm: measuredBoot.algorithm, digest: measuredBoot.digest };
  let banks: PcrBanks = new Map();
  let boot: Check;
  if (!log) {
    const reason = measuredBoot.log === undefined ? 'It names no event log.' : 'The event log was not given beside it.';
    boot = unknown('HOST_BOOT', { spec, ...noted, params: { ...params, reason } });
  } else {
    try {
      banks = replayed(parseEventLog(log.bytes));
      const found = bootDigest(banks, measuredBoot.algorithm);
      const text = found ? toHex(found) : `none of the bank ${measuredBoot.algorithm}`;
      const make = text === measuredBoot.digest ? pass : fail;
      boot = make('HOST_BOOT', { spec, ...noted, params: { ...params, reason: `The event log gives ${text}.` } });
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      boot = fail('HOST_BOOT', { spec, ...noted, params: { ...params, reason: error.message } });
    }
  }
  if (tpm.status === 'absent') return { checks: [boot], labels: [], quote: undefined };
  const labels = tpm.status === 'software' ? ['simulated'] : [];
  const { check, details } = await checkQuote(subject, banks, context, at);
  return { checks: [boot, check], labels, quote: details };
}

async function checkQuote(
  subject: HostSubject,
  banks: PcrBanks,
  context: Context,
  at: number,
): Promise<{ readonly check: Check; readonly details: unknown }> {
  const { quote: digest, status } = subject.tpm;
  const quote = digest === undefined ? undefined : findFile(digest, context.companions);
  const notes: Note[] = status === 'software' ? [{ code: 'HOST_SOFTWARE_TPM' }] : [];
  const base = { spec, ...(notes.length > 0 ? { notes } : {}) };
  if (!quote) {
    const reason = digest === undefined ? 'It names no quote of its TPM.' : 'The quote was not given beside it.';
    return { check: unknown('HOST_TPM', { ...base, params: { reason } }), details: undefined };
  }
  if (!tpmKind.recognise(quote)) {
    const reason = 'What it names as its quote is none.';
    return { check: fail('HOST_TPM', { ...base, params: { reason } }), details: undefined };
  }
  const log =
    subject.measuredBoot.log === undefined ? undefined : findFile(subject.measuredBoot.log, context.companions);
  // Of several logs beside only the one that the credential names is this quote's.
  const companions = context.companions.filter(
    (companion) => companion !== quote && (companion === log || !isEventLog(companion.bytes)),
  );
  const judged = await (await tpmKind.load()).check(quote, { ...context, givenTime: at, companions });
  const children = [
    ...judged.checks,
    checkBinding(await boundData('tpm', quote), subject),
    checkRegisters(quote, subject, banks),
  ];
  const params = { reason: 'Some of its own checks do not hold.' };
  return { check: all('HOST_TPM', children, { ...base, params }), details: judged.details };
}

/** The quote is over what the credential says was started. */
function checkRegisters(
  content: Parameters<typeof readEvidence>[0],
  { measuredBoot }: HostSubject,
  banks: PcrBanks,
): Check {
  const code = 'HOST_TPM_BOOT';
  const params = { digest: measuredBoot.digest };
  try {
    const [first] = readEvidence(content).quotes;
    const quote = first && parseQuote(first.statement.bytes);
    if (!first || !quote) return unknown(code, { spec, params: { ...params, reason: 'There is no quote in it.' } });
    const [only, second] = quote.selections;
    const exact =
      !second &&
      only !== undefined &&
      hashById(only.hash)?.name === measuredBoot.algorithm &&
      only.registers.join() === bootRegisters.join();
    if (exact && toHex(quote.pcrDigest) === measuredBoot.digest) return pass(code, { spec, params });
    const own = first.values ? [new Map([[first.values.bank, first.values.registers]])] : [];
    const { banks: confirmed } = verifyRegisters(quote, quoteHash(quote, undefined), [...own, banks]);
    const found = bootDigest(confirmed, measuredBoot.algorithm);
    if (found && toHex(found) === measuredBoot.digest) return pass(code, { spec, params });
    if (exact || found) {
      return fail(code, { spec, params: { ...params, reason: 'The quote is over other values of these registers.' } });
    }
    return unknown(code, {
      spec,
      params: {
        ...params,
        reason: 'What it is over cannot be told without the event log, or not all of the registers 0 to 7.',
      },
    });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return fail(code, { spec, params: { ...params, reason: error.message } });
  }
}
