import { createPublicClient, createTestClient, createWalletClient, http, stringToHex, type Abi, type Hex } from 'viem';
import { didRegistryAbi, didRegistryBytecode } from '../../contracts/didRegistry.ts';
import { revocationRegistryAbi, revocationRegistryBytecode } from '../../contracts/revocationRegistry.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { p256Attribute } from '../../core/did/ethrDocument.ts';
import { countValidators } from '../../core/host/countValidators.ts';
import { hostTime, makeHost, nextId, proofSigner, seconds } from '../../core/host/host.fixture.ts';
import { readHostCredential } from '../../core/host/hostCredential.ts';
import { selectValidators } from '../../core/host/selection/selectValidators.ts';
import { vouchForHost } from '../../core/host/signHost.ts';
import { contextSource } from '../../core/vc/contextSource.ts';
import { makeSigner } from '../../core/vc/proof/signProof.fixture.ts';
import { startAnvil } from '../contracts/anvil.ts';
import { type Bench, type Emit, figure } from './figure.ts';
import { sideBySide } from './sideBySide.ts';

const validators = 7;
const threshold = 5;
const candidates = 10_000;

/** How much counting who vouches costs beside the signatures alone; what a selection costs; gas of the registries. */
export const hostBench: Bench = {
  name: 'hosts',
  about:
    'hosts’ credentials with 5-of-7 proofs a second and worker, beside raw signatures; selection; gas of the registries',
  run: async ({ say, emit }) => {
    say(`a host's credential that ${validators} validators have signed, on one thread`);
    const signers = Array.from({ length: validators }, (_, at) => makeSigner('P-256', 100 + at));
    const host = await makeHost();
    let json = host.json;
    for (const signer of signers) {
      json = await vouchForHost(json, proofSigner(signer), { id: nextId(), at: seconds(hostTime - 40_000) });
    }
    const entries = signers.map(({ did }) => ({ did }));
    const policy = { name: 'bench', threshold, validators: entries, measurements: [] };
    const source = contextSource({ trust: {}, companions: [], now: hostTime }, []);
    const raw = await rawSignature();
    const drawn = Array.from({ length: candidates }, (_, at) => ({
      did: `did:web:v${at}.example`,
      operator: `operator ${at % 400}`,
      region: `region ${at % 30}`,
      reputation: (at * 7919) % 1000,
    }));
    let seed = 0;
    const { rate, ratio } = await sideBySide({
      signatures: async () => {
        for (let at = 0; at <= validators; at += 1) if (!(await raw())) throw new Error('a signature does not hold');
        return validators + 1;
      },
      // Read from its JSON, as it comes.
      counted: async () => {
        const credential = readHostCredential(json);
        const { counted } = await countValidators(credential, { trust: {}, beside: [], source, at: hostTime, policy });
        if (counted < threshold) throw new Error(`${counted} count`);
        return validators + 1;
      },
      selections: () => {
        seed += 1;
        return selectValidators(drawn, { count: validators, seed: String(seed) }).chosen.length / validators;
      },
    });
    emit([
      figure('hosts.signatures.webcrypto', rate.signatures, 'signatures/s'),
      figure('hosts.proofs', rate.counted, 'proofs/s'),
      figure('hosts.credentials.5of7', rate.counted / (validators + 1), 'credentials/s'),
      figure('hosts.proofs.ratio', ratio('counted', 'signatures'), '×'),
      figure('hosts.selection.10000', rate.selections, 'selections/s'),
    ]);
    await registriesGas(emit);
  },
};

/** Verifies one signature of P-256 by WebCrypto, the key imported beforehand. */
async function rawSignature(): Promise<() => Promise<boolean>> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const message = utf8('x'.repeat(64)) as Uint8Array<ArrayBuffer>;
  const signature = await crypto.subtle.sign(algorithm, privateKey, message);
  return () => crypto.subtle.verify(algorithm, publicKey, signature, message);
}

/** Gas under the rules of istanbul, calldata and the transaction's own 21,000 included. */
async function registriesGas(emit: Emit): Promise<void> {
  const anvil = await startAnvil();
  try {
    const node = createPublicClient({ transport: http(anvil.rpc) });
    const mine = createTestClient({ mode: 'anvil', transport: http(anvil.rpc) });
    const wallet = createWalletClient({ transport: http(anvil.rpc) });
    const [account, other] = (await wallet.getAddresses()) as [Hex, Hex];
    const how = { account, chain: null, gasPrice: 0n, gas: 5_000_000n } as const;
    const settle = async (name: string, hash: Hex): Promise<Hex> => {
      await mine.mine({ blocks: 1 });
      const { gasUsed, contractAddress, status } = await node.waitForTransactionReceipt({ hash, pollingInterval: 20 });
      if (status !== 'success') throw new Error(`${name} was reverted`);
      emit([figure(`hosts.gas.${name}`, Number(gasUsed), 'gas')]);
      return contractAddress ?? '0x';
    };
    const deploy = async (name: string, abi: Abi, bytecode: Hex) =>
      settle(name, await wallet.deployContract({ ...how, abi, bytecode }));
    const dids = await deploy('DidRegistry.deploy', didRegistryAbi as Abi, didRegistryBytecode);
    const revocations = await deploy(
      'RevocationRegistry.deploy',
      revocationRegistryAbi as Abi,
      revocationRegistryBytecode,
    );
    const call = async (name: string, address: Hex, abi: Abi, functionName: string, args: readonly unknown[]) =>
      settle(name, await wallet.writeContract({ ...how, address, abi, functionName, args }));
    const did = (name: string, args: readonly unknown[], as = name) =>
      call(`DidRegistry.${as}`, dids, didRegistryAbi as Abi, name, [account, ...args]);
    const revocation = (name: string, args: readonly unknown[], as = name) =>
      call(`RevocationRegistry.${as}`, revocations, revocationRegistryAbi as Abi, name, args);
    const word = (byte: number): Hex => `0x${byte.toString(16).padStart(2, '0').repeat(32)}`;
    const [attribute, delegate] = [stringToHex(p256Attribute, { size: 32 }), stringToHex('veriKey', { size: 32 })];
    const key = (start: string, byte: string): Hex => `0x${start}${byte.repeat(32)}`;
    await did('setAttribute', [attribute, key('02', 'ab'), 1000n], 'setAttribute.first');
    await did('setAttribute', [attribute, key('03', 'cd'), 1000n]);
    await did('revokeAttribute', [attribute, key('02', 'ab')]);
    await did('addDelegate', [delegate, other, 1000n]);
    await did('revokeDelegate', [delegate, other]);
    await did('changeOwner', [other]);
    const { timestamp } = await node.getBlock();
    await revocation('revoke', [word(9), word(0)], 'revoke.first');
    await revocation('revoke', [word(1), word(0)]);
    await revocation('restore', [word(1)]);
    await revocation('anchorList', [word(2), word(3), timestamp, 600n], 'anchorList.new');
    await revocation('anchorList', [word(2), word(4), timestamp, 600n]);
  } finally {
    await anvil.stop();
  }
}
