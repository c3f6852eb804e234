import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { privateKeyToAccount } from 'viem/accounts';
import { FormatError } from '../verdict/auditorError.ts';
import type { JsonObject } from '../bytes/json.ts';
import { toHex0x } from './hex.ts';
import { transactionJson } from './ledger.fixture.ts';
import { transactionFromRpc } from './transaction.ts';

const account = privateKeyToAccount(`0x${'3c'.repeat(32)}`);
const to = `0x${'ab'.repeat(20)}` as const;
const accessList = [{ address: to, storageKeys: [`0x${'01'.repeat(32)}` as const] }];
const common = { to, nonce: 0, gas: 21_000n, value: 5n, data: '0x1234' } as const;
const fees = { chainId: 4242, maxFeePerGas: 9n, maxPriorityFeePerGas: 1n };

async function signedTransactions() {
  const authorization = await account.signAuthorization({ address: to, chainId: 4242, nonce: 1 });
  return {
    'legacy without a ledger': await account.signTransaction({ type: 'legacy', ...common, gasPrice: 7n }),
    legacy: await account.signTransaction({ type: 'legacy', chainId: 8995, ...common, gasPrice: 7n }),
    'EIP-2930': await account.signTransaction({ type: 'eip2930', chainId: 4242, ...common, gasPrice: 7n, accessList }),
    'EIP-1559': await account.signTransaction({ type: 'eip1559', ...fees, ...common, nonce: 300, accessList }),
    'a contract made by EIP-1559': await account.signTransaction({ type: 'eip1559', ...fees, ...common, to: null }),
    'EIP-4844': await account.signTransaction({
      type: 'eip4844',
      ...fees,
      ...common,
      maxFeePerBlobGas: 3n,
      blobVersionedHashes: [`0x01${'22'.repeat(31)}`],
      sidecars: false,
    }),
    'EIP-7702': await account.signTransaction({
      type: 'eip7702',
      ...fees,
      ...common,
      authorizationList: [authorization],
    }),
  };
}

describe('transactions', () => {
  it('of every type: the bytes that were signed, and who signed them', async () => {
    for (const [name, raw] of Object.entries(await signedTransactions())) {
      const { encoded, from, hash, chainId } = transactionFromRpc(transactionJson(raw));
      expect({ name, raw: toHex0x(encoded), from }).toEqual({ name, raw, from: account.address.toLowerCase() });
      expect(hash).toBe(transactionJson(raw)['hash']);
      if (name === 'legacy') expect(chainId).toEqual(Uint8Array.of(0x23, 0x23));
    }
  });

  it('with any member altered are others, or none', async () => {
    for (const raw of Object.values(await signedTransactions())) {
      const json = transactionJson(raw);
      for (const member of Object.keys(json)) {
        // Not read: legacy ones say both by v, others the parity by itself.
        const unread = json['type'] === '0x0' ? ['hash', 'yParity', 'chainId'] : ['hash', 'v'];
        if (unread.includes(member)) continue;
        const altered: JsonObject = { ...json, [member]: member === 'to' ? `0x${'cd'.repeat(20)}` : '0x9f' };
        try {
          expect(toHex0x(transactionFromRpc(altered).encoded)).not.toBe(raw);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }
  });

  it('of any JSON: a transaction or a FormatError', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('0x0', '0x1', '0x2', '0x3', '0x4', '0x5', 7), (json, type) => {
        try {
          transactionFromRpc({ ...(json as JsonObject), type });
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
