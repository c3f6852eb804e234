import { equalBytes } from '../bytes/bytes.ts';
import { sha3 } from '../bytes/hash.ts';
import { toHex0x, type Hex } from '../evm/hex.ts';
import { affidavitType, type Content } from '../kinds/content.ts';
import type { Context } from '../kinds/kind.ts';
import { attestationKinds } from '../task/checkAttestation.ts';
import { boundData } from '../task/documentStatement.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { all, fail, pass, unknown, type Check, type Code } from '../verdict/check.ts';
import { batchRoot, batchVersion, leafVersion, parseBatch, parseBatchProof, rootOfProof } from './batch.ts';
import { commitmentsOf, disclosureVersion, parseDisclosure } from './commitment.ts';
import { checkRequestEvidence, requestsAsked } from './checkRequestEvidence.ts';
import { parseEvidence } from './evidenceFile.ts';
import { checkMembership } from './membership/checkMembership.ts';
import { membershipVersion } from './membership/membershipFile.ts';
import type { NodeState, RequestState } from './networkState.ts';
import { encodeNodeStatement } from './nodeStatement.ts';
import type { Fault, Replayed } from './replay.ts';
import { voteId, voteSigner, type NetworkDomain, type SignedVote } from './vote.ts';
import { parseVotes, votesVersion } from './votesFile.ts';

export interface CompanionsJudged {
  readonly checks: readonly Check[];
  readonly labels: readonly string[];
  /** Equivocation that signed votes beside show. */
  readonly faults: readonly Fault[];
}

const spec = 'src/core/network/README (files beside an audit)';

/**
 * What was given beside: attestation documents of requests and of nodes, criteria, batches and their requests, disclosures, signed votes. Each is judged against the request or node that
 * names its digest; what nobody names is said to be so, and decides nothing for the better.
 */
