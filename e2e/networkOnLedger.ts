import { encodeDeployData, encodeFunctionData, type ContractFunctionArgs } from 'viem';
import { attestationNetworkAbi as abi, attestationNetworkBytecode } from '../src/contracts/attestationNetwork.ts';
import { utf8 } from '../src/core/bytes/bytes.ts';
import { sha3 } from '../src/core/bytes/hash.ts';
import { toHex0x, type Hex } from '../src/core/evm/hex.ts';
import { describeEvidence, judgeEvidence } from '../src/core/network/judgeEvidence.ts';
import { voteKey } from '../src/core/network/signVote.fixture.ts';
import type { NetworkDomain, SignedVote, Vote } from '../src/core/network/vote.ts';
import { encodeNetworkVm } from '../src/core/network/vmStatement.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import type { EvmPin, Trust } from '../src/core/trust/trust.ts';
import type { Ledger } from '../src/services/ledger/startLedger.ts';
import { nodeMeasurement } from '../src/services/node/nodeMeasurement.ts';
import { createNsmSimulator } from '../src/services/sequencer/nsmSimulator.ts';

type Call = 'join' | 'request' | 'submitVotes' | 'openEpoch' | 'slash' | 'depart';

/** How one request goes: who votes the contrary, who not at all, who signs both. By number of the node. */
export interface Behaviour {
  readonly liars?: readonly number[];
  readonly silent?: readonly number[];
  readonly equivocator?: number;
  /** A machine whose document measures what the criteria do not accept. */
  readonly bad?: boolean;
}

export interface FoundedNetwork {
  readonly contract: Hex;
  readonly pin: EvmPin;
  readonly criteria: Uint8Array;
  /** One machine asks, and the nodes vote as they are told to. @returns its document and the number of its request */
  attest(behaviour?: Behaviour): Promise<{ readonly requestId: number; readonly document: Uint8Array }>;
  /** A request without a document, so that many are cheap. */
  ask(behaviour?: Behaviour): Promise<number>;
  /** The epoch in force ends, and the next one begins. */
  nextEpoch(): Promise<void>;
  /** The node leaves. */
  depart(node: number): Promise<void>;
}

const gas: Hex = '0xb71b00';
const epochBlocks = 8;
const size = 7;

/**
 * The contract on a real ledger, its nodes played by this process: real transactions, real votes, real documents of simulated enclaves, without the seconds that seven processes need to
 * start.
 */
