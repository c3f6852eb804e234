import { toBase64Url } from '../../bytes/base64.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { certificateChecker } from '../../certificate/checker.ts';
import { sealCertificate } from '../../certificate/envelope.ts';
import { fromHex0x, toHex0x } from '../../evm/hex.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import { encodeReceipt, receiptFromRpc, type Receipt } from '../../evm/receipt.ts';
import { readContent } from '../../kinds/content.ts';
import type { EvmPin, Trust } from '../../trust/trust.ts';
import { AuditorError, FormatError } from '../../verdict/auditorError.ts';
import { walk } from '../../verdict/check.ts';
import { combine } from '../../verdict/status.ts';
import { readContractEvents, type ContractEvent } from '../contractEvent.ts';
import { anchorsPin } from './anchorsPin.ts';
import { examineTask, labelsOf, type TaskPlace } from './examineTask.ts';
import { listProof, listTrie } from './listProof.ts';
import { readProofHeaders } from './readProofHeaders.ts';
import { maximumHeaders, type ProvenReceipt, type TaskProof } from './taskCertificate.ts';
import { claimOf } from './taskClaim.ts';

/** What a certificate is made from: read from nodes, believed by nobody until it is proven. */
export interface TaskCertificateRequest extends TaskPlace {
  readonly pin: EvmPin;
  /** Pins for the attestation document. */
  readonly trust: Trust;
  /** RLP by number, as `headersNeeded` says. */
  readonly headers: readonly Uint8Array[];
  /** Answers to `eth_getBlockReceipts`, of every block that holds an event of the task or of its offer. */
  readonly blocks: readonly { readonly number: number; readonly receipts: readonly JsonValue[] }[];
  /** An answer to `eth_getProof` for the contract and `taskSlots(id)` in their order, at block `number`. */
  readonly account: { readonly number: number; readonly proof: JsonObject };
  readonly attestation: Uint8Array;
  /** Milliseconds since 1970; for evidence without a signed time. */
  readonly now: number;
}

/**
 * Numbers of the headers that a certificate under this entry has to hold. With a pinned block, or where a block carries one seal only: all from there (or from the first event) to
 * the last one needed. Where a range of blocks is pinned to validators who seal each by a quorum: those alone that hold something.
 * @param events numbers of blocks with events @param state the block whose state is shown @param head the newest block, for seals on top
 * @throws AuditorError (usage) where they would be too many
 */
export function headersNeeded(pin: EvmPin, events: readonly number[], state: number, head: number): number[] {
  const hasQuorum = ['qbft', 'ibft2', 'ibft1'].includes(pin.consensus);
  const needed = [...new Set([...events, state])].sort((a, b) => a - b);
  if (!pin.checkpoint && hasQuorum) return needed;
  const pinned = pin.checkpoint ? [pin.checkpoint.number] : [];
  const end = hasQuorum || pin.consensus === 'ethereum' ? [] : [head];
  const first = Math.min(...needed, ...pinned);
  const last = Math.max(...needed, ...pinned, ...end);
  const count = last - first + 1;
  if (count > maximumHeaders) {
    throw new AuditorError(
      'usage',
      'TASK_CERTIFICATE_LENGTH',
      `The certificate would hold ${count} headers; at most ${maximumHeaders} are allowed. Pin a block nearer to the task, or validators for a range of blocks.`,
    );
  }
  return Array.from({ length: count }, (_, index) => first + index);
}

/**
 * The certificate of a task as a file. It is judged before it is given out, under the same pins.
 * @throws AuditorError (internal) when what was asked for does not give a certificate that verifies.
 */
