import type { JsonObject } from '../../bytes/json.ts';
import { verifyAccountProof, type ProvenAccount } from '../accountProof.ts';
import type { ProvenEvent } from '../events.ts';
import { fromHex0x, toHex0x, type Hex } from '../hex.ts';
import type { ReadHeader } from '../judgeHeaders.ts';
import { decodeReceipt } from '../receipt.ts';
import { encodeRlp, rlpNumber } from '../rlp.ts';
import { provenValue } from '../trie.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { LedgerProof } from './ledgerProof.ts';

const spec = 'Ethereum Yellow Paper §4.3.1, appendix D; EIP-2718';

export interface ProvenEvents {
  readonly check: Check;
  /** All of them, or none. */
  readonly events: readonly ProvenEvent[];
}

/**
 * The events of a certificate against the receipts' roots of its headers. A receipt's path shows its place in the block; of a log only its place in its receipt is shown, so
 * that stands for its place here: the order of events is the same.
 * @param code of the check @param end index of the last header that may be relied upon
 */
export async function proveEvents(
  code: Check['code'],
  proof: LedgerProof,
  headers: readonly ReadHeader[],
  end: number,
  contract: Hex,
): Promise<ProvenEvents> {
  const events: ProvenEvent[] = [];
  const failed = (reason: string): ProvenEvents => ({
    check: fail(code, { spec, params: { events: events.length, reason } }),
    events: [],
  });
  const used = new Set([...proof.account, ...proof.slots.flat(), ...proof.receipts.flatMap(({ path }) => path)]);
  if (used.size !== proof.nodes.length) return failed('It holds parts of proofs that nothing needs.');
  const places = proof.receipts.map(({ header, transaction }) => `${header}/${transaction}`);
  if (new Set(places).size !== places.length) return failed('It holds a receipt twice.');
  for (const { header: index, transaction, path, logs } of proof.receipts) {
    const { header, sealed } = headers[index] as ReadHeader;
    try {
      const root = fromHex0x(header.receiptsRoot);
      const value = await provenValue(
        root,
        encodeRlp(rlpNumber(transaction)),
        path.map((node) => proof.nodes[node] as Uint8Array),
      );
      if (value === null) return failed(`Block ${header.number} has no transaction ${transaction}.`);
      const receipt = decodeReceipt(value);
      for (const logIndex of logs) {
        const log = receipt.logs[logIndex];
        if (!log || toHex0x(log.address) !== contract)
          return failed(`Block ${header.number} has no such event of the contract.`);
        events.push({
          block: header.number,
          blockHash: sealed.blockHash,
          timestamp: header.timestamp,
          transactionIndex: transaction,
          logIndex,
          address: contract,
          topics: log.topics.map(toHex0x),
          data: toHex0x(log.data),
        });
      }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return failed(error.message);
    }
  }
  const last = Math.max(-1, ...proof.receipts.map(({ header }) => header));
  const params = { events: events.length, receipts: proof.receipts.length };
  if (events.length === 0) return failed('It holds no events.');
  if (last <= end) return { check: pass(code, { spec, params }), events };
  const number = headers[last]?.header.number ?? 0;
  const reason = `Block ${number} may not be relied upon.`;
  return { check: unknown(code, { spec, params: { ...params, reason } }), events };
}

/** The contract's account and some of its slots, by their keys. @throws FormatError where the proof does not hold */
export function proveAccount(
  proof: LedgerProof,
  state: ReadHeader,
  contract: Hex,
  keys: readonly Hex[],
): Promise<ProvenAccount> {
  const nodes = (path: readonly number[]): Hex[] => path.map((node) => toHex0x(proof.nodes[node] as Uint8Array));
  const answer: JsonObject = {
    address: contract,
    accountProof: nodes(proof.account),
    storageProof: keys.map((key, index) => ({ key, proof: nodes(proof.slots[index] ?? []) })),
  };
  return verifyAccountProof(fromHex0x(state.header.stateRoot), answer);
}
