import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { accountSigner } from '../../audit/trace/accountSigner.ts';
import { toBase64Url } from '../../core/bytes/base64.ts';
import { toHex } from '../../core/bytes/hex.ts';
import type { Hex } from '../../core/evm/hex.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { parseVmKey } from '../../core/trace/anchor/vmKey.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import type { AnchorLedger } from './anchorLedger.ts';

/** A machine that runs programs, signs their traces and is registered on a ledger. */
export interface Machine {
  /** Identifier: 64 hex digits, `vm` of the metadata. */
  readonly vm: string;
  readonly signer: Signer;
  /** Its entry for a trust file. */
  readonly pin: { readonly id: string; readonly key: string };
}

/**
 * A machine whose key is the one that is registered: where the ledger has none for that name, or another, the signer's is registered now.
 * @throws AuditorError `source` LEDGER_REFUSED
 */
export async function openMachine(ledger: AnchorLedger, name: string, signer: Signer): Promise<Machine> {
  const vm = await ledger.machine(name);
  const { x, y } = parseVmKey(signer.publicKey);
  const { key } = await ledger.state(vm);
  if (key !== `${toHex(x)}${toHex(y)}`) await ledger.setKey(name, signer);
  return { vm, signer, pin: { id: vm, key: toBase64Url(signer.publicKey) } };
}

/** The key on secp256k1 of the machine of a folder, made at first use: for development; in earnest it is in a token. @throws AuditorError `source` IO_… | MACHINE_KEY */
export async function folderSigner(folder: string): Promise<Signer> {
  const path = join(await stateFolder(folder), 'machine-key');
  let key: string;
  try {
    key = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The machine's key ${path} cannot be read`, error);
    key = generatePrivateKey();
    await writeFileDurably(path, key);
  }
  if (!/^0x[0-9a-f]{64}$/.test(key)) {
    throw new AuditorError('source', 'MACHINE_KEY', `${path} is no key: 0x and 64 hex digits were expected.`);
  }
  return accountSigner(privateKeyToAccount(key as Hex));
}
