import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShareDeposit } from '../../audit/host/wire.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { isDigest } from '../../core/host/hostValues.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';

/** What a validator has said of a credential, and what it gave with it. */
export interface Vouched {
  /** `hostDigest`. */
  readonly credential: string;
  readonly host: string;
  /** Milliseconds since 1970: when the credential ends. */
  readonly until: number;
  readonly proof: JsonObject;
  /** Sealed to the client's key, base64url. */
  readonly share?: string;
}

/** What a validator holds and has said, each on disk before anybody hears of it. */
export interface ValidatorJournal {
  deposit(image: string, keyCommitment: string): ShareDeposit | undefined;
  /**
   * @param isInvited whether whoever brings it has shown the operator's token
   * @returns false where there is another one for that image and key: the first stays
   */
  keep(deposit: ShareDeposit, isInvited: boolean): Promise<boolean>;
  vouched(credential: string): Vouched | undefined;
  write(entry: Vouched): Promise<void>;
  readonly counts: { readonly deposits: number; readonly vouched: number };
}

/** Nothing that is kept ever goes for what comes. So strangers get a part of the room, and the rest is for those to whom the operator gave his token. */
const depositBounds = { strangers: 1024, all: 4096 } as const;
/** Milliseconds that an entry stays after its credential has ended: to answer again what was answered. */
const retention = 86_400_000;

/** @throws AuditorError `source` JOURNAL_DAMAGED | IO_… */
export async function openValidatorJournal(
  folder: string,
  now: number,
  bounds: { readonly strangers: number; readonly all: number } = depositBounds,
): Promise<ValidatorJournal> {
  const [depositFolder, vouchedFolder] = [await stateFolder(folder, 'shares'), await stateFolder(folder, 'vouched')];
  const deposits = new Map<string, ShareDeposit>();
  for (const entry of await readAll(depositFolder, isDeposit)) deposits.set(nameOf(entry), entry);
  const vouched = new Map<string, Vouched>();
  const drop = async (present: number): Promise<void> => {
    for (const { credential, until } of vouched.values()) {
      if (until + retention >= present) continue;
      vouched.delete(credential);
      await rm(join(vouchedFolder, `${credential}.json`), { force: true });
    }
  };
  for (const entry of await readAll(vouchedFolder, isVouched)) vouched.set(entry.credential, entry);
  await drop(now);
  let written = 0;
  return {
    deposit: (image, keyCommitment) => deposits.get(nameOf({ image, keyCommitment })),
    async keep(deposit, isInvited) {
      const name = nameOf(deposit);
      const known = deposits.get(name);
      if (known) return known.sealed === deposit.sealed;
      if (deposits.size >= bounds.all) throw full(bounds.all);
      if (!isInvited && deposits.size >= bounds.strangers) throw uninvited(bounds.strangers);
      // Taken before it is written: of two that come at once the first stays.
      deposits.set(name, deposit);
      try {
        await writeFileDurably(join(depositFolder, `${name}.json`), `${JSON.stringify(deposit)}\n`);
      } catch (error) {
        deposits.delete(name);
        throw error;
      }
      return true;
    },
    vouched: (credential) => vouched.get(credential),
    async write(entry) {
      await writeFileDurably(join(vouchedFolder, `${entry.credential}.json`), `${JSON.stringify(entry)}\n`);
      vouched.set(entry.credential, entry);
      written += 1;
      if (written % 256 === 0) await drop(Date.now());
    },
    get counts() {
      return { deposits: deposits.size, vouched: vouched.size };
    },
  };
}

const nameOf = ({ image, keyCommitment }: Pick<ShareDeposit, 'image' | 'keyCommitment'>): string =>
  `${image}-${keyCommitment}`;

async function readAll<Entry>(
  folder: string,
  isEntry: (value: JsonObject) => value is JsonObject & Entry,
): Promise<readonly Entry[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  const entries: Entry[] = [];
  for (const name of names) {
    const path = join(folder, name);
    let value: unknown;
    try {
      value = JSON.parse(await readFile(path, 'utf8'));
    } catch (cause) {
      throw damaged(path, cause);
    }
    if (!isObject(value as JsonObject) || !isEntry(value as JsonObject)) throw damaged(path);
    entries.push(value as Entry);
  }
  return entries;
}

function isDeposit(value: JsonObject): value is JsonObject & ShareDeposit {
  const { image, keyCommitment, conditions } = value;
  const hasTexts = text(value, 'validator') !== undefined && text(value, 'sealed') !== undefined;
  return isDigest(image) && isDigest(keyCommitment) && hasTexts && isObject(conditions);
}

function isVouched(value: JsonObject): value is JsonObject & Vouched {
  const { credential, host, until, proof, share } = value;
  const hasNumbers = typeof until === 'number' && typeof host === 'string';
  return isDigest(credential) && hasNumbers && isObject(proof) && (share === undefined || typeof share === 'string');
}

function damaged(path: string, cause?: unknown): AuditorError {
  const words = `The journal ${path} is damaged. Take it away: what it said is then not said again.`;
  return new AuditorError('source', 'JOURNAL_DAMAGED', words, { cause });
}

function full(maximum: number): AuditorError {
  return new AuditorError('source', 'SHARES_FULL', `This validator holds ${maximum} shares, and takes no more.`);
}

function uninvited(maximum: number): AuditorError {
  const words = `This validator holds ${maximum} shares or more: it takes another only from who shows its operator’s token.`;
  return new AuditorError('source', 'SHARES_TOKEN', words);
}
