import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { certificateVersion, systems } from '../../core/certificate/envelope.ts';
import { readContent } from '../../core/kinds/content.ts';
import { judge, recognise } from '../../core/kinds/judge.ts';
import { kinds } from '../../core/kinds/registry.ts';
import { reportKind } from '../../core/report/kind.ts';
import { parseTrust, trustVersion } from '../../core/trust/parseTrust.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { releasedFolder, releasedList, type ReleasedFile } from './released.ts';

/**
 * Formats as `"affidavit"` names them that were released, and the folder that has them. Whoever makes a new version adds a line and its documents; a line is never
 * taken out: what was given to people once is judged for ever.
 */
const releasedFormats: Readonly<Record<string, string>> = {
  'certificate/1': '1',
  'report/1': '1',
  'trust/1': '1',
};

// Seals are recovered in plain JavaScript, some milliseconds each: on a busy machine that adds up.
vi.setConfig({ testTimeout: 60_000 });

const maximumLength = 60_000;
const files: (ReleasedFile & { readonly version: string })[] = [];
for (const version of await readdir(releasedFolder)) {
  const index = JSON.parse(await readFile(releasedList(version), 'utf8')) as {
    readonly files: readonly ReleasedFile[];
  };
  files.push(...index.files.map((file) => ({ ...file, version })));
}

function text(path: string): Promise<string> {
  return readFile(new URL(path, releasedFolder), 'utf8');
}

/** A day long after all of it was made: what was released stays verified. */
const later = Date.parse('2046-11-21T00:00:00Z');

describe('documents of released versions', () => {
  let versions: readonly string[];
  beforeAll(async () => {
    versions = await readdir(releasedFolder);
  });

  it.each(files)('$version/$name is verified as on the day it was made', async ({ version, name, trust, at }) => {
    const content = readContent(name, new Uint8Array(await readFile(new URL(`${version}/${name}`, releasedFolder))));
    const context = {
      trust: parseTrust(await text(`${version}/${trust}`)),
      companions: [],
      now: later,
      ...(at === undefined ? {} : { givenTime: Date.parse(at) }),
    };
    const all = kinds.includes(reportKind) ? kinds : [reportKind, ...kinds];
    const report = await judge(content, context, all);
    expect(report.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(report.verdict).toBe('verified');
  });

  it('are of every system and of every form that certificates are exported in', () => {
    for (const version of new Set(files.map((file) => file.version))) {
      const names = files.filter((file) => file.version === version).map(({ name }) => name);
      for (const system of systems) expect(names).toContain(`${system}.affidavit.json`);
      expect(names.some((name) => name.endsWith('.vc.json'))).toBe(true);
      expect(names.some((name) => name.endsWith('.dsse.json'))).toBe(true);
      expect(names.some((name) => name.endsWith('.report.json'))).toBe(true);
    }
  });

  it('are short', async () => {
    for (const { version, name } of files) {
      expect((await stat(new URL(`${version}/${name}`, releasedFolder))).size, name).toBeLessThanOrEqual(maximumLength);
    }
  });

  it('are there for every version that this program writes, and for all before it', () => {
    // A new version of a format: make its documents with makeReleased.ts, add its line, and leave the old ones.
    expect(Object.keys(releasedFormats)).toEqual(expect.arrayContaining([certificateVersion, trustVersion]));
    for (const current of [certificateVersion, trustVersion, 'report/1']) {
      const [format = '', number = '0'] = current.split('/');
      for (let each = 1; each <= Number(number); each++) expect(releasedFormats).toHaveProperty([`${format}/${each}`]);
    }
    expect(new Set(Object.values(releasedFormats))).toEqual(new Set(versions));
  });

  it('are, like every sample, of a kind that can be judged: a check of the folder leaves nothing out', async () => {
    const samples = new URL('../', releasedFolder);
    const entries = await readdir(samples, { recursive: true, withFileTypes: true });
    const given = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(given.length).toBeGreaterThan(20);
    for (const file of given)
      expect(recognise(readContent(file, await readFile(file)), kinds)?.name, file).toBeDefined();
  });

  it('say the version that they are listed for', async () => {
    for (const { version, name, trust } of files) {
      expect(await text(`${version}/${trust}`)).toContain(`"affidavit": "trust/`);
      if (!name.endsWith('.affidavit.json') && !name.endsWith('.report.json')) continue;
      const { affidavit } = JSON.parse(await text(`${version}/${name}`)) as { readonly affidavit: string };
      expect(releasedFormats[affidavit], name).toBe(version);
    }
  });

  it('have trust files that are written as they were read', async () => {
    for (const { version, trust } of files) {
      const file = await text(`${version}/${trust}`);
      expect(parseTrust(serializeTrust(parseTrust(file)))).toEqual(parseTrust(file));
    }
  });
});
