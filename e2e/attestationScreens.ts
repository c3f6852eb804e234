import type { Page } from '@playwright/test';
import { makeAttestationFiles, type AttestationFiles } from './attestationFiles.ts';
import { giveFiles, openCheck, type Screen } from './screens.ts';

type Given = Readonly<Record<string, string | Uint8Array>>;

let made: Promise<AttestationFiles> | undefined;

/** A screen of the check page with files on it, under nothing but this trust file. */
function judged(
  name: string,
  choose: (files: AttestationFiles) => { readonly given: Given; readonly trust?: string; readonly heading: RegExp },
  then: (page: Page) => Promise<void> = async () => undefined,
): Screen {
  return {
    name,
    async open(page, place) {
      const { given, trust, heading } = choose(await (made ??= makeAttestationFiles()));
      await openCheck(page, place.page, trust);
      await giveFiles(page, given);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor({ timeout: 120_000 });
      await then(page);
    },
  };
}

/** What every kind of attestation looks like, as it comes and when something about it is chosen. */
export const attestationScreens: readonly Screen[] = [
  judged('attestation-nitro', ({ nitro }) => ({
    given: { 'document.bin': nitro.document },
    trust: nitro.root,
    heading: /Cannot tell/,
  })),
  judged(
    'attestation-field-chosen',
    ({ nitro }) => ({ given: { 'document.bin': nitro.document }, trust: nitro.pinned, heading: /It holds/ }),
    async (page) => {
      await page.getByRole('treeitem', { name: /^cabundle/ }).click();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('treeitem', { name: /^certificate 1/ }).click();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('group', { name: 'Bytes of the document' }).focus();
      await page.keyboard.press('ArrowRight');
    },
  ),
  judged('attestation-registers-differ', ({ nitro }) => ({
    given: { 'document.bin': nitro.document },
    trust: nitro.other,
    heading: /does not hold/,
  })),
  judged(
    'attestation-at-another-time',
    ({ nitro }) => ({ given: { 'document.bin': nitro.document }, trust: nitro.pinned, heading: /It holds/ }),
    async (page) => {
      await page.getByRole('radio', { name: 'a time of mine' }).check();
      await page.getByLabel('Date and time in UTC').fill('2026-03-08T10:00:00');
      await page.getByRole('heading', { level: 1, name: /does not hold/ }).waitFor();
    },
  ),
  judged('attestation-file-missing', ({ sevSnp }) => ({
    given: { 'report.bin': sevSnp.report },
    heading: /Cannot tell/,
  })),
  judged('attestation-with-companions', ({ sevSnp }) => ({
    given: { 'report.bin': sevSnp.report, 'vcek.der': sevSnp.key, 'chain.pem': sevSnp.chain },
    heading: /does not hold/,
  })),
  judged('companion-alone', ({ sevSnp }) => ({
    given: { 'vcek.der': sevSnp.key },
    heading: /is an AMD VCEK certificate/,
  })),
  judged('attestation-dcap', ({ dcap }) => ({
    given: { 'quote.bin': dcap.quote, 'collateral.json': dcap.collateral },
    heading: /does not hold/,
  })),
  judged('attestation-tpm', ({ tpm }) => ({
    given: { 'attestation.pb': tpm.attestation },
    trust: tpm.trust,
    heading: /It holds/,
  })),
  judged('attestation-token', ({ jwt }) => ({
    given: { 'token.jwt': jwt.token },
    trust: jwt.trust,
    heading: /It holds/,
  })),
];
