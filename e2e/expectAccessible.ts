import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { tooWide } from './tooWide.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Which rules are asked: those named alone, or all without those named. */
export type RulesAsked = { readonly only: readonly string[] } | { readonly without: readonly string[] };

/** What the rules about colours are called, which take two thirds of the time of all. */
export const colours = ['color-contrast', 'link-in-text-block'] as const;

/** What axe-core finds on the page as it stands, in the colours that it has, each with its place. */
export async function accessibilityFaults(page: Page, asked: RulesAsked = { without: [] }): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy would rightly refuse that.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const rules =
    'only' in asked
      ? { runOnly: { type: 'rule', values: asked.only } }
      : { rules: Object.fromEntries(asked.without.map((name) => [name, { enabled: false }])) };
  const { violations } = await page.evaluate(
    (options) =>
      (window as unknown as { axe: { run(settings: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        ...options,
      }),
    rules,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** Fails with every fault that axe-core finds. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFaults(page), 'faults that axe-core finds').toEqual([]);
}

/**
 * The page by day with every rule, by night, where nothing but the colours is another, with those about colours, and on a narrow screen, whose colours are those
 * of the wide one, with the others; nowhere does it scroll sideways. It stays narrow.
 */
export async function expectAccessibleEverywhere(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const night = await accessibilityFaults(page, { only: colours });
  await page.emulateMedia({ colorScheme: 'light' });
  const day = await accessibilityFaults(page);
  const wide = await tooWide(page);
  await page.setViewportSize({ width: 390, height: 900 });
  const narrow = await accessibilityFaults(page, { without: colours });
  const faults = { night, day, wide, narrow, wideOnNarrow: await tooWide(page) };
  expect(faults).toEqual({ night: [], day: [], wide: [], narrow: [], wideOnNarrow: [] });
}
