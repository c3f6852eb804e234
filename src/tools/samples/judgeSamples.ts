import { readContent } from '../../core/kinds/content.ts';
import { judge } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { emptyTrust } from '../../core/trust/emptyTrust.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import { walk } from '../../core/verdict/check.ts';
import type { SampleFile } from './sampleFiles.ts';

/** How the samples turn out otherwise than they should, one sentence each; nothing where all is as expected. */
export async function judgeSamples(files: readonly SampleFile[], now: number): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { file, bytes, trust: trustName, expect } of files) {
    const trustFile = files.find((other) => other.file === trustName);
    if (trustName !== undefined && !trustFile)
      faults.push(`${file} names a trust file that is not there: ${trustName}.`);
    const trust = trustFile ? parseTrust(trustFile.bytes) : emptyTrust;
    const { verdict, checks } = await judge(readContent(file, bytes), { trust, now, companions: [] }, kinds);
    if (verdict === expect) continue;
    const open = [...walk(checks)]
      .filter(({ status }) => status !== 'pass')
      .map(({ code, status }) => `${code} ${status}`);
    faults.push(`${file} is ${verdict}, ${expect} was expected (${open.join(', ') || 'no check at all'}).`);
  }
  return faults;
}
