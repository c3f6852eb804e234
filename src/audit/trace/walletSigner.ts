import { hashMessage, recoverPublicKey, type Hex } from 'viem';
import { fromHex0x } from '../../core/evm/hex.ts';
import { toContractMetadata } from '../../core/trace/anchor/contractMetadata.ts';
import { lowS } from '../../core/trace/anchor/lowS.ts';
import type { Signer } from '../../core/trace/anchor/signer.ts';
import { encodeVmKey } from '../../core/trace/anchor/vmKey.ts';
import { traceDomainName, traceDomainVersion, traceTypes } from '../../core/trace/metadata.ts';

/** What a wallet must be able to do: a wallet client of viem or wagmi can. */
export interface Wallet {
  signMessage(options: { readonly message: string }): Promise<Hex>;
  signTypedData(options: WalletTypedData): Promise<Hex>;
}

export interface WalletTypedData {
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: number;
    readonly verifyingContract: Hex;
  };
  readonly types: typeof traceTypes;
  readonly primaryType: 'TraceMetadata';
  readonly message: ReturnType<typeof toContractMetadata>;
}

/** What a wallet is asked to sign so that its public key is known; it authorises nothing. */
const walletMessage = 'Affidavit: show the public key of this account, so that it can sign traces of programs.';

/** A person's wallet as the key of a machine: it shows field by field what it signs (EIP-712). Asks for one signature at once, which tells its public key. */
export async function openWalletSigner(wallet: Wallet): Promise<Signer> {
  const signature = await wallet.signMessage({ message: walletMessage });
  const point = fromHex0x(await recoverPublicKey({ hash: hashMessage(walletMessage), signature }));
  return {
    algorithm: 'secp256k1',
    publicKey: encodeVmKey({ algorithm: 'secp256k1', x: point.slice(1, 33), y: point.slice(33) }),
    async sign(_digest, { metadata, domain }) {
      const signed = await wallet.signTypedData({
        domain: { name: traceDomainName, version: traceDomainVersion, ...domain },
        types: traceTypes,
        primaryType: 'TraceMetadata',
        message: toContractMetadata(metadata),
      });
      return lowS(fromHex0x(signed));
    },
  };
}
