import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { x509 } from '../../core/x509/x509.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { issueRoot, type Issued } from './simulatedCertificates.ts';

const fileName = 'simulated-nitro-root.pem';

/**
 * The simulator's root, kept in a state folder so that the chains of earlier runs stay auditable under the same root; made on first use,
 * readable by its owner only. Whoever has the file can make documents under that root: it is for development alone.
 * @throws AuditorError `source` SIMULATOR_ROOT where the file is not what was written there, IO_… where it cannot be read or written
 */
export async function simulatorRoot(folder: string, time: number): Promise<Issued> {
  const path = join(await stateFolder(folder), fileName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The simulator's root ${path} cannot be read`, error);
    const root = await issueRoot(time);
    await writeFileDurably(path, await toPem(root), 0o600);
    return root;
  }
  try {
    return await fromPem(text);
  } catch (cause) {
    throw new AuditorError(
      'source',
      'SIMULATOR_ROOT',
      `The simulator's root ${path} is damaged. Restore it, or delete it for a new one: chains of earlier runs then keep their pinned root, new ones get the new one.`,
      { cause },
    );
  }
}

async function toPem(root: Issued): Promise<string> {
  const key = await crypto.subtle.exportKey('pkcs8', root.keys.privateKey);
  return `${root.certificate.toString('pem')}\n${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`;
}

async function fromPem(text: string): Promise<Issued> {
  const [certificateDer, keyDer] = x509.PemConverter.decode(text);
  if (certificateDer === undefined || keyDer === undefined) throw new Error('Two PEM blocks were expected.');
  const certificate = new x509.X509Certificate(certificateDer);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-384' };
  const keys = {
    publicKey: await crypto.subtle.importKey('spki', certificate.publicKey.rawData, algorithm, true, ['verify']),
    privateKey: await crypto.subtle.importKey('pkcs8', keyDer, algorithm, true, ['sign']),
  };
  const probe = new Uint8Array(32);
  const hash = { name: 'ECDSA', hash: 'SHA-384' };
  const signature = await crypto.subtle.sign(hash, keys.privateKey, probe);
  if (!(await crypto.subtle.verify(hash, keys.publicKey, signature, probe))) {
    throw new Error('Key and certificate do not belong together.');
  }
  return { certificate, der: new Uint8Array(certificate.rawData), keys };
}
