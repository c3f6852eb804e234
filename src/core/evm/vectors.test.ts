import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContent } from '../kinds/content.ts';
import { judge, type Report } from '../kinds/judge.ts';
import type { EvmPin, Trust } from '../trust/trust.ts';
import { walk } from '../verdict/check.ts';
import { fromHex0x, toHex0x } from './hex.ts';
import { evmBlockKind } from './kind.ts';
import { decodeReceipt, encodeReceipt } from './receipt.ts';
import { decodeRlpList } from './rlp.ts';
import { readSealed, type Consensus } from './seals/consensus.ts';
import { recoverSigner } from './seals/recoverSigner.ts';
import { provenValue } from './trie.ts';
import { verifyAccountProof } from './accountProof.ts';

interface Expected {
  readonly verdict?: string;
  readonly blockHash: string;
  readonly sealHash?: string;
  readonly sealSigners?: readonly string[];
  readonly signer?: string;
  readonly reason?: string;
}
interface Block {
  readonly number: number;
  readonly headerRlp: string;
  readonly expected: Expected;
  readonly hash?: string;
  readonly proofs?: readonly {
    readonly txIndex: number;
    readonly key?: string;
    readonly receiptRlp: string;
    readonly proof: readonly string[];
  }[];
}
interface Vector extends Block {
  readonly trustedValidators: readonly string[];
  readonly trustedSigners: readonly string[];
  readonly headers: readonly Block[];
  readonly blocks: readonly (Block & { readonly validators: readonly string[] })[];
  readonly cases: readonly { readonly name: string; readonly headerRlp: string }[];
  readonly receipts: readonly unknown[];
  readonly receiptsRoot: string;
  readonly stateRoot: string;
  readonly response: Record<string, unknown>;
}

const root = process.env['AFFIDAVIT_VECTORS'];
const folder = root && existsSync(join(root, 'evm')) ? join(root, 'evm') : undefined;
if (!folder) process.stderr.write('skipped: published vectors in evm/ (set AFFIDAVIT_VECTORS to their folder)\n');

const read = (file: string): Vector => JSON.parse(readFileSync(join(folder ?? '', `${file}.json`), 'utf8')) as Vector;

/** The adapter: a published header as the file that Affidavit judges. */
const blockFile = (consensus: Consensus, headers: readonly string[], more: object = {}): string =>
  JSON.stringify({ affidavit: 'evm-block/1', consensus, chainId: 4242, headers, ...more });

async function judged(file: string, pin: Omit<EvmPin, 'chainId'> | undefined): Promise<Report> {
  const trust: Trust = pin ? { evm: [{ chainId: 4242, ...pin }] } : {};
  return judge(readContent('block.json', new TextEncoder().encode(file)), { trust, now: 0, companions: [] }, [
    evmBlockKind,
  ]);
}

const open = ({ checks }: Report): string[] =>
  [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);

