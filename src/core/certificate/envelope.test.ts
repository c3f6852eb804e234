import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { readContent } from '../kinds/content.ts';
import { judge } from '../kinds/judge.ts';
import type { Check } from '../verdict/check.ts';
import { certificateKind } from './kind.ts';
import { parseCertificate, sealCertificate, type Certificate } from './envelope.ts';

const body: Omit<Certificate, 'digest'> = {
  affidavit: 'certificate/1',
  system: 'chain',
  subject: {},
  claim: {},
  proof: {},
  anchors: {},
  labels: [],
};
const million = 1_000_000;
const many = <T>(value: (index: number) => T): T[] => Array.from({ length: million }, (_, index) => value(index));

/** Sealed files of the right form, each with very many of something. */
const files: Record<string, string> = {};

beforeAll(() => {
  files.members = sealCertificate({
    ...body,
    claim: Object.fromEntries(many((index) => [`m${String(index).padStart(7, '0')}`, 0])),
  });
  files.elements = sealCertificate({ ...body, proof: { path: many(() => 0) } });
  files.lists = sealCertificate({ ...body, proof: { path: many(() => []) } });
  files.objects = sealCertificate({ ...body, proof: { path: many(() => ({ a: '', b: '' })) } });
}, 600_000);

async function checksOf(text: string): Promise<readonly Check[]> {
  const content = readContent('c.affidavit.json', utf8(text));
  const report = await judge(content, { trust: {}, now: 0, companions: [] }, [certificateKind]);
  return report.checks;
}

describe('a certificate with a million', () => {
  it.each([
    ['members', /at most 64 members of one object at offset \d+, found one more/],
    ['elements', /at most 524288 values at offset \d+, found one more/],
    ['lists', /at most 524288 values at offset \d+, found one more/],
    ['objects', /at most 524288 values at offset \d+, found one more/],
  ])('%s is refused with the reason, in a fraction of a second', async (name, reason) => {
    const spent: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = process.cpuUsage();
      const [form, ...others] = await checksOf(files[name] as string);
      const { user, system } = process.cpuUsage(before);
      spent.push((user + system) / 1000);
      expect(form).toMatchObject({ code: 'CERTIFICATE_FORM', status: 'fail' });
      expect(form?.params?.reason).toMatch(reason);
      expect(others).toEqual([]);
    }
    // Of the processor, so that a busy machine does not count against it.
    expect(Math.min(...spent)).toBeLessThan(300);
  });
});

it('a transcript of a hundred thousand blocks is within the bounds', () => {
  const transcript = Array.from({ length: 100_000 }, () => ({ a: '', b: '', t: '' }));
  expect(parseCertificate(sealCertificate({ ...body, proof: { transcript } })).proof.transcript).toHaveLength(100_000);
});
