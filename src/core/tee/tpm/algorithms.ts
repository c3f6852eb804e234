/** A digest as TPMs name it (TCG Algorithm Registry, table 3), with the names that logs and WebCrypto use. */
export interface TpmHash {
  readonly id: number;
  /** As tpm2-tools and event logs write it. */
  readonly name: string;
  readonly webCrypto: string;
  readonly length: number;
}

export const tpmHashes: readonly TpmHash[] = [
  { id: 0x0004, name: 'sha1', webCrypto: 'SHA-1', length: 20 },
  { id: 0x000b, name: 'sha256', webCrypto: 'SHA-256', length: 32 },
  { id: 0x000c, name: 'sha384', webCrypto: 'SHA-384', length: 48 },
  { id: 0x000d, name: 'sha512', webCrypto: 'SHA-512', length: 64 },
];

export function hashById(id: number): TpmHash | undefined {
  return tpmHashes.find((hash) => hash.id === id);
}

export function hashByName(name: string): TpmHash | undefined {
  return tpmHashes.find((hash) => hash.name === name);
}

export const tpmAlgorithm = {
  rsa: 0x0001,
  null: 0x0010,
  rsassa: 0x0014,
  rsapss: 0x0016,
  ecdsa: 0x0018,
  ecc: 0x0023,
} as const;

/** Curves of TPM 2.0 keys that WebCrypto can verify with (TCG Algorithm Registry, table 4). */
export const tpmCurves: Readonly<Record<number, { readonly name: string; readonly length: number }>> = {
  3: { name: 'P-256', length: 32 },
  4: { name: 'P-384', length: 48 },
  5: { name: 'P-521', length: 66 },
};

/** `0x000b`, as specifications write algorithm identifiers. */
export function idText(id: number): string {
  return `0x${id.toString(16).padStart(4, '0')}`;
}
