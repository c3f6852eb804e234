import { defineConfig } from '@playwright/test';
import { launchOptions } from './launchOptions.ts';

/** Specs by screen, in one real Chromium, against the built page and a stack of real services that each spec file starts for itself. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  // Each worker starts a stack of its own, which mostly waits for blocks: four keep the two cores of a small machine busy.
  workers: 4,
  // Bounds for what hangs: behind most pages stand real services, which a busy machine may make wait.
  timeout: 300_000,
  expect: { timeout: 120_000 },
  // What fails once and holds when it is done again is named at the end as flaky: a net, not a cure.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    launchOptions: await launchOptions(),
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Colours that are on their way from one to another would be judged as they stand by chance.
    contextOptions: { reducedMotion: 'reduce' },
    // Each test is a first visit, at which the offline worker would fetch the whole site: those that are about it allow it.
    serviceWorkers: 'block',
    // Recording every step costs a quarter of the time of all tests: ask for it (`AFFIDAVIT_TRACE=1`) when one has failed.
    trace: process.env.AFFIDAVIT_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});
