import { toBase64Url } from '../../bytes/base64.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { below, bytes, fault, integer, list } from './proofFields.ts';

/** Events of one transaction: its receipt's path through the trie of its block, and which of its logs they are. */
export interface ProvenReceipt {
  /** Index among the headers. */
  readonly header: number;
  /** Index of the transaction in its block. */
  readonly transaction: number;
  /** Indices among the nodes, root first. */
  readonly path: readonly number[];
  readonly logs: readonly number[];
}

/** What a certificate carries of a ledger about one contract: headers with their seals, and every node of the proofs once. */
export interface LedgerProof {
  /** RLP, by number. All from the pinned block on, or single ones where a pinned quorum seals each. */
  readonly headers: readonly Uint8Array[];
  readonly nodes: readonly Uint8Array[];
  readonly receipts: readonly ProvenReceipt[];
  /** Index of the header against whose state account and slots are shown. */
  readonly state: number;
  /** Of the contract's account, and of the slots that matter. */
  readonly account: readonly number[];
  readonly slots: readonly (readonly number[])[];
}

/** More headers than that (some 25 MB) are nobody's download: pin a nearer block instead. */
export const maximumHeaders = 16_384;
const maximum = { nodes: 16_384, receipts: 1024, logs: 1024, path: 66 } as const;

/** The members of a proof in JSON. */
export const ledgerMembers = ['account', 'headers', 'nodes', 'receipts', 'slots', 'state'] as const;

/**
 * Reads the form only; nothing is verified.
 * @param what the field that it stands in @param slotCount how many slots it has to show
 * @throws FormatError that names the field
 */
export function parseLedgerProof(
  what: string,
  proof: Readonly<Record<(typeof ledgerMembers)[number], JsonValue>>,
  slotCount: number,
): LedgerProof {
  const { nodes } = proof;
  const count = Array.isArray(nodes) ? nodes.length : 0;
  const path = (name: string, item: JsonValue | undefined): number[] =>
    list(name, item, maximum.path, (each, index) => below(each, index, count));
  const headers = list(`${what}.headers`, proof.headers, maximumHeaders, bytes);
  const slots = list(`${what}.slots`, proof.slots, slotCount, path);
  if (headers.length === 0) throw fault(`${what}.headers`, 'at least one');
  if (slots.length !== slotCount) throw fault(`${what}.slots`, `a list of ${slotCount}`);
  return {
    headers,
    nodes: list(`${what}.nodes`, nodes, maximum.nodes, bytes),
    receipts: list(`${what}.receipts`, proof.receipts, maximum.receipts, (name, item) => {
      const receipt = readMembers(name, item, ['header', 'logs', 'path', 'transaction']);
      return {
        header: below(`${name}.header`, receipt.header, headers.length),
        transaction: integer(`${name}.transaction`, receipt.transaction),
        path: path(`${name}.path`, receipt.path),
        logs: list(`${name}.logs`, receipt.logs, maximum.logs, integer),
      };
    }),
    state: below(`${what}.state`, proof.state, headers.length),
    account: path(`${what}.account`, proof.account),
    slots,
  };
}

/** As it stands in a certificate. */
export function ledgerProofToJson({ headers, nodes, receipts, state, account, slots }: LedgerProof): JsonObject {
  return {
    account: [...account],
    headers: headers.map(toBase64Url),
    nodes: nodes.map(toBase64Url),
    receipts: receipts.map(({ header, transaction, path, logs }) => ({
      header,
      transaction,
      path: [...path],
      logs: [...logs],
    })),
    slots: slots.map((slot) => [...slot]),
    state,
  };
}
