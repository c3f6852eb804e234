import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../bytes/json.ts';
import { FormatError } from '../verdict/auditorError.ts';
import { makeBlock } from './evm.fixture.ts';
import { keccak256 } from '../bytes/hash.ts';
import { toHex0x } from './hex.ts';
import { blockJson } from './ledger.fixture.ts';
import { headerFromRpc } from './rpcHeader.ts';

const root = process.env['AFFIDAVIT_VECTORS'];
const folder = root && existsSync(join(root, 'evm')) ? join(root, 'evm') : undefined;
if (!folder)
  process.stderr.write('skipped: blocks in JSON (set AFFIDAVIT_VECTORS to the folder of published vectors)\n');

describe('headers out of JSON', () => {
  it.each(['qbft', 'ibft2', 'ibft1', 'clique', 'aura'] as const)(
    '%s: byte for byte, whatever a node writes beside',
    (consensus) => {
      const block = makeBlock(consensus);
      const form = consensus === 'aura' ? 'aura' : 'ordinary';
      const json = blockJson(block, form);
      expect(toHex0x(headerFromRpc({ ...json, size: '0x1', transactions: [], totalDifficulty: '0x1' }, form))).toBe(
        toHex0x(block.rlp),
      );
      for (const member of Object.keys(json)) {
        if (member === 'hash' || (form === 'aura' && (member === 'miner' || member === 'author'))) continue;
        const { [member]: _, ...rest } = json;
        expect(() => headerFromRpc(rest, form)).toThrow(FormatError);
      }
    },
  );

  it('the fields of later forks, in their order', () => {
    const json = blockJson(makeBlock('clique'));
    const hash = `0x${'11'.repeat(32)}`;
    const cancun = {
      baseFeePerGas: '0x7',
      withdrawalsRoot: hash,
      blobGasUsed: '0x0',
      excessBlobGas: '0x0',
      parentBeaconBlockRoot: hash,
    };
    const rlp = toHex0x(headerFromRpc({ ...json, ...cancun }));
    expect(rlp.endsWith(`07a0${'11'.repeat(32)}8080a0${'11'.repeat(32)}`)).toBe(true);
    expect(
      toHex0x(headerFromRpc({ ...json, ...cancun, requestsHash: hash })).endsWith(`a0${'11'.repeat(32)}`.repeat(2)),
    ).toBe(true);
  });

  it('of Nethermind: step and signature by name', () => {
    const block = makeBlock('aura');
    const { sealFields: _, ...json } = blockJson(block, 'aura');
    const signature = toHex0x(block.rlp.subarray(-65));
    expect(toHex0x(headerFromRpc({ ...json, step: 1, signature }, 'aura'))).toBe(toHex0x(block.rlp));
  });

  it('of any JSON: bytes or a FormatError', () => {
    const json = blockJson(makeBlock('qbft'));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(json)), fc.jsonValue(), (member, value) => {
        try {
          headerFromRpc({ ...json, [member]: value } as JsonObject);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!folder)('published blocks in JSON', () => {
  it('every block that is given as a node shows it has its hash', () => {
    let found = 0;
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const block = value as JsonObject;
      if (
        typeof block['stateRoot'] === 'string' &&
        typeof block['extraData'] === 'string' &&
        typeof block['hash'] === 'string' &&
        typeof block['logsBloom'] === 'string' &&
        block['sealFields'] === undefined
      ) {
        const rlp = headerFromRpc(block);
        // BFT headers have other hashes: their seals are left out.
        if (toHex0x(keccak256(rlp)) === block['hash']) found += 1;
      }
      for (const each of Object.values(block)) visit(each);
    };
    for (const name of ['mainnet-receipts-21854576', 'clique-goerli-rpc', 'ibft2-4val-1', 'aura-kovan-a']) {
      visit(JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8')));
    }
    expect(found).toBeGreaterThan(0);
  });
});
