import { expect, it } from 'vitest';
import { toBase64 } from '../../bytes/base64.ts';
import { sha3 } from '../../bytes/hash.ts';
import { toHex0x } from '../../evm/hex.ts';
import { readContent } from '../../kinds/content.ts';
import { bytes as cborBytes } from '../../cose/cose.fixture.ts';
import { documentTime, makeDocument, measurement } from '../../tee/nitro/nitro.fixture.ts';
import { walk } from '../../verdict/check.ts';
import { checkVmDocument } from './checkVmDocument.ts';
import { testMachine } from './machine.fixture.ts';
import { vmKeyDigest } from './vmKey.ts';
import { encodeVmStatement } from './vmStatement.ts';

const statement = {
  vm: `0x${'a1'.repeat(32)}`,
  key: toHex0x(vmKeyDigest(testMachine('p256', 'one').key)),
} as const;

it('a Nitro document speaks for a machine under what is pinned, and for no other', { timeout: 600_000 }, async () => {
  const { document, root } = await makeDocument({ fields: { user_data: cborBytes(encodeVmStatement(statement)) } });
  const pem = `-----BEGIN CERTIFICATE-----\n${toBase64(root)}\n-----END CERTIFICATE-----\n`;
  const companions = [readContent('vm.cbor', document)];
  const judge = async (
    given = statement as { vm: `0x${string}`; key: `0x${string}` },
    digest = sha3(document),
    pins = true,
  ) => {
    const trust = { nitro: { roots: [pem], ...(pins ? { measurements: [measurement] } : {}) } };
    const context = { trust, now: documentTime, companions };
    const judged = await checkVmDocument({ statement: given, digest: toHex0x(digest) }, context);
    const checks = judged ? [judged.check] : [];
    return [...walk(checks)].filter(({ status }) => status !== 'pass').map(({ code, status }) => `${code} ${status}`);
  };
  expect(await judge()).toEqual([]);
  const other = { ...statement, vm: `0x${'a2'.repeat(32)}` } as const;
  expect(await judge(other)).toEqual(['TRACE_VM_DOCUMENT fail', 'TRACE_VM_BINDING fail']);
  expect(await judge(statement, sha3(root))).toEqual(['TRACE_VM_DOCUMENT fail', 'TRACE_VM_DIGEST fail']);
  expect(await judge(statement, sha3(document), false)).toContain('TRACE_VM_ATTESTATION unknown');
});
