import { utf8 } from '../../bytes/bytes.ts';
import { sha3 } from '../../bytes/hash.ts';
import { AuditorError } from '../../verdict/auditorError.ts';
import { sameDid } from '../../did/didChange.ts';

export interface Candidate {
  readonly did: string;
  readonly operator: string;
  readonly region: string;
  /** Whole number from 0, as the network publishes it. */
  readonly reputation: number;
}

/** What the client asks for; everything that it leaves out has the value that `criteria` of the answer shows. */
export interface SelectionAsked {
  readonly count: number;
  /** Anything public that nobody could choose beforehand: a block's hash. With the same seed, candidates and criteria everyone gets the same set. */
  readonly seed: string;
  readonly minimumReputation?: number;
  readonly maximumPerOperator?: number;
  readonly maximumPerRegion?: number;
  /** Weights of reputation (against the best there is), and of each further operator and region, in thousandths; how much the seed may tip the scales. */
  readonly weights?: Partial<SelectionWeights>;
}

export interface SelectionWeights {
  readonly reputation: number;
  readonly operator: number;
  readonly region: number;
  readonly chance: number;
}

export interface Selection {
  /** In the order in which they were chosen. */
  readonly chosen: readonly (Candidate & { readonly score: number })[];
  readonly criteria: Required<Omit<SelectionAsked, 'weights'>> & { readonly weights: SelectionWeights };
  readonly operators: number;
  readonly regions: number;
  readonly score: number;
  /** How many could have been chosen. */
  readonly eligible: number;
}

const defaults: SelectionWeights = { reputation: 1000, operator: 1000, region: 500, chance: 100 };
const maximumCandidates = 100_000;

/**
 * Chooses validators, one by one, each time the one that adds most: its reputation, an operator or a region that is not at the table yet, and a little chance from the public seed, so that the same few are
 * not always asked. All in whole numbers, ties by DID: whoever does it again gets the same. Of candidates under one DID the first counts.
 * @throws AuditorError `usage` SELECTION where so many cannot be chosen under these criteria
 */
export function selectValidators(candidates: readonly Candidate[], asked: SelectionAsked): Selection {
  const { count, seed, minimumReputation = 0 } = asked;
  const criteria = {
    count,
    seed,
    minimumReputation,
    maximumPerOperator: asked.maximumPerOperator ?? 1,
    maximumPerRegion: asked.maximumPerRegion ?? count,
    weights: { ...defaults, ...asked.weights },
  };
  if (!Number.isSafeInteger(count) || count < 1 || candidates.length > maximumCandidates) {
    throw usage(`a number of validators from 1, and at most ${maximumCandidates} candidates`);
  }
  const { weights } = criteria;
  const distinct = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const did = sameDid(candidate.did);
    if (candidate.reputation >= minimumReputation && !distinct.has(did)) distinct.set(did, candidate);
  }
  const best = Math.max(1, ...chunked([...distinct.values()].map(({ reputation }) => reputation)));
  const open = [...distinct].map(([did, candidate]) => ({
    did,
    candidate,
    own: Math.floor((weights.reputation * candidate.reputation) / best) + chanceOf(seed, did, weights.chance),
  }));
  // Once in this order, the first that may be chosen in each round of equal diversity is the best.
  open.sort((a, b) => b.own - a.own || (a.did < b.did ? -1 : 1));
  const operators = new Map<string, number>();
  const regions = new Map<string, number>();
  const taken = new Set<number>();
  const chosen: (Candidate & { score: number })[] = [];
  while (chosen.length < count) {
    let found: { at: number; score: number } | undefined;
    for (const [at, { candidate, own }] of open.entries()) {
      // Nothing behind can be better than its own worth with all that diversity gives.
      if (found && own + weights.operator + weights.region <= found.score) break;
      if (taken.has(at)) continue;
      const [ofOperator, ofRegion] = [operators.get(candidate.operator) ?? 0, regions.get(candidate.region) ?? 0];
      if (ofOperator >= criteria.maximumPerOperator || ofRegion >= criteria.maximumPerRegion) continue;
      const score = own + (ofOperator === 0 ? weights.operator : 0) + (ofRegion === 0 ? weights.region : 0);
      if (!found || score > found.score) found = { at, score };
    }
    if (!found) throw usage(`${count} validators that these criteria let be chosen; there are ${chosen.length}`);
    const { candidate } = open[found.at] as (typeof open)[number];
    taken.add(found.at);
    operators.set(candidate.operator, (operators.get(candidate.operator) ?? 0) + 1);
    regions.set(candidate.region, (regions.get(candidate.region) ?? 0) + 1);
    chosen.push({ ...candidate, score: found.score });
  }
  const score = chosen.reduce((sum, each) => sum + each.score, 0);
  return { chosen, criteria, operators: operators.size, regions: regions.size, score, eligible: distinct.size };
}

/** 0 to `most`, from the seed and the DID. */
function chanceOf(seed: string, did: string, most: number): number {
  const [a = 0, b = 0, c = 0] = sha3(utf8(JSON.stringify(['affidavit/selection/1', seed, did])));
  return (a * 65_536 + b * 256 + c) % (most + 1);
}

/** The greatest of each thousand: an argument list has its bounds. */
function chunked(values: readonly number[]): number[] {
  const found: number[] = [];
  for (let at = 0; at < values.length; at += 1000) found.push(Math.max(...values.slice(at, at + 1000)));
  return found;
}

function usage(expected: string): AuditorError {
  return new AuditorError('usage', 'SELECTION', `The selection needs ${expected}.`);
}
