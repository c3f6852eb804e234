import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../core/bytes/hex.ts';
import { canonicalJson } from '../core/bytes/jcs.ts';
import { describeEvidence } from '../core/network/judgeEvidence.ts';
import { judgeMembership } from '../core/network/membership/judgeMembership.ts';
import { commitForMembership } from '../core/network/membership/memberCommitment.ts';
import { makeDocument, registers } from '../core/tee/nitro/nitro.fixture.ts';
import { membershipKey } from '../core/trace/zk/membershipKey.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { loadSnarkjs } from '../services/prover/loadSnarkjs.ts';
import { makeFolder, runHere } from './cli.fixture.ts';
import { proveCommand } from './proveCommand.ts';

const nonce = 'a5'.repeat(32);
const saltKey = '3c'.repeat(32);
const contract = `0x${'ab'.repeat(20)}` as const;
const criteriaOf = (...first: readonly string[]) =>
  canonicalJson({
    affidavit: 'trust/1',
    nitro: { measurements: first.map((zero) => ({ pcrs: { '0': zero, '1': '11'.repeat(48), '2': '12'.repeat(48) } })) },
  });

describe('prove membership', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let document: Uint8Array;
  const own = toHex(registers.get(0) as Uint8Array);
  beforeAll(async () => {
    ({ folder, remove } = await makeFolder());
    ({ document } = await makeDocument());
    await writeFile(join(folder, 'nitro.bin'), document);
    await writeFile(join(folder, 'salt.hex'), `${saltKey}\n`);
    await writeFile(join(folder, 'criteria.json'), criteriaOf('a1'.repeat(48), own, 'a3'.repeat(48)));
    await writeFile(join(folder, 'others.json'), criteriaOf('a1'.repeat(48), 'a3'.repeat(48)));
  });
  afterAll(() => remove());
  const prove = (criteria: string, ...more: string[]) => {
    const about = ['--chain', '412346', '--contract', contract, '--request', '3', '--nonce', nonce, ...more];
    const args = ['membership', 'nitro.bin', '--salt-key', 'salt.hex', '--criteria', criteria, '--register', 'PCR 0'];
    return runHere(proveCommand, [...args, ...about], folder);
  };

  it(
    'writes a proof that holds for the request, and tells nothing of the measurement',
    { timeout: 600_000 },
    async ({ skip }) => {
      try {
        await loadSnarkjs();
      } catch (error) {
        if (!(error instanceof AuditorError)) throw error;
        process.stderr.write(`skipped: a proof of membership (${error.message})\n`);
        return skip();
      }
      const { code, words } = await prove('criteria.json', '--out', 'm.json');
      expect(code).toBe(0);
      expect(words).toContain('development setup: whoever ran it can forge');
      const text = await readFile(join(folder, 'm.json'), 'utf8');
      for (const secret of [own, saltKey]) expect(text).not.toContain(secret);
      const { kind, measured, documentId } = await describeEvidence(document);
      const { checks } = judgeMembership(text, {
        request: {
          chainId: 412346,
          verifyingContract: contract,
          requestId: 3,
          vmId: documentId,
          measurements: commitForMembership({ kind, measured, saltKey: fromHex(saltKey) }),
        },
        criteria: await readFile(join(folder, 'criteria.json'), 'utf8'),
        keys: [membershipKey.digest],
        nonce: fromHex(nonce),
      });
      expect(checks.filter(({ status }) => status !== 'pass').map(({ code: name }) => name)).toEqual(['MEMBER_RECORD']);
    },
  );

  it('proves nothing that is not so, and says what a call lacks', async () => {
    const { code, words } = await prove('others.json');
    expect([code, words]).toEqual([
      2,
      'The criteria do not approve of this machine’s PCR 0, so there is nothing to prove.\n',
    ]);
    for (const args of [
      [],
      ['nitro.bin'],
      ['salt.hex', '--salt-key', 'salt.hex', '--criteria', 'criteria.json', '--register', 'PCR 0', '--nonce', nonce],
    ]) {
      expect((await runHere(proveCommand, ['membership', ...args], folder)).code).toBe(2);
    }
    expect((await prove('criteria.json', '--vm', '0x12')).words).toContain('--vm: 64 lower-case hex digits');
    expect((await runHere(proveCommand, ['membership', '--help'], folder)).code).toBe(0);
  });
});