export async function checkCompanions(
  replayed: Replayed,
  domain: NetworkDomain,
  context: Context,
): Promise<CompanionsJudged> {
  const checks: Check[] = [];
  const labels: string[] = [];
  const votes: SignedVote[] = [];
  const asked = requestsAsked(replayed, context.companions);
  for (const content of context.companions) {
    context.signal?.throwIfAborted();
    try {
      switch (affidavitType(content)) {
        case batchVersion:
          checks.push(checkBatch(content, replayed));
          break;
        case leafVersion:
          checks.push(checkLeaf(content, replayed));
          break;
        case disclosureVersion:
          checks.push(checkDisclosure(content, replayed));
          break;
        case membershipVersion: {
          const judged = checkMembership(content, replayed, domain, context);
          checks.push(judged.check);
          labels.push(...judged.labels);
          break;
        }
        case votesVersion:
          votes.push(...parseVotes(content.text ?? ''));
          break;
        case 'trust/1':
          break;
        default: {
          const judged = await checkDocument(content, replayed, asked, domain, context);
          checks.push(...judged.checks);
          labels.push(...judged.labels);
        }
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      checks.push(fail('NET_COMPANION', { spec, params: { name: content.name, reason: error.message } }));
    }
  }
  return { checks, labels, faults: equivocations(votes, replayed, domain) };
}

/** Every request of a batch under the root that the ledger has. */
function checkBatch(content: Content, { model }: Replayed): Check {
  const leaves = parseBatch(content.text ?? '');
  const request = requestNaming(content, [...model.requests.values()]);
  if (!request) return unnamed('NET_BATCH', content);
  const found = batchRoot(leaves);
  const params = { request: request.id, name: content.name, count: leaves.length, root: request.measurements };
  if (found === request.measurements && leaves.length === request.count) return pass('NET_BATCH', { spec, params });
  const reason = `Its ${leaves.length} requests give the root ${found}; the ledger has ${request.measurements} over ${request.count}.`;
  return fail('NET_BATCH', { spec, params: { ...params, reason } });
}

function checkLeaf(content: Content, { model }: Replayed): Check {
  const proof = parseBatchProof(content.text ?? '');
  const request = model.requests.get(proof.requestId);
  if (!request) return unnamed('NET_BATCH', content);
  const params = { request: request.id, name: content.name, count: 1, root: request.measurements, index: proof.index };
  let reason = `Its path leads to another root than ${request.measurements}.`;
  try {
    if (request.count > 1 && rootOfProof(proof, request.count) === request.measurements)
      return pass('NET_BATCH', { spec, params });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    reason = error.message;
  }
  return fail('NET_BATCH', { spec, params: { ...params, reason } });
}

function checkDisclosure(content: Content, { model }: Replayed): Check {
  const disclosure = parseDisclosure(content.text ?? '');
  const request = model.requests.get(disclosure.requestId);
  if (!request) return unnamed('NET_DISCLOSURE', content);
  const shown = disclosure.measurements.map(({ name, value }) => `${name} ${value}`).join(', ');
  const params = { request: request.id, name: content.name, count: disclosure.measurements.length, shown };
  const commitments = commitmentsOf(disclosure.kind, disclosure);
  if (commitments.length > 0 && commitments.every((each) => each === request.measurements)) {
    return pass('NET_DISCLOSURE', { spec, params });
  }
  const reason = `What it shows is not what request ${request.id} has committed to.`;
  return fail('NET_DISCLOSURE', { spec, params: { ...params, reason } });
}

/** A document that a request or a node names by its digest. */
async function checkDocument(
  content: Content,
  replayed: Replayed,
  asked: ReturnType<typeof requestsAsked>,
  domain: NetworkDomain,
  context: Context,
): Promise<{ readonly checks: readonly Check[]; readonly labels: readonly string[] }> {
  const nodes = replayed.model.nodes.filter(({ document }) => names(document, content));
  const checks = [...(await checkRequestEvidence(content, asked, replayed, context))];
  const labels: string[] = [];
  for (const node of nodes) {
    const judged = await checkNode(content, node, domain, context);
    checks.push(judged.check);
    labels.push(...judged.labels);
  }
  if (checks.length === 0) checks.push(unnamed('NET_COMPANION', content));
  return { checks, labels };
}

/** The document of a node's enclave, which must speak of the node's account and key. */
async function checkNode(content: Content, node: NodeState, domain: NetworkDomain, context: Context) {
  const { document, companions } = parseEvidence(bytesOf(node.document, content));
  const params = { account: node.account, key: node.key, name: content.name };
  const kind = attestationKinds.find(({ recognise }) => recognise(document));
  if (!kind) {
    const reason = 'No kind of attestation knows the document.';
    return { check: fail('NET_NODE', { spec, params: { ...params, reason } }), labels: [] };
  }
  const judged = await (await kind.load()).check(document, { ...context, companions });
  const bound = await boundData(kind.name, document);
  const statement = encodeNodeStatement(domain, node.account, node.key);
  const digest = sha3(statement);
  const fits =
    bound !== undefined &&
    equalBytes(
      bound.form === 'reportData' ? bound.bytes.subarray(0, 32) : bound.bytes,
      bound.form === 'statement' ? statement : digest,
    );
  const reason = 'The document does not speak of the node’s account and key on this network.';
  const binding = fits
    ? pass('NET_NODE_BINDING', { spec, params })
    : (bound ? fail : unknown)('NET_NODE_BINDING', { spec, params: { ...params, reason } });
  return { check: all('NET_NODE', [...judged.checks, binding], { spec, params }), labels: judged.labels };
}

/** Nodes that have signed two votes for one request and epoch, on the ledger or beside it, and were not slashed. */
function equivocations(given: readonly SignedVote[], { model }: Replayed, domain: NetworkDomain): Fault[] {
  const signed = new Map<string, { readonly id: Hex; readonly node: NodeState }>();
  for (const { id: requestId, votes } of model.requests.values()) {
    for (const [epoch, taken] of votes) {
      for (const { node, id } of taken) {
        signed.set(`${requestId} ${epoch} ${node}`, { id, node: model.nodes[node] as NodeState });
      }
    }
  }
  const faults: Fault[] = [];
  const told = new Set<number>();
  for (const each of given) {
    const key = voteSigner(each, domain);
    const node = key === undefined ? undefined : model.nodes[model.keyOwner.get(key) ?? -1];
    if (!node) continue;
    const place = `${each.vote.requestId} ${each.vote.epoch} ${node.index}`;
    const id = voteId(each.vote);
    const other = signed.get(place);
    if (!other) signed.set(place, { id, node });
    else if (other.id !== id && node.status !== 'slashed' && !told.has(node.index)) {
      told.add(node.index);
      const reason = `${node.account} has signed two different votes for request ${each.vote.requestId} in epoch ${each.vote.epoch}, and is not slashed.`;
      faults.push({ code: 'NET_EQUIVOCATION', reason, block: model.epoch.from });
    }
  }
  return faults;
}

function requestNaming(content: Content, requests: readonly RequestState[]): RequestState | undefined {
  return requests.find(({ evidence }) => names(evidence, content));
}

function names(digest: Hex, { bytes, fileBytes }: Content): boolean {
  return toHex0x(sha3(fileBytes)) === digest || toHex0x(sha3(bytes)) === digest;
}

function bytesOf(digest: Hex, { bytes, fileBytes }: Content): Uint8Array {
  return toHex0x(sha3(fileBytes)) === digest ? fileBytes : bytes;
}

function unnamed(code: Code, { name }: Content): Check {
  return unknown(code, { spec, params: { name, reason: 'Nothing on this network names it.' } });
}
