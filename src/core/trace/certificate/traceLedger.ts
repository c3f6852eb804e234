import { toBase64Url } from '../../bytes/base64.ts';
import type { JsonObject, JsonValue } from '../../bytes/json.ts';
import { readMembers } from '../../certificate/envelope.ts';
import { checkCode, expectedCode } from '../../evm/contractCode.ts';
import type { ProvenAccount } from '../../evm/accountProof.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import type { ReadHeader } from '../../evm/judgeHeaders.ts';
import {
  ledgerMembers,
  ledgerProofToJson,
  parseLedgerProof,
  type LedgerProof,
} from '../../evm/ledgerProof/ledgerProof.ts';
import { bytes, fault } from '../../evm/ledgerProof/proofFields.ts';
import { proveAccount, proveEvents } from '../../evm/ledgerProof/proveLedger.ts';
import { judgeProofHeaders } from '../../evm/ledgerProof/readProofHeaders.ts';
import { readContent } from '../../kinds/content.ts';
import type { Context } from '../../kinds/kind.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import type { AnchorReading } from '../anchor/anchorReading.ts';
import { anchorSlot } from '../anchor/anchorSlot.ts';
import { judgeAnchored, type AnchoredJudged } from '../anchor/judgeAnchored.ts';
import { traceStructHash, type TraceDomain, type TraceMetadata } from '../metadata.ts';

/** What a certificate of an anchored trace carries of the ledger: the machine's keys and the anchor as events, the anchor's slot, and the machine's attestation document. */
export interface TraceLedger extends LedgerProof {
  /** Empty where the registration of the key names none. */
  readonly document: Uint8Array;
}

const maximumDocument = 256 * 1024;

/** Only the form. @throws FormatError that names the field */
export function parseTraceLedger(value: JsonValue): TraceLedger {
  const members = readMembers('Field proof.ledger', value, [...ledgerMembers, 'document']);
  const document = bytes('proof.ledger.document', members.document);
  if (document.length > maximumDocument) throw fault('proof.ledger.document', `at most ${maximumDocument} bytes`);
  return { ...parseLedgerProof('proof.ledger', members, 1), document };
}

export function traceLedgerToJson(ledger: TraceLedger): JsonObject {
  return { ...ledgerProofToJson(ledger), document: toBase64Url(ledger.document) };
}

const spec = 'EIP-1186; src/contracts/README (TraceAnchor)';

/** Judges what a certificate carries of the ledger under one entry for it, as if it had been read from nodes. @param begin checks of the ledger that were made before */
export async function examineTraceLedger(
  metadata: TraceMetadata,
  { chainId, verifyingContract }: TraceDomain,
  ledger: TraceLedger,
  headers: readonly ReadHeader[],
  pin: EvmPin,
  context: Context,
  begin: readonly Check[] = [],
): Promise<AnchoredJudged> {
  const contract = verifyingContract.toLowerCase() as Hex;
  const range = judgeProofHeaders(headers, pin);
  const proven = await proveEvents('TRACE_PROOFS', ledger, headers, range.end, contract);
  const { header, sealed } = headers[ledger.state] as ReadHeader;
  const { number, timestamp } = header;
  const slot = anchorSlot(toHex0x(traceStructHash(metadata)));
  let account: ProvenAccount | undefined;
  let storage: Check;
  try {
    account = await proveAccount(ledger, headers[ledger.state] as ReadHeader, contract, [slot]);
    const isRelied = ledger.state <= range.end;
    const reason = `Block ${number} may not be relied upon.`;
    storage = (isRelied ? pass : unknown)('TRACE_STORAGE', { spec, params: { number, reason } });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    storage = fail('TRACE_STORAGE', { spec, params: { number, reason: error.message } });
  }
  const code = checkCode(contract, number, account, expectedCode(contract, pin, 'TraceAnchor'));
  const reading: AnchorReading = {
    chainId,
    contract,
    events: proven.events,
    account,
    checks: [...begin, ...range.checks, proven.check, code, storage],
    completeness: { how: 'none', from: number, to: number, tested: 0, opened: 0 },
    head: { number, hash: sealed.blockHash, timestamp },
  };
  const document = readContent('the machine’s document', ledger.document);
  const companions = [...(ledger.document.length > 0 ? [document] : []), ...context.companions];
  return judgeAnchored(metadata, reading, { ...context, companions });
}
