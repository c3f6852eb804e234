import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64 } from '../../../core/bytes/base64.ts';
import { utf8 } from '../../../core/bytes/bytes.ts';
import { sha3 } from '../../../core/bytes/hash.ts';
import { parsePem } from '../../../core/x509/pem.ts';
import { createNsmSimulator } from '../../../services/sequencer/nsmSimulator.ts';
import { fixtureName, type TeeFixture } from './measure.ts';

/** Documents of each path, and paths: a leaf of Nitro serves for three hours, so a run of documents shares few of them. */
const documentsPerPath = 512;
const paths = 2;

const hours = 3_600_000;
/** A genuine document that the other verifier takes: it refuses empty fields and more than 512 bytes. */
const genuineFile = 'tee/nitro/evervault-2022-10-13-nonce256.bin';
const genuineTime = Date.parse('2022-10-13T08:58:02Z');

/** A folder with the documents of the bench, to be taken away by `close`. */
export async function writeTeeFixture(
  say: (words: string) => void,
): Promise<{ folder: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'affidavit-bench-tee-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, fixtureName), JSON.stringify(await makeFixture(join(folder, 'state'), say)));
    await rm(join(folder, 'state'), { recursive: true, force: true });
    return { folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeFixture(stateFolder: string, say: (words: string) => void): Promise<TeeFixture> {
  let time = Date.UTC(2026, 2, 1, 12);
  const register = (value: number) => new Uint8Array(48).fill(value);
  const nsm = await createNsmSimulator({
    stateFolder,
    measurement: [register(1), register(2), register(3)],
    now: () => time,
  });
  const documents: string[] = [];
  for (let path = 0; path < paths; path++) {
    for (let index = 0; index < documentsPerPath; index++) {
      time += 1_000;
      // As a caller's challenge is: of one length, never the same.
      const nonce = sha3(utf8(`document ${documents.length}`));
      const request = { publicKey: register(7), userData: new Uint8Array(64).fill(index), nonce };
      documents.push(toBase64(await nsm.attest(request)));
    }
    time += 3 * hours;
  }
  const root = toBase64(parsePem(nsm.describe().rootPem ?? ''));
  return { root, documents, genuine: genuine(say) };
}

/** The other verifier has AWS's root built in and no other, so it gets a genuine document or is not measured. */
function genuine(say: (words: string) => void): TeeFixture['genuine'] {
  const file = join(process.env['AFFIDAVIT_VECTORS'] ?? '', genuineFile);
  if (process.env['AFFIDAVIT_VECTORS'] && existsSync(file)) {
    return { document: toBase64(readFileSync(file)), at: genuineTime };
  }
  say('@evervault/wasm-attestation-bindings is not run: it needs a genuine document (AFFIDAVIT_VECTORS)');
  return null;
}
