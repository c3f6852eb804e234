import { sha3 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { parseTrust } from '../trust/parseTrust.ts';
import type { Trust } from '../trust/trust.ts';
import { AuditorError, FormatError } from '../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../verdict/check.ts';
import {
  batchRoot,
  batchVersion,
  leafVersion,
  parseBatch,
  parseBatchProof,
  rootOfProof,
  type BatchLeaf,
} from './batch.ts';
import { judgeEvidence, otherMeasurements } from './judgeEvidence.ts';
import type { RequestState } from './networkState.ts';
import { isOpening, parseOpening } from './opening.ts';
import type { Replayed } from './replay.ts';

const spec = 'src/core/network/README (files beside an audit)';

/** What a document may be about: a request, or one request of a batch whose list or path is beside and is right. */
interface Asked {
  readonly request: RequestState;
  readonly vmId: Hex;
  readonly measurements: Hex;
  readonly evidence: Hex;
  /** Number in its batch, from 0. */
  readonly leaf?: number;
}

/** All requests of the network that name a document; of batches those that files beside show. */
export function requestsAsked({ model }: Replayed, companions: readonly Content[]): readonly Asked[] {
  const requests = [...model.requests.values()];
  const asked: Asked[] = requests.filter(({ count }) => count === 1).map((request) => ({ request, ...pick(request) }));
  const add = (request: RequestState | undefined, leaf: BatchLeaf, index: number) => {
    const isKnown = asked.some((each) => each.request === request && each.leaf === index);
    if (request && !isKnown) asked.push({ request, ...pick(leaf), leaf: index });
  };
  for (const content of companions) {
    try {
      if (affidavitType(content) === batchVersion) {
        const leaves = parseBatch(content.text ?? '');
        const root = batchRoot(leaves);
        const request = requests.find((each) => each.measurements === root && each.count === leaves.length);
        for (const [index, leaf] of leaves.entries()) add(request, leaf, index);
      } else if (affidavitType(content) === leafVersion) {
        const proof = parseBatchProof(content.text ?? '');
        const request = model.requests.get(proof.requestId);
        if (request && request.count > 1 && rootOfProof(proof, request.count) === request.measurements) {
          add(request, proof.leaf, proof.index);
        }
      }
    } catch (error) {
      // Said where these files themselves are judged.
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return asked;
}

/**
 * A document, or an opening with one in it, judged anew as the nodes should have: under their criteria where these are beside, else under the checker's own pins; at the time of the
 * request. One check for each request that names it.
 * @throws FormatError for an opening that cannot be read
 */
export async function checkRequestEvidence(
  content: Content,
  asked: readonly Asked[],
  { model }: Replayed,
  context: Context,
): Promise<readonly Check[]> {
  const bytes = isOpening(content.fileBytes) ? content.fileBytes : content.bytes;
  const opening = isOpening(bytes) ? parseOpening(bytes) : undefined;
  const forms = opening ? [opening.evidence] : [content.fileBytes, content.bytes];
  const checks: Check[] = [];
  for (const each of asked) {
    const evidence = forms.find((form) => toHex0x(sha3(form)) === each.evidence);
    if (evidence) checks.push(await checkOne(content.name, evidence, opening?.saltKey, each, model.records, context));
  }
  return checks;
}

async function checkOne(
  name: string,
  bytes: Uint8Array,
  saltKey: Uint8Array | undefined,
  { request, vmId, measurements, leaf }: Asked,
  records: Replayed['model']['records'],
  context: Context,
): Promise<Check> {
  const record = records.find(({ requestId }) => requestId === request.id);
  const which = leaf === undefined ? '' : `, number ${leaf} of its batch`;
  const params = { request: request.id, name, which, valid: record?.valid ?? null };
  if (!record) {
    const reason = `Request ${request.id} has no record yet.`;
    return unknown('NET_EVIDENCE', { spec, params: { ...params, reason } });
  }
  const criteria = criteriaBeside(record.criteria, context.companions);
  const judged = await judgeEvidence({
    vmId,
    measurements,
    bytes,
    criteria: criteria ?? context.trust,
    at: request.openedTime * 1000,
    saltKey,
  });
  const found = { ...params, kind: judged.kind, under: criteria ? 'the criteria' : 'your trust file' };
  // A batch is valid where each of its requests is: one that holds says nothing against a batch that does not.
  const agrees = judged.valid === record.valid || (judged.valid && leaf !== undefined);
  const isHidden = !judged.valid && !saltKey && judged.reasons.every((reason) => reason === otherMeasurements);
  if (agrees && !(isHidden && leaf === undefined) && (judged.valid || criteria))
    return pass('NET_EVIDENCE', { spec, params: found });
  const why = judged.reasons.slice(0, 8).join('; ');
  if (judged.valid) {
    const reason = 'The document holds, but the record says that it does not.';
    return fail('NET_EVIDENCE', { spec, params: { ...found, reason } });
  }
  // What is not pinned by whoever checks says nothing against nodes that judged by other criteria.
  if (!criteria) return unknown('NET_EVIDENCE', { spec, params: { ...found, reason: why } });
  // What hides its measurements looks like what lies about them, whatever the record says; those of a batch cannot hide any.
  if (!isHidden) {
    return fail('NET_EVIDENCE', { spec, params: { ...found, reason: why } });
  }
  const reason = 'The request hides its measurements, or they are others; its opening would tell.';
  return unknown('NET_EVIDENCE', { spec, params: { ...found, reason } });
}

function pick({ vmId, measurements, evidence }: Pick<BatchLeaf, 'vmId' | 'measurements' | 'evidence'>) {
  return { vmId, measurements, evidence };
}

function criteriaBeside(digest: Hex, companions: readonly Content[]): Trust | undefined {
  const file = companions.find(
    (content) =>
      affidavitType(content) === 'trust/1' &&
      [content.fileBytes, content.bytes].some((bytes) => toHex0x(sha3(bytes)) === digest),
  );
  if (!file) return undefined;
  try {
    return parseTrust(file.text ?? '');
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    return undefined;
  }
}
