import { generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';
import { slimPlugin } from './slimPlugin.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const entry = '\0entry';
const code = `
  import elliptic from 'elliptic';
  import jsonld from 'jsonld';
  export const holds = (key, digest, signature) => new elliptic.ec('p256').keyFromPublic(key).verify(digest, signature);
  export const quads = (document) => jsonld.canonize(document, { algorithm: 'RDFC-1.0', format: 'application/n-quads', base: '' });
  export const frame = (document) => jsonld.frame(document, {});`;

interface Slim {
  readonly holds: (key: Uint8Array, digest: Uint8Array, signature: Uint8Array) => boolean;
  readonly quads: (document: object) => Promise<string>;
  readonly frame: (document: object) => Promise<object>;
}

it('leaves what checks call, and makes an error of the rest', async () => {
  const result = await build({
    root: project,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    plugins: [
      slimPlugin(project),
      {
        name: 'entry',
        resolveId: (id, importer) =>
          id === entry ? id : importer === entry ? `${project}node_modules/${id}/lib/${id}.js` : null,
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { codeSplitting: false } },
    },
  });
  const [chunk] = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built.');
  const slim = (await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(chunk.code).toString('base64')}`
  )) as Slim;

  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const data = Buffer.from('what was signed');
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', data));
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
  const signature = sign('sha256', data, privateKey);
  expect(slim.holds(key, digest, signature)).toBe(true);
  digest[0] = (digest[0] as number) ^ 1;
  expect(slim.holds(key, digest, signature)).toBe(false);

  const document = { '@context': { name: 'urn:name' }, name: 'a', 'urn:of': { '@id': 'urn:b' } };
  expect(await slim.quads(document)).toBe('_:c14n0 <urn:name> "a" .\n_:c14n0 <urn:of> <urn:b> .\n');
  await expect(slim.frame(document)).rejects.toThrow(TypeError);
});

it('leaves tables of keys to the page of a chain alone, and there is a kernel to leave out', async () => {
  const id = `${project}src/core/p384/p384Kernel.ts`;
  const loaded = (plugin: ReturnType<typeof slimPlugin>) => (plugin.load as (id: string) => string | null)(id);
  expect(loaded(slimPlugin(project, true))).toBeNull();
  const { makeP384Kernel } = (await import(`data:text/javascript,${loaded(slimPlugin(project))}`)) as {
    makeP384Kernel: () => unknown;
  };
  expect(makeP384Kernel()).toBeUndefined();
  expect((await import(id)) as object).toHaveProperty('makeP384Kernel');
});
