import { toHex } from '../../bytes/hex.ts';
import { fail, pass, unknown, type Check, type Note } from '../../verdict/check.ts';
import type { Quote } from './quote.ts';

/** Intel's quoting enclaves. */
export const intelVendor = '939a7233f79c4ca9940a0db3957f0607';

const spec = 'Intel TDX Module Base Specification, ATTRIBUTES; Intel SGX ECDSA Quote Library API A.1';

/** Bits of TDATTRIBUTES that are described: SEPT_VE_DISABLE 28, MIGRATABLE 29, PKS 30, KL 31, PERFMON 63; bits 0 to 7 put a TD under debug. */
const described = (1n << 28n) | (1n << 29n) | (1n << 30n) | (1n << 31n) | (1n << 63n) | 0xffn;
const septVeDisable = 1n << 28n;
const migratable = 1n << 29n;

/** Whether what runs can be read and changed from outside: the DEBUG flag of an SGX enclave, any bit of the TUD group of a trust domain. */
export function isDebug({ tee, body }: Quote): boolean {
  return tee === 'SGX'
    ? isDebugEnclave(body.get('ATTRIBUTES'))
    : (tdAttributes(body.get('TDATTRIBUTES')) & 0xffn) !== 0n;
}

/** SGX ATTRIBUTES.FLAGS bit 1 (Intel SDM vol. 3D, 34.7.1). */
export function isDebugEnclave(attributes: Uint8Array): boolean {
  return ((attributes[0] ?? 0) & 2) !== 0;
}

/**
 * Who made the quote, and of what? Bits that nobody has described could change the meaning, and a trust domain that may be moved, or that a service domain acts on,
 * is only as good as what does so: with these the answer is not known.
 */
export function checkPlatform(quote: Quote): Check {
  const { tee, version, header, body } = quote;
  const vendor = toHex(header.get('qeVendorId'));
  const params = { tee, version, vendor };
  if (vendor !== intelVendor) return fail('TEE_PLATFORM', { spec, params });
  if (tee === 'SGX') return pass('TEE_PLATFORM', { spec, params: { ...params, what: 'an SGX enclave' } });
  const attributes = tdAttributes(body.get('TDATTRIBUTES'));
  const open = (reason: string) => unknown('TEE_PLATFORM', { spec, params: { ...params, reason } });
  if ((attributes & ~described) !== 0n) {
    return open(`TDATTRIBUTES ${toHex(body.get('TDATTRIBUTES'))} has bits that are not described.`);
  }
  if ((attributes & migratable) !== 0n) return open('The trust domain may be moved to another platform (MIGRATABLE).');
  const hasService = body.layout.some(({ name }) => name === 'MRSERVICETD');
  if (hasService && body.get('MRSERVICETD').some((byte) => byte !== 0)) {
    return open(`A service domain acts on it: MRSERVICETD is ${toHex(body.get('MRSERVICETD'))}.`);
  }
  const notes: Note[] = (attributes & septVeDisable) === 0n ? [{ code: 'DCAP_SEPT_VE' }] : [];
  return pass('TEE_PLATFORM', {
    spec,
    params: { ...params, what: 'a TDX trust domain' },
    ...(notes.length > 0 && { notes }),
  });
}

function tdAttributes(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
