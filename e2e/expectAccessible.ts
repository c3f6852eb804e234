import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it stands, in the colours that it has, each with its place: by every rule, or by those named. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy would rightly refuse that.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        ...(values && { runOnly: { type: 'rule', values } }),
      }),
    rules,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
}

/** Fails with every fault that axe-core finds. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFaults(page), 'faults that axe-core finds').toEqual([]);
}
