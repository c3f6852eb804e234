import { beforeAll, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { certificateKind } from '../../certificate/kind.ts';
import { certificateDigest, type Certificate } from '../../certificate/envelope.ts';
import { canonicalJson } from '../../bytes/jcs.ts';
import type { JsonObject } from '../../bytes/json.ts';
import { readContent } from '../../kinds/content.ts';
import { judge, type Report } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { hostDigest } from '../hostCredential.ts';
import { hostTime, makeHost, told, validatorSigners, vouched, type MadeHost } from '../host.fixture.ts';
import { makeHostCertificate } from './hostCertificate.ts';

let made: MadeHost;
let json: JsonObject;
let text: string;

beforeAll(async () => {
  made = await makeHost();
  json = await vouched(made.json, validatorSigners.slice(0, 3));
  text = await makeHostCertificate(json, made.companions, { trust: made.trust, companions: [], now: hostTime });
}, 600_000);

/** Long after the credential has run out. */
const judged = (file: string, trust: Trust = made.trust): Promise<Report> =>
  judge(readContent('certificate.json', utf8(file)), { trust, companions: [], now: hostTime + 1e10 }, [
    certificateKind,
  ]);

const resealed = (change: (certificate: Certificate) => object): string => {
  const { digest: _, ...body } = { ...(JSON.parse(text) as Certificate) };
  const changed = { ...body, ...change(body as Certificate) } as Omit<Certificate, 'digest'>;
  return canonicalJson({ ...changed, digest: certificateDigest(changed) } as never);
};

it('a certificate holds by itself, long after', async () => {
  const report = await judged(text);
  expect(told(report)).toEqual([]);
  expect(report).toMatchObject({ verdict: 'verified', timeSource: 'signed', labels: ['simulated'] });
});

it('is open, not wrong, for whoever has selected nobody', async () => {
  const { hosts: _, ...rest } = made.trust;
  const report = await judged(text, rest);
  expect(report.verdict).toBe('undetermined');
  expect(told(report)).toContain('CERTIFICATE_CLAIM unknown');
});

it('any byte changed is never verified, nor another claim, proof, anchor or label under a right digest', async () => {
  for (let at = 40; at < text.length; at += Math.floor(text.length / 12)) {
    const bent = `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
    if (bent !== text) expect((await judged(bent)).verdict, String(at)).not.toBe('verified');
  }
  expect(told(await judged(resealed(({ claim }) => ({ claim: { ...claim, counted: 4 } }))))).toEqual([
    'CERTIFICATE_CLAIM fail',
  ]);
  expect(told(await judged(resealed(() => ({ subject: { host: 'did:web:x' } }))))).toEqual(['CERTIFICATE_CLAIM fail']);
  expect(told(await judged(resealed(() => ({ labels: [] }))))).toContain('CERTIFICATE_LABELS fail');
  expect(told(await judged(resealed(() => ({ anchors: {} }))))).toEqual(['CERTIFICATE_ANCHORS unknown']);
  const fewer = resealed(({ proof }) => {
    const credential = proof['credential'] as JsonObject;
    return {
      proof: { ...proof, credential: { ...credential, proof: (credential['proof'] as JsonObject[]).slice(0, 3) } },
    };
  });
  expect(told(await judged(fewer))).toContain('HOST_THRESHOLD fail');
});

it('counts under the checker’s own pins alone', async () => {
  const { hosts: _, ...rest } = made.trust;
  expect((await judged(text, rest)).verdict).not.toBe('verified');
  const [policy] = made.trust.hosts ?? [];
  const stricter = { ...made.trust, hosts: [{ ...policy!, threshold: 4 }] };
  expect((await judged(text, stricter)).verdict).toBe('rejected');
});

it('is not made of a host that is not verified', async () => {
  const context = { trust: made.trust, companions: [], now: hostTime };
  await expect(makeHostCertificate(made.json, made.companions, context)).rejects.toThrow('HOST_THRESHOLD');
});

it('of a host that had spoken before speaks of its moment alone, unless what it said before is in it', async () => {
  const context = { trust: made.trust, companions: [], now: hostTime };
  const next = await makeHost({ previous: hostDigest(json) });
  const nextJson = await vouched(next.json, validatorSigners.slice(0, 3));
  const alone = await judged(await makeHostCertificate(nextJson, next.companions, context));
  expect(alone.verdict).toBe('verified');
  expect(alone.checks.some(({ code }) => code === 'HOST_DRIFT')).toBe(false);
  const former = readContent('former.json', utf8(canonicalJson(json)));
  const both = await judged(await makeHostCertificate(nextJson, [...next.companions, former], context));
  expect(both.checks.find(({ code }) => code === 'HOST_DRIFT')?.status).toBe('pass');
  const changed = await makeHost({ previous: hostDigest(json), runtime: { ...next.subject.runtime, vcpus: 64 } });
  const changedJson = await vouched(changed.json, validatorSigners.slice(0, 3));
  await expect(makeHostCertificate(changedJson, [...changed.companions, former], context)).rejects.toThrow(
    /HOST_DRIFT/,
  );
});