export async function foundNetwork(ledger: Ledger, folder: string): Promise<FoundedNetwork> {
  const nsm = await createNsmSimulator({ stateFolder: folder, measurement: nodeMeasurement });
  const other = nodeMeasurement.map((each) => each.map((byte) => byte ^ 1)) as unknown as typeof nodeMeasurement;
  const badNsm = await createNsmSimulator({ stateFolder: folder, measurement: other });
  const { rootPem, pcrs } = nsm.describe();
  const trust: Trust = { nitro: { roots: [rootPem ?? ''], measurements: [{ pcrs }] } };
  const criteria = utf8(serializeTrust(trust));
  const digest = toHex0x(sha3(criteria));
  const accounts = (await ledger.call<Hex[]>('eth_accounts')).slice(0, size).map((each) => each.toLowerCase() as Hex);
  const keys = accounts.map((_, index) => voteKey(`page ${index}`));
  const data = encodeDeployData({
    abi,
    bytecode: attestationNetworkBytecode,
    args: [epochBlocks, size, accounts, digest, 'urn:criteria'],
  });
  const deployed = await ledger.receipt(
    await ledger.call<Hex>('eth_sendTransaction', { from: accounts[0], data, gas }),
  );
  const contract = deployed.contractAddress!.toLowerCase() as Hex;
  const domain: NetworkDomain = { chainId: ledger.chainId, verifyingContract: contract };

  const send = async <Name extends Call>(
    from: Hex,
    functionName: Name,
    args: ContractFunctionArgs<typeof abi, 'nonpayable', Name>,
  ): Promise<void> => {
    const input = encodeFunctionData({ abi, functionName, args } as never);
    const hash = await ledger.call<Hex>('eth_sendTransaction', { from, to: contract, data: input, gas });
    const { status } = await ledger.receipt(hash);
    if (status !== '0x1') throw new Error(`The ledger refused ${functionName}.`);
  };
  const view = async (functionName: 'current' | 'requestCount'): Promise<readonly bigint[]> => {
    const input = encodeFunctionData({ abi, functionName });
    const answer = await ledger.call<Hex>('eth_call', { to: contract, data: input }, 'latest');
    return (answer.slice(2).match(/.{64}/g) ?? []).map((word) => BigInt(`0x${word}`));
  };
  for (const [index, account] of accounts.entries()) {
    await send(account, 'join', [toHex0x(sha3(utf8(`document ${index}`))), keys[index]!.address]);
  }

  /** The epoch that votes sent now will come in: one that ends too soon is ended first. */
  const openEpoch = async (force = false): Promise<number> => {
    const [number = 0n, from = 0n] = await view('current');
    const end = Number(from) + epochBlocks;
    if (!force && ledger.height + 3 < end) return Number(number);
    while (ledger.height + 1 < end) await ledger.mine();
    await send(accounts[0]!, 'openEpoch', []);
    return Number(number) + 1;
  };
  const vote = async (asked: Pick<Vote, 'requestId' | 'measurements'>, valid: boolean, behaviour: Behaviour) => {
    const { liars = [], silent = [], equivocator } = behaviour;
    const epoch = await openEpoch();
    const signed = keys.map((key, node): SignedVote => {
      const said = liars.includes(node) ? !valid : valid;
      return key.sign({ ...asked, criteria: digest, valid: said, epoch }, domain);
    });
    const sent = signed.filter((_, node) => !silent.includes(node));
    const votes = sent.map((each) => ({ ...each.vote, requestId: BigInt(each.vote.requestId), epoch: BigInt(epoch) }));
    await send(accounts[0]!, 'submitVotes', [votes, sent.map(({ signature }) => signature)]);
    if (equivocator === undefined) return;
    const first = signed[equivocator]!;
    const second = keys[equivocator]!.sign({ ...first.vote, valid: !first.vote.valid }, domain);
    const plain = ({ vote: each }: SignedVote) => ({
      ...each,
      requestId: BigInt(each.requestId),
      epoch: BigInt(epoch),
    });
    await send(accounts[0]!, 'slash', [plain(first), first.signature, plain(second), second.signature]);
  };
  const open = async (vmId: Hex, measurements: Hex, evidence: Hex): Promise<number> => {
    await openEpoch();
    await send(accounts[0]!, 'request', [vmId, measurements, evidence, '0x']);
    return Number((await view('requestCount'))[0]);
  };
  let machines = 0;
  return {
    contract,
    pin: ledger.pin({ AttestationNetwork: contract }),
    criteria,
    async attest(behaviour = {}) {
      const vmId = toHex0x(sha3(utf8(`machine ${(machines += 1)}`)));
      const bytes = new Uint8Array(await (behaviour.bad ? badNsm : nsm).attest({ userData: encodeNetworkVm(vmId) }));
      const { measurements } = await describeEvidence(bytes);
      const requestId = await open(vmId, measurements, toHex0x(sha3(bytes)));
      const { valid } = await judgeEvidence({ vmId, measurements, bytes, criteria: trust, at: Date.now() });
      await vote({ requestId, measurements }, valid, behaviour);
      return { requestId, document: bytes };
    },
    async ask(behaviour = {}) {
      const name = toHex0x(sha3(utf8(`machine ${(machines += 1)}`)));
      const requestId = await open(name, name, name);
      await vote({ requestId, measurements: name }, behaviour.bad !== true, behaviour);
      return requestId;
    },
    nextEpoch: async () => void (await openEpoch(true)),
    depart: (node) => send(accounts[node]!, 'depart', []),
  };
}
