import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../bytes/bytes.ts';
import { readContent } from '../../kinds/content.ts';
import { judge } from '../../kinds/judge.ts';
import type { Trust } from '../../trust/trust.ts';
import { walk } from '../../verdict/check.ts';
import { vectorFolder } from '../vectors.fixture.ts';
import type { BlockyDetails } from './details.ts';
import { blockyKind } from './kind.ts';

const folder = vectorFolder('blocky');

async function check(file: string, trust: Trust = {}) {
  const bytes = utf8(readFileSync(join(folder ?? '', file), 'utf8'));
  const report = await judge(readContent(file, bytes), { trust, now: 0, companions: [] }, [blockyKind]);
  const told = (status: string) =>
    [...walk(report.checks)].filter((found) => found.status === status && !found.children).map(({ code }) => code);
  return { ...report, failing: told('fail'), open: told('unknown'), details: report.details as BlockyDetails };
}

describe.skipIf(!folder)('published outputs', () => {
  it('of the Nitro platform is genuine, open for its measurement, and holds once that is pinned', async () => {
    const file = 'styks-nitro-2025-08-19.json';
    const report = await check(file);
    expect(report).toMatchObject({
      verdict: 'undetermined',
      timeSource: 'signed',
      labels: [],
      failing: [],
      open: ['TEE_MEASUREMENT'],
    });
    expect(report.at).toMatch(/^2025-08-19T/);
    expect(report.details.calls[0]).toMatchObject({ function: 'priceFunc', emptySecrets: false });
    const offered = report.details.explained.offered;
    expect(offered?.nitro?.roots).toBeUndefined();
    expect((await check(file, offered)).verdict).toBe('verified');
  });

  it('in the old form is genuine too', async () => {
    const file = 'twap-nitro-2025-02-17-old-format.json';
    const report = await check(file);
    expect(report).toMatchObject({ verdict: 'undetermined', failing: [], open: ['TEE_MEASUREMENT'] });
    expect(report.details).toMatchObject({ form: 'old', calls: [{ function: 'twap' }] });
    expect((await check(file, report.details.explained.offered)).verdict).toBe('verified');
  });

  it('of the platform plain is no TEE, although every signature in it holds', async () => {
    const report = await check('plain-error_handling-out-success.json');
    expect(report).toMatchObject({ verdict: 'rejected', labels: ['not a TEE'], failing: ['TEE_PLATFORM'], open: [] });
    expect(report.details.calls[0]?.outputText).toContain('42');
  });
});
