import { concatBytes, equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { hashById, idText, tpmHashes, type TpmHash } from './algorithms.ts';
import type { EventLog } from './parseEventLog.ts';
import type { TpmQuote } from './parseQuote.ts';
import type { PcrBanks } from './pcrValues.ts';
import { initialValue, replay, tpmDigest } from './replay.ts';

/** Registers of which it is known what they hold, and how. */
export interface KnownRegisters {
  readonly check: Check;
  /** Values that the quote's digest confirms; empty where it does not. */
  readonly banks: PcrBanks;
}

const spec = 'TPM 2.0 Library, Part 3, §18.4; Part 2, §10.12.1';

/** The digest over the registers is made with that of the signature; where no signature says which, its length tells. */
export function quoteHash({ pcrDigest }: TpmQuote, signed: TpmHash | undefined): TpmHash | undefined {
  return signed ?? tpmHashes.find(({ length }) => length === pcrDigest.length);
}

/**
 * The digest of the quote recomputed from given values: H(value ‖ value ‖ …), bank by bank as selected, registers ascending. `given` are tried in turn:
 * values that came with the quote, values beside it, what a log replays to.
 */
export function verifyRegisters(
  quote: TpmQuote,
  hash: TpmHash | undefined,
  given: readonly PcrBanks[],
): KnownRegisters {
  const nothing: PcrBanks = new Map();
  const banks = quote.selections.map(({ hash: id }) => hashById(id));
  const foreign = quote.selections.find(({ hash: id }) => !hashById(id));
  if (!hash || foreign) {
    const reason = foreign
      ? `The bank ${idText(foreign.hash)} is not known.`
      : 'The length of its digest is that of no digest.';
    return { check: unknown('TPM_PCR_DIGEST', { spec, params: { reason } }), banks: nothing };
  }
  if (quote.selections.every(({ registers }) => registers.length === 0)) {
    return {
      check: fail('TPM_PCR_DIGEST', { spec, params: { reason: 'The quote covers no register at all.' } }),
      banks: nothing,
    };
  }
  let missing: string | undefined;
  let different = false;
  for (const values of given) {
    const lacking = quote.selections.flatMap(({ registers }, index) =>
      registers
        .filter((register) => !values.get(banks[index]?.name ?? '')?.has(register))
        .map((register) => `${banks[index]?.name} ${register}`),
    );
    if (lacking.length > 0) {
      missing ??= lacking.slice(0, 32).join(', ');
      continue;
    }
    const selected = quote.selections.flatMap(({ registers }, index) =>
      registers.map((register) => values.get(banks[index]?.name ?? '')?.get(register) ?? new Uint8Array()),
    );
    if (equalBytes(tpmDigest(hash.name, concatBytes(...selected)), quote.pcrDigest)) {
      const confirmed = new Map(
        quote.selections.map(({ registers }, index) => {
          const name = banks[index]?.name ?? '';
          return [
            name,
            new Map(registers.map((register) => [register, values.get(name)?.get(register) ?? new Uint8Array()])),
          ];
        }),
      );
      return {
        check: pass('TPM_PCR_DIGEST', {
          spec,
          params: { count: selected.length, bank: banks.map((bank) => bank?.name).join(', ') },
        }),
        banks: confirmed,
      };
    }
    different = true;
  }
  if (different) {
    const reason = `The given values do not give the digest that was signed, ${toHex(quote.pcrDigest)}.`;
    return { check: fail('TPM_PCR_DIGEST', { spec, params: { reason } }), banks: nothing };
  }
  const reason = missing ? `No value was given for: ${missing}.` : 'No values were given.';
  return { check: unknown('TPM_PCR_DIGEST', { spec, params: { reason } }), banks: nothing };
}

/**
 * What a log replays to, for every bank that it has. A register that it says nothing of is taken to hold what it starts with: a guess, which counts only
 * where the digest of the quote confirms it.
 */
export function replayed(log: EventLog): PcrBanks {
  return new Map(
    log.banks.map((bank) => {
      const values = new Map(replay(log, bank));
      for (let register = 0; register < ordinaryRegisters; register++) {
        if (!values.has(register)) values.set(register, initialValue(bank, register));
      }
      return [bank, values];
    }),
  );
}

/** What the PC Client profile gives a TPM (§4.6). */
const ordinaryRegisters = 24;

/** Whether values are given for every register that a quote covers. */
export function holdsAll({ selections }: TpmQuote, values: PcrBanks): boolean {
  return selections.every(({ hash, registers }) => {
    const bank = values.get(hashById(hash)?.name ?? '');
    return registers.every((register) => bank?.has(register));
  });
}

/**
 * Whether the registers hold what the person expects, whatever values came with the quote: those prove only what the registers hold, not that it is right.
 * What no quote confirms stays open.
 */
export function checkExpected(expected: PcrBanks, confirmed: PcrBanks): Check {
  const different: string[] = [];
  const open: string[] = [];
  let count = 0;
  for (const [bank, values] of expected) {
    for (const [register, value] of values) {
      const found = confirmed.get(bank)?.get(register);
      if (!found) open.push(`${bank} ${register}`);
      else if (!equalBytes(found, value)) different.push(`${bank} ${register}`);
      count += 1;
    }
  }
  const named = (registers: readonly string[]) => ({ spec, params: { registers: registers.slice(0, 64).join(', ') } });
  if (different.length > 0) return fail('TPM_EXPECTED', named(different));
  return open.length > 0 || count === 0
    ? unknown('TPM_EXPECTED', named(open))
    : pass('TPM_EXPECTED', { spec, params: { count } });
}

const logSpec = 'TCG PC Client Platform Firmware Profile 1.06, §10';

/**
 * Whether a log tells the truth about the registers: everything in it, extended in order, gives the values that the quote confirms. Registers that hold
 * something of which the log says nothing are named: the log is not the whole story of them.
 */
export function checkEventLog(log: EventLog, confirmed: PcrBanks): Check {
  const details = { spec: logSpec };
  const wrong: string[] = [];
  const right: string[] = [];
  const unlogged: string[] = [];
  for (const [bank, values] of confirmed) {
    if (!log.banks.includes(bank)) continue;
    const expected = replay(log, bank);
    for (const [register, value] of values) {
      const replayedValue = expected.get(register);
      if (replayedValue) (equalBytes(replayedValue, value) ? right : wrong).push(`${bank} ${register}`);
      else if (!equalBytes(initialValue(bank, register), value)) unlogged.push(`${bank} ${register}`);
    }
  }
  const notes =
    unlogged.length > 0
      ? { notes: [{ code: 'TPM_UNLOGGED' as const, params: { registers: unlogged.slice(0, 64).join(', ') } }] }
      : {};
  if (wrong.length > 0)
    return fail('TPM_EVENT_LOG', { ...details, params: { registers: wrong.slice(0, 64).join(', ') }, ...notes });
  if (right.length === 0) {
    const reason =
      confirmed.size === 0
        ? 'No values of registers are confirmed by the quote.'
        : 'It has no event for any register that the quote covers.';
    return unknown('TPM_EVENT_LOG', { ...details, params: { reason }, ...notes });
  }
  return pass('TPM_EVENT_LOG', {
    ...details,
    params: { events: log.events.length, registers: right.slice(0, 64).join(', ') },
    ...notes,
  });
}