describe.skipIf(!folder)('published headers', () => {
  it.each([
    ['qbft-4val-7528', 'qbft'],
    ['ibft2-4val-1', 'ibft2'],
    ['ibft2-4val-4880', 'ibft2'],
  ] as const)(
    '%s: hash, signed hash and signers as published; verified under its validators, undetermined without',
    async (file, consensus) => {
      const { headerRlp, trustedValidators, expected } = read(file);
      const { sealed } = readSealed(fromHex0x(headerRlp), consensus);
      expect(sealed.blockHash).toBe(expected.blockHash);
      expect(toHex0x(sealed.sealHash)).toBe(expected.sealHash);
      expect(sealed.seals.map((seal) => recoverSigner(sealed.sealHash, seal))).toEqual(expected.sealSigners);
      expect(
        await judged(blockFile(consensus, [headerRlp]), { consensus, validators: trustedValidators }),
      ).toMatchObject({ verdict: 'verified' });
      expect(open(await judged(blockFile(consensus, [headerRlp]), undefined))).toEqual([
        'EVM_VALIDATORS unknown',
        'EVM_SEALS unknown',
      ]);
    },
  );

  it.each([
    ['qbft-4val-7528.negatives', 'qbft'],
    ['ibft2-4val-1.negatives', 'ibft2'],
  ] as const)('%s: every case is rejected', async (file, consensus) => {
    const { cases, trustedValidators } = read(file);
    expect(cases).toHaveLength(8);
    for (const { name, headerRlp } of cases) {
      const report = await judged(blockFile(consensus, [headerRlp]), { consensus, validators: trustedValidators });
      expect({ name, verdict: report.verdict }).toEqual({ name, verdict: 'rejected' });
    }
  });

  it('IBFT 1: fifty blocks in a row', async () => {
    const { headers, trustedValidators } = read('ibft1-chain-1-50');
    const file = blockFile(
      'ibft1',
      headers.map(({ headerRlp }) => headerRlp),
    );
    expect(await judged(file, { consensus: 'ibft1', validators: trustedValidators })).toMatchObject({
      verdict: 'verified',
    });
    for (const { headerRlp, expected } of headers) {
      const { sealed } = readSealed(fromHex0x(headerRlp), 'ibft1');
      expect(sealed.blockHash).toBe(expected.blockHash);
      expect(sealed.seals.map((seal) => recoverSigner(sealed.sealHash, seal))).toEqual(expected.sealSigners);
    }
  });

  it.each(['clique-besu-1-4', 'clique-goerli-first'])('%s: four blocks of one signer', async (name) => {
    const { headers, trustedSigners } = read(name);
    const file = blockFile(
      'clique',
      headers.map(({ headerRlp }) => headerRlp),
    );
    expect(await judged(file, { consensus: 'clique', validators: trustedSigners })).toMatchObject({
      verdict: 'verified',
    });
    for (const { headerRlp, expected } of headers)
      expect(readSealed(fromHex0x(headerRlp), 'clique').sealed).toMatchObject({
        blockHash: expected.blockHash,
        proposer: expected.signer,
      });
  });

  it('Goerli 1,000,000: hash and signer; undetermined, as the set of its time is not given', async () => {
    const { headerRlp, expected } = read('clique-goerli-rpc');
    expect(readSealed(fromHex0x(headerRlp), 'clique').sealed).toMatchObject({
      blockHash: expected.blockHash,
      proposer: expected.signer,
    });
    expect((await judged(blockFile('clique', [headerRlp]), undefined)).verdict).toBe('undetermined');
  });

  it('Aura, Kovan: hashes and signers', async () => {
    for (const { headerRlp, hash, expected } of read('aura-kovan-a').headers) {
      expect(readSealed(fromHex0x(headerRlp), 'aura').sealed).toMatchObject({
        blockHash: hash,
        proposer: expected.signer,
      });
      const report = await judged(blockFile('aura', [headerRlp]), {
        consensus: 'aura',
        validators: [expected.signer ?? ''],
      });
      expect(report.verdict).toBe('verified');
    }
  });

  it('the synthetic chain: followed from its pinned genesis through the votes that let a fifth validator in, every receipt proven', async () => {
    const { blocks } = read('qbft-synthetic-chain');
    const [genesis] = blocks;
    const pin = {
      consensus: 'qbft',
      validators: genesis?.validators ?? [],
      checkpoint: { number: 0, hash: genesis?.expected.blockHash ?? '' },
    } as const;
    const rlp = blocks.map(({ headerRlp }) => headerRlp);
    expect(await judged(blockFile('qbft', rlp), pin)).toMatchObject({ verdict: 'verified' });
    // Without the blocks that voted, the fifth validator is a stranger.
    expect(open(await judged(blockFile('qbft', rlp.slice(8)), pin))).toEqual([
      'EVM_CHECKPOINT unknown',
      'EVM_VALIDATORS fail',
      'EVM_SEALS fail',
      'EVM_HEADER_SEALS fail',
    ]);
    for (const { headerRlp, proofs = [] } of blocks) {
      const { header } = readSealed(fromHex0x(headerRlp), 'qbft');
      for (const { txIndex, proof, receiptRlp } of proofs) {
        const key = txIndex === 0 ? Uint8Array.of(0x80) : Uint8Array.of(txIndex);
        const value = await provenValue(fromHex0x(header.receiptsRoot), key, proof.map(fromHex0x));
        expect(value && toHex0x(value)).toBe(receiptRlp);
      }
    }
  });
});

describe.skipIf(!folder)('published receipts, proofs and codec cases', () => {
  it.each(['mainnet-receipts-21854576', 'mainnet-receipts-22196189'])(
    '%s: every receipt gives its root, every proof its receipt',
    async (name) => {
      const { receipts, receiptsRoot, proofs = [] } = read(name);
      const { receiptFromRpc } = await import('./receipt.ts');
      const { listRoot } = await import('./trie.ts');
      const encoded = receipts.map((receipt) => encodeReceipt(receiptFromRpc(receipt as never)));
      expect(toHex0x(await listRoot(encoded))).toBe(receiptsRoot);
      for (const bytes of encoded) expect(encodeReceipt(decodeReceipt(bytes))).toEqual(bytes);
      for (const { key, proof, receiptRlp } of proofs) {
        const value = await provenValue(fromHex0x(receiptsRoot), fromHex0x(key ?? ''), proof.map(fromHex0x));
        expect(value && toHex0x(value)).toBe(receiptRlp);
      }
    },
  );

  it.each(['mainnet-getproof-eth_getProof1', 'mainnet-getproof-eth_getStorageAt1'])(
    '%s: account and slots; any claim altered is refused',
    async (name) => {
      const { stateRoot, response } = read(name);
      await verifyAccountProof(fromHex0x(stateRoot), response as never);
      for (const altered of [
        { balance: '0x1' },
        { nonce: '0x9' },
        { codeHash: `0x${'11'.repeat(32)}` },
        { storageHash: `0x${'11'.repeat(32)}` },
        { address: `0x${'11'.repeat(20)}` },
      ]) {
        await expect(verifyAccountProof(fromHex0x(stateRoot), { ...response, ...altered } as never)).rejects.toThrow(
          'proof',
        );
      }
    },
  );

  it('extra data of QBFT: the cases of its specification read as lists of five', () => {
    const { cases } = read('qbft-extradata-codec') as unknown as { cases: Record<string, { rlp: string }> };
    for (const { rlp } of Object.values(cases)) expect(decodeRlpList(fromHex0x(rlp))).toHaveLength(5);
  });
});
