import { encodeCbor } from '../bytes/cbor.ts';
import { sha3 } from '../bytes/hash.ts';
import { fromHex0x, type Hex } from '../evm/hex.ts';

/** The domain string of what a machine puts into its attestation document for the network (DESIGN §5). */
export const networkVmDomain = 'affidavit/network-vm/1';

/** The `user_data` of a machine's document: CBOR `["affidavit/network-vm/1", vmId: bstr32]`. */
export function encodeNetworkVm(vmId: Hex): Uint8Array<ArrayBuffer> {
  return encodeCbor([networkVmDomain, fromHex0x(vmId)]);
}

/** What stands in 64 bytes of report data in its place (SEV-SNP, SGX, TDX): its H, and zeros. */
export function networkVmReportData(vmId: Hex): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(64);
  data.set(sha3(encodeNetworkVm(vmId)));
  return data;
}