export async function makeTaskCertificate(request: TaskCertificateRequest): Promise<string> {
  const { pin, trust, attestation, now, chainId, contract, id } = request;
  const place = { chainId, contract, id };
  const context = { trust: { ...trust, evm: [pin] }, now, companions: [] };
  try {
    const headers = readProofHeaders(request.headers, pin.consensus, {});
    const proof = await gatherProof(request, headers);
    const examined = await examineTask(place, proof, headers, pin, context);
    const claim = claimOf(examined.judged.timeline);
    if (!claim) throw refuse(`the task is ${examined.judged.timeline.state}`);
    const text = sealCertificate({
      affidavit: 'certificate/1',
      system: 'task',
      subject: { chainId, contract, id: String(id) },
      claim: { ...claim },
      proof: {
        ...(proof as unknown as JsonObject),
        headers: proof.headers.map(toBase64Url),
        nodes: proof.nodes.map(toBase64Url),
        attestation: toBase64Url(attestation),
      },
      anchors: { ...examined.used, evm: [anchorsPin(pin, headers)] } as unknown as JsonObject,
      labels: labelsOf(pin, examined.judged),
    });
    const content = readContent('certificate', new TextEncoder().encode(text));
    const { checks } = await certificateChecker.check(content, context);
    if (combine(checks.map(({ status }) => status)) === 'pass') return text;
    const failing = [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code }) => code);
    throw refuse(`the certificate made would not verify (${[...new Set(failing)].join(', ')})`);
  } catch (error) {
    if (error instanceof FormatError) throw refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

/** Every node of every proof once. */
class Nodes {
  readonly list: Uint8Array[] = [];
  readonly #places = new Map<string, number>();

  take(nodes: readonly Uint8Array[]): number[] {
    return nodes.map((node) => {
      const key = toHex0x(node);
      const place = this.#places.get(key) ?? this.list.push(node) - 1;
      this.#places.set(key, place);
      return place;
    });
  }
}

async function gatherProof(request: TaskCertificateRequest, headers: readonly ReadHeader[]): Promise<TaskProof> {
  const nodes = new Nodes();
  const blocks = request.blocks.map(({ number, receipts }) => ({
    header: headers.findIndex(({ header }) => header.number === number),
    number,
    receipts: receipts.map(receiptFromRpc),
  }));
  const wanted = eventsOfTask(request, blocks);
  const receipts: ProvenReceipt[] = [];
  for (const { header, number, receipts: all } of blocks.toSorted((a, b) => a.number - b.number)) {
    const own = wanted.filter(({ event }) => event.block === number);
    if (own.length === 0) continue;
    if (header < 0) throw refuse(`the header of block ${number} is not there`);
    const trie = await listTrie(all.map(encodeReceipt));
    const transactions = [...new Set(own.map(({ event }) => event.transactionIndex))].sort((a, b) => a - b);
    for (const transaction of transactions) {
      const logs = own.filter(({ event }) => event.transactionIndex === transaction).map(({ event }) => event.logIndex);
      receipts.push({ header, transaction, path: nodes.take(await listProof(trie, transaction)), logs });
    }
  }
  const { number, proof } = request.account;
  const storage = Array.isArray(proof['storageProof']) ? (proof['storageProof'] as JsonObject[]) : [];
  const account = nodes.take(nodesOf(proof['accountProof']));
  const slots = [0, 1, 2].map((index) => nodes.take(nodesOf(storage[index]?.['proof'])));
  const state = headers.findIndex(({ header }) => header.number === number);
  if (state < 0) throw refuse(`the header of block ${number} is not there`);
  return {
    headers: request.headers,
    nodes: nodes.list,
    receipts,
    state,
    account,
    slots,
    attestation: request.attestation,
  };
}

/** Of all events of the contract those of the task and those that made the offers which it names; places of logs are those in their receipts. */
function eventsOfTask(
  { contract, id }: TaskCertificateRequest,
  blocks: readonly { readonly number: number; readonly receipts: readonly Receipt[] }[],
): ContractEvent[] {
  const proven = blocks.flatMap(({ number, receipts }) =>
    receipts.flatMap(({ logs }, transactionIndex) =>
      logs.map((log, logIndex) => ({
        block: number,
        blockHash: '0x' as const,
        timestamp: 0,
        transactionIndex,
        logIndex,
        address: toHex0x(log.address),
        topics: log.topics.map(toHex0x),
        data: toHex0x(log.data),
      })),
    ),
  );
  const { events } = readContractEvents(proven, contract);
  const own = events.filter((event) => event.name !== 'ResourcesAdvertised' && event.id === id);
  const offers = new Set(own.map(({ values }) => values['offer']));
  return [...own, ...events.filter((event) => event.name === 'ResourcesAdvertised' && offers.has(event.id))].sort(
    (a, b) => a.event.logIndex - b.event.logIndex,
  );
}

function nodesOf(value: JsonValue | undefined): Uint8Array[] {
  if (!Array.isArray(value)) throw refuse('the account is not proven with its three slots');
  return value.map((node) => fromHex0x(typeof node === 'string' ? node : ''));
}

function refuse(reason: string): AuditorError {
  return new AuditorError('internal', 'TASK_CERTIFICATE_MAKE', `No certificate can be made: ${reason}.`);
}
