import { attestationNetworkCodeHash } from '../../../contracts/attestationNetwork.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { pinOf, signers } from '../../evm/evm.fixture.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import { makeContractLedger, type ContractLedger } from '../../evm/ledgerProof/contractLedger.fixture.ts';
import { headersNeeded } from '../../evm/ledgerProof/headersNeeded.ts';
import type { EvmPin } from '../../trust/trust.ts';
import { batchDigest, batchRoot, encodeBatch, type BatchLeaf } from '../batch.ts';
import type { Saying } from '../networkEvent.ts';
import { encodeTold, domain as madeDomain, MadeNetwork, word32, type Told } from '../network.fixture.ts';
import { recordSlot } from '../networkSlots.ts';
import { zeroWord } from '../record.ts';
import type { NetworkCertificateRequest } from './makeNetworkCertificate.ts';

/** Not a development ledger, so that nothing is labelled. */
export const chainId = 4321;
export const leaves: readonly BatchLeaf[] = [1, 2, 3].map((at) => ({
  vmId: word32(at),
  measurements: word32(at + 8),
  evidence: word32(at + 16),
  enclaveSignature: zeroWord,
}));

export interface NetworkOnLedger extends ContractLedger {
  readonly network: MadeNetwork;
  readonly pin: EvmPin;
  /** What makes a certificate of a record. */
  readonly request: (
    requestId: number,
    changes?: Partial<NetworkCertificateRequest>,
  ) => Promise<NetworkCertificateRequest>;
}

/** A network of seven whose events stand on a ledger: request 1 attested though one lies, 2 refused, 3 a batch of three, 4 without a record. */
export async function makeNetworkOnLedger(
  change: (told: Told[]) => readonly Told[] = (told) => told,
): Promise<NetworkOnLedger> {
  const network = new MadeNetwork(7, 64);
  network.domain = { ...madeDomain, chainId };
  network.vote(network.request({ enclaveSignature: '0x1234' }), [0, 6, 1, 2, 3, 4], [6]);
  network.vote(network.request(), [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]);
  const batch = { vmId: zeroWord, measurements: batchRoot(leaves), evidence: batchDigest(encodeBatch(leaves)) };
  network.vote(network.request({ ...batch, count: leaves.length }), [1, 2, 3, 4, 5]);
  network.vote(network.request(), [0, 1, 2, 3]);
  const told = change(network.told);
  const first = (told[0] as Told).at.block;
  const events = encodeTold(told);
  const last = events.at(-1)?.block ?? first;
  // Block 0 of the ledger is the one of the founding.
  const said = Array.from({ length: last - first + 2 }, (_, number) => ({
    time: 1_700_000_000 + (first + number) * 2,
    logs: events
      .filter(({ block }) => block === first + number)
      .map(({ address, topics, data }): JsonObject => ({ address, topics: [...topics], data })),
  }));
  const finals = told.flatMap(({ said: each }) =>
    each.name === 'RecordFinal' ? [each] : [],
  ) as Saying<'RecordFinal'>[];
  const slots = finals.map(({ requestId, record }) => [recordSlot(requestId), record] as const);
  const contract = madeDomain.verifyingContract;
  const ledger = await makeContractLedger({ contract, codeHash: attestationNetworkCodeHash, slots, said });
  const pin: EvmPin = {
    ...pinOf('qbft', signers.slice(0, 4)),
    chainId,
    checkpoint: { number: 0, hash: toHex0x(ledger.blocks[0]?.hash ?? new Uint8Array()) },
  };
  const head = said.length - 1;
  const request = async (
    requestId: number,
    changes: Partial<NetworkCertificateRequest> = {},
  ): Promise<NetworkCertificateRequest> => {
    const holding = said.flatMap(({ logs }, number) => (logs.length > 0 ? [number] : []));
    return {
      chainId,
      verifyingContract: contract,
      requestId,
      pin,
      headers: headersNeeded(changes.pin ?? pin, holding, head, head).map((number) => ledger.blocks[number]!.rlp),
      blocks: holding.map((number) => ({ number, receipts: ledger.blocks[number]!.receipts })),
      account: { number: head, proof: await ledger.prove([recordSlot(requestId) as Hex]) },
      ...changes,
    };
  };
  return { ...ledger, network, pin, request };
}
