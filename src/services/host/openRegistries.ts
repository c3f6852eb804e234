import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createPublicClient, http, stringToHex, type Abi } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { didRegistryAbi } from '../../contracts/didRegistry.ts';
import { revocationRegistryAbi } from '../../contracts/revocationRegistry.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { sha3 } from '../../core/bytes/hash.ts';
import { canonicalJson } from '../../core/bytes/jcs.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { ethrDid } from '../../core/did/didChange.ts';
import { hostServiceAttribute, p256Attribute } from '../../core/did/ethrDocument.ts';
import { toHex0x, type Hex } from '../../core/evm/hex.ts';
import { listSubject } from '../../core/host/controllers.ts';
import { isObject, text } from '../../core/vc/credential.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { openLedgerAccount } from '../ledger/ledgerAccount.ts';
import { refusing } from '../ledger/refusing.ts';
import { faultCode, ioFault } from '../process/ioFault.ts';
import { stateFolder } from '../process/stateFolder.ts';
import { writeFileDurably } from '../process/writeFileDurably.ts';
import { ethrIdentity, type Identity } from './identity.ts';
import type { P256Key } from './p256Key.ts';

export interface RegistryAddresses {
  /** Address of a node. */
  readonly rpc: string;
  readonly didRegistry: Hex;
  readonly revocationRegistry: Hex;
}

/** What a host writes to a ledger: its key, and which status list is in force. */
export interface Registries {
  /** The account that is the identity. */
  readonly address: Hex;
  /** `did:ethr` with this key, registered where it is not yet. @throws AuditorError `source` LEDGER_REFUSED | REGISTRY_KEY */
  identity(key: P256Key): Promise<Identity>;
  /** Says on the ledger where this identity answers, and takes back what it said before. @throws AuditorError `source` LEDGER_REFUSED | IO_… */
  announce(url: string): Promise<void>;
  /** Digest, time and lifetime of a list. @throws AuditorError `source` LEDGER_REFUSED */
  anchorList(list: JsonObject): Promise<void>;
  /** Takes back a DID or a credential: `didSubject`, or its digest. @throws AuditorError `source` LEDGER_REFUSED */
  revoke(subject: Hex): Promise<void>;
}

/** Ten years, the longest that the registry takes. */
const validity = 315_360_000n;
const serviceName = stringToHex(hostServiceAttribute, { size: 32 });
/** More than any of these needs. */
const gasLimit = 500_000n;
const attribute = stringToHex(p256Attribute, { size: 32 });

/** By the account of that folder, made at first use; it needs what transactions cost on that ledger. @throws AuditorError `source` IO_… | ACCOUNT_DAMAGED | LEDGER_REFUSED */
export async function openRegistries(folder: string, addresses: RegistryAddresses): Promise<Registries> {
  const { rpc, didRegistry, revocationRegistry } = addresses;
  const account = await folderAccount(folder);
  const chainId = await refusing('to say its number', () => createPublicClient({ transport: http(rpc) }).getChainId());
  const { address, node, record } = openLedgerAccount({ rpc: [rpc], pin: { chainId }, account });
  const take = (contract: Hex, abi: Abi, functionName: string, args: readonly unknown[]): Promise<number> =>
    refusing(functionName, async () => {
      // Without an estimate: that is made at the time of the last block, which may be long ago where blocks are made only for transactions, and a list of now would be one of the future.
      const { blockNumber } = await record({ address: contract, abi, functionName, args, gas: gasLimit });
      return Number((await node.getBlock({ blockNumber })).timestamp);
    });
  const did = ethrDid({ chainId, address });
  return {
    address,
    async identity(key) {
      const value = toHex0x(key.compressed);
      const file = join(await stateFolder(folder), 'registered-key');
      const known = await readFile(file, 'utf8').catch(() => undefined);
      const wanted = `${didRegistry} ${value}`;
      if (known === undefined || (known !== wanted && known.endsWith(` ${value}`))) {
        const time = await take(didRegistry, didRegistryAbi, 'setAttribute', [address, attribute, value, validity]);
        // Keys count from the time of their block, which may be a little ahead of the clock.
        await delay(Math.max(0, (time + 1) * 1000 - Date.now()));
        await writeFileDurably(file, wanted);
      } else if (known !== wanted) {
        const words = 'Another key was used in this state folder. A key is exchanged by a new folder.';
        throw new AuditorError('source', 'REGISTRY_KEY', words);
      }
      // The first attribute of this identity, which is this program's alone.
      return ethrIdentity(key, did, `${did}#delegate-1`);
    },
    async announce(url) {
      const file = join(await stateFolder(folder), 'announced-address');
      const [registry, before] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
      const isKnown = registry === didRegistry && before !== undefined && before !== '';
      if (isKnown && before === url) return;
      const valueOf = (words: string): Hex => toHex0x(utf8(words));
      await take(didRegistry, didRegistryAbi, 'setAttribute', [address, serviceName, valueOf(url), validity]);
      await writeFileDurably(file, `${didRegistry} ${url}`);
      if (isKnown) await take(didRegistry, didRegistryAbi, 'revokeAttribute', [address, serviceName, valueOf(before)]);
    },
    async anchorList(list) {
      const subject = list['credentialSubject'];
      const time = Math.floor(Date.parse(text(list, 'validFrom') ?? '') / 1000);
      const ttl = Math.floor(Number(isObject(subject) ? subject['ttl'] : NaN) / 1000);
      const digest = toHex0x(sha3(utf8(canonicalJson(list))));
      const args = [listSubject(text(list, 'id') ?? ''), digest, BigInt(time), BigInt(ttl)];
      await take(revocationRegistry, revocationRegistryAbi, 'anchorList', args);
    },
    async revoke(subject) {
      await take(revocationRegistry, revocationRegistryAbi, 'revoke', [subject, toHex0x(new Uint8Array(32))]);
    },
  };
}

async function folderAccount(folder: string): Promise<ReturnType<typeof privateKeyToAccount>> {
  const path = join(await stateFolder(folder), 'account-key');
  let key: string;
  try {
    key = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw ioFault(`The account's key ${path} cannot be read`, error);
    key = generatePrivateKey();
    await writeFileDurably(path, key);
  }
  if (/^0x[0-9a-f]{64}$/.test(key)) return privateKeyToAccount(key as Hex);
  throw new AuditorError('source', 'ACCOUNT_DAMAGED', `${path} is no key: 0x and 64 hex digits were expected.`);
}
