import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findAnvil } from './findAnvil.ts';
import { toolCandidates } from './foundryTool.ts';

describe('a tool of Foundry is looked for', () => {
  it('in the installed package, then on PATH, then where it was fetched to', () => {
    const env = { PATH: ['/usr/bin', 'not/absolute', '/opt/foundry'].join(delimiter) };
    const package_ = 'node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil';
    expect(toolCandidates('anvil', 'linux', 'x64', env, ['/project', '/cache']).map(forward)).toEqual([
      `/project/${package_}`,
      '/usr/bin/anvil',
      '/opt/foundry/anvil',
      `/cache/${package_}`,
    ]);
  });

  it('under the name of its platform', () => {
    const first = (platform: string, arch: string) =>
      forward(toolCandidates('anvil', platform, arch, {}, ['/p'])[0] as string);
    expect(first('darwin', 'arm64')).toBe('/p/node_modules/@foundry-rs/anvil-darwin-arm64/bin/anvil');
    expect(first('win32', 'x64')).toBe('/p/node_modules/@foundry-rs/anvil-win32-amd64/bin/anvil.exe');
    expect(forward(toolCandidates('forge', 'linux', 'arm64', {}, ['/p'])[0] as string)).toBe(
      '/p/node_modules/@foundry-rs/forge-linux-arm64/bin/forge',
    );
  });

  it('where ANVIL_PATH says, before all else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'affidavit-anvil-'));
    const path = join(folder, 'my-anvil');
    writeFileSync(path, '');
    vi.stubEnv('ANVIL_PATH', path);
    try {
      expect(await findAnvil()).toBe(path);
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Paths as POSIX writes them, whatever machine tests. */
function forward(path: string): string {
  return path.replaceAll('\\', '/');
}
