import { decodeUtf8 } from '../core/bytes/bytes.ts';
import { sameDid } from '../core/did/didChange.ts';
import { hostPolicy } from '../core/host/hostPolicy.ts';
import { parseValidators } from '../core/host/selection/parseValidators.ts';
import { selectFromPolicy } from '../core/host/selection/selectFromPolicy.ts';
import type { Trust } from '../core/trust/trust.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { wrongCall } from './args.ts';
import { readGivenFile } from './files.ts';
import { hostUsage } from './hostUsage.ts';
import type { Io } from './io.ts';

export interface SelectionWanted {
  readonly trust: Trust;
  /** DID of the host. */
  readonly host: string;
  readonly select: string | undefined;
  readonly seed: string | undefined;
  /** File with reputations and addresses. */
  readonly known: string | undefined;
}

export interface HostSelection {
  /** The person's, with the chosen validators alone for this host. */
  readonly trust: Trust;
  /** Of those chosen, where they are known. */
  readonly addresses: readonly string[];
  readonly shown: object;
  has(did: string): boolean;
}

/** `launch run --select`: some of the validators that the trust file lists, chosen so that anyone can do it again. Undefined where it was not asked for. */
export async function hostSelection(wanted: SelectionWanted, io: Io): Promise<HostSelection | undefined> {
  const { trust, host, select, seed, known } = wanted;
  if (select === undefined && seed === undefined && known === undefined) return undefined;
  if (select === undefined || seed === undefined || !/^[1-9]\d{0,5}$/.test(select)) {
    throw wrongCall('--select, a number, and --seed belong together.', hostUsage);
  }
  const found = hostPolicy(trust, host);
  if ('reason' in found) throw new AuditorError('usage', 'SELECTION', found.reason);
  const listed =
    known === undefined
      ? []
      : parseValidators(decodeUtf8(await readGivenFile(io.folder, known, 32 * 1024 * 1024, io.signal)));
  const { policy, selection, candidates } = selectFromPolicy(found.policy, listed, { count: Number(select), seed });
  const chosen = new Set(selection.chosen.map(({ did }) => did));
  const { criteria, chosen: shown, operators, regions, score, eligible } = selection;
  io.say(
    `Chosen with the seed ${JSON.stringify(seed)} from ${eligible} candidates (${candidates}), by ${JSON.stringify(criteria)}:`,
  );
  for (const each of shown) {
    io.say(`  ${each.did}: ${each.operator}, ${each.region}, reputation ${each.reputation}, score ${each.score}`);
  }
  return {
    trust: { ...trust, hosts: (trust.hosts ?? []).map((pin) => (pin === found.policy ? policy : pin)) },
    addresses: listed.flatMap(({ did, url }) => (url !== undefined && chosen.has(sameDid(did)) ? [url] : [])),
    shown: { candidates, criteria, chosen: shown, operators, regions, score, eligible },
    has: (did) => chosen.has(sameDid(did)),
  };
}
