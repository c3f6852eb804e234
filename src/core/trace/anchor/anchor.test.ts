import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha3 } from '../../bytes/hash.ts';
import { toHex0x, type Hex } from '../../evm/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { readAnchorSlot } from './anchorSlot.ts';
import { checkVmBinding, checkVmDocument } from './checkVmDocument.ts';
import { fromContractMetadata, toContractMetadata } from './contractMetadata.ts';
import { testMachine, testMetadata } from './machine.fixture.ts';
import { encodeVmKey, parseVmKey, vmKeyDigest } from './vmKey.ts';
import { encodeVmStatement, parseVmStatement, vmReportData } from './vmStatement.ts';

const machine = testMachine('p256', 'one');
const statement = { vm: `0x${'a1'.repeat(32)}`, key: toHex0x(vmKeyDigest(machine.key)) } as const;

describe('the machine’s environment', () => {
  const bytes = encodeVmStatement(statement);
  const forms = [
    { form: 'statement', bytes, publicKey: undefined },
    { form: 'reportData', bytes: vmReportData(statement) },
    { form: 'digest', bytes: sha3(bytes) },
  ] as const;

  it.each(forms)('is bound to this machine and key by its $form, of which no byte may be another', (bound) => {
    expect(checkVmBinding(bound, statement).status).toBe('pass');
    for (let at = 0; at < bound.bytes.length; at += 1) {
      const changed = bound.bytes.slice();
      changed[at] = (changed[at] as number) ^ 1;
      expect(checkVmBinding({ ...bound, bytes: changed } as never, statement).status).toBe('fail');
    }
    const other = { ...statement, vm: `0x${'a2'.repeat(32)}` } as const;
    expect(checkVmBinding(bound, other).status).toBe('fail');
    expect(checkVmBinding(bound, { ...statement, key: other.vm }).status).toBe('fail');
  });

  it('is not said where the document says nothing; where none was given it is asked for only if one was named', async () => {
    expect(checkVmBinding(undefined, statement).status).toBe('unknown');
    const context = { trust: {}, now: 0, companions: [readContent('note.txt', new Uint8Array([1, 2, 3]))] };
    expect(await checkVmDocument({ statement }, context)).toBeUndefined();
    expect(await checkVmDocument({ statement, digest: `0x${'00'.repeat(32)}` }, context)).toBeUndefined();
    const named = await checkVmDocument({ statement, digest: `0x${'d0'.repeat(32)}` }, context);
    expect(named?.check).toMatchObject({ code: 'TRACE_VM_DOCUMENT', status: 'unknown' });
  });

  it('is read strictly: what is read is written as the same bytes', () => {
    expect(parseVmStatement(bytes)).toEqual(statement);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 80 }), (noise, at) => {
        for (const tried of [noise, new Uint8Array([...bytes.slice(0, at), ...noise])]) {
          try {
            expect(encodeVmStatement(parseVmStatement(tried))).toEqual(tried);
          } catch (error) {
            if (!(error instanceof FormatError)) throw error;
          }
        }
      }),
    );
  });
});

describe('a machine’s key', () => {
  it('is read from its one SPKI on either curve, and from nothing else', () => {
    for (const algorithm of ['p256', 'secp256k1'] as const) {
      const { key, publicKey } = testMachine(algorithm, 'x');
      expect(parseVmKey(publicKey)).toEqual(key);
      expect(encodeVmKey(key)).toEqual(publicKey);
      expect(() => parseVmKey(publicKey.slice(1))).toThrow(FormatError);
      const other = publicKey.slice();
      other[20] = (other[20] as number) ^ 1;
      expect(() => parseVmKey(other)).toThrow(FormatError);
    }
  });
});

describe('metadata on the ledger', () => {
  it('comes back as it went there; what no auditor could use does not', () => {
    for (const metadata of [
      testMetadata(),
      testMetadata({ leafEncoding: 'jcs', eventsPerLeaf: 64, count: 2 ** 40, records: 2 ** 41 }),
    ]) {
      expect(fromContractMetadata(toContractMetadata(metadata))).toEqual(metadata);
    }
    const held = toContractMetadata(testMetadata());
    for (const change of [
      { leafEncoding: 9 },
      { eventsPerLeaf: 0 },
      { count: 2n ** 63n },
      { version: 2 },
      { records: 1n },
    ]) {
      expect(fromContractMetadata({ ...held, ...change }), JSON.stringify(Object.keys(change))).toBeUndefined();
    }
  });

  it('is kept in one word: number, block, time and key', () => {
    const word: Hex = `0x${'0000000000000003'.slice(8)}${'0000000000000004'}${'0000000000000005'}${'0000000000000006'}`;
    const bytes = new Uint8Array(Buffer.from(word.slice(2), 'hex'));
    expect(readAnchorSlot(bytes)).toEqual({ key: 3, time: 4, block: 5, number: 6 });
    expect(readAnchorSlot(bytes.slice(3))).toEqual({ key: 3, time: 4, block: 5, number: 6 });
    expect(readAnchorSlot(new Uint8Array())).toBeUndefined();
  });
});
