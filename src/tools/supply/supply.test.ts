import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { readAdvisories } from './askAdvisories.ts';
import { billOfMaterials, type Component, type Lock } from './billOfMaterials.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const bundled = ['react-dom', 'wagmi'];
const lock = JSON.parse(await readFile(`${project}/package-lock.json`, 'utf8')) as Lock;
const bill = billOfMaterials(lock, 'Apache-2.0', bundled);

it('names what npm names, each with its digest', async () => {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: project,
    shell: process.platform === 'win32',
    maxBuffer: 1 << 26,
  });
  const npm = (JSON.parse(stdout) as { components: Component[] }).components.map(({ purl }) => purl);
  const own = bill.components.map(({ purl }) => purl);
  // npm leaves out what this machine does not install.
  expect(npm.filter((purl) => !own.includes(purl))).toEqual([]);
  expect(new Set(own).size).toBe(own.length);
  expect(bill.components.filter(({ hashes }) => !hashes?.[0]?.content)).toEqual([]);
}, 600_000);

it('has no name in a graph that is not in the list', () => {
  const refs = new Set([...bill.components.map(({ purl }) => purl), `pkg:npm/${lock.name}@${lock.version}`]);
  for (const { ref, dependsOn } of bill.dependencies) {
    expect(refs.has(ref), ref).toBe(true);
    for (const each of dependsOn) expect(refs.has(each), each).toBe(true);
  }
});

it('tells what is shipped from what builds and tests', () => {
  const scope = (name: string) => bill.components.find((each) => each.name === name)?.scope;
  expect(['viem', 'react', 'scheduler', 'vitest', 'snarkjs'].map(scope)).toEqual(
    'required required required excluded optional'.split(' '),
  );
});

it('finds what a package is given: the nearest above it', () => {
  const own: Lock = {
    name: 'x',
    version: '1.0.0',
    packages: {
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '2' } },
      'node_modules/a/node_modules/b': { version: '2.0.0' },
      'node_modules/@s/c': { version: '3.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0' },
    },
  };
  const { dependencies } = billOfMaterials(own, 'MIT', []);
  expect(dependencies).toEqual([
    { ref: 'pkg:npm/%40s/c@3.0.0', dependsOn: ['pkg:npm/b@1.0.0'] },
    { ref: 'pkg:npm/a@1.0.0', dependsOn: ['pkg:npm/b@2.0.0'] },
    { ref: 'pkg:npm/b@1.0.0', dependsOn: [] },
    { ref: 'pkg:npm/b@2.0.0', dependsOn: [] },
    { ref: 'pkg:npm/x@1.0.0', dependsOn: ['pkg:npm/a@1.0.0', 'pkg:npm/b@1.0.0'] },
  ]);
});

it('takes no answer for no answer', () => {
  expect(readAdvisories('{"message":"405 Method Not Allowed"}')).toBeUndefined();
  expect(readAdvisories('')).toBeUndefined();
  const none = { auditReportVersion: 2, vulnerabilities: {}, metadata: { vulnerabilities: { total: 0 } } };
  expect(readAdvisories(JSON.stringify(none))).toEqual({ total: 0, found: [] });
  const some = {
    ...none,
    vulnerabilities: { a: { severity: 'high', range: '<2' } },
    metadata: { vulnerabilities: { total: 1 } },
  };
  expect(readAdvisories(JSON.stringify(some))?.found).toEqual([{ name: 'a', severity: 'high', range: '<2' }]);
});
