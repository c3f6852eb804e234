import type { CoseSign1 } from '../../cose/parse.ts';

/** Where something stands in the file, in bytes. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** Fields of the payload by their names in it. */
export type NitroField =
  | 'module_id'
  | 'digest'
  | 'timestamp'
  | 'pcrs'
  | 'nitrotpm_pcrs'
  | 'certificate'
  | 'cabundle'
  | 'public_key'
  | 'user_data'
  | 'nonce';

/** `nitrotpm`: a document of an EC2 instance's NitroTPM. Same keys, same look, but it does not speak for an enclave. */
export type NitroPlatform = 'enclave' | 'nitrotpm';

/** A document as read: syntax alone, nothing in it is verified. All byte arrays are views on `bytes`. */
export interface NitroDocument {
  readonly bytes: Uint8Array;
  readonly cose: CoseSign1;
  readonly platform: NitroPlatform;
  readonly moduleId: string;
  /** Always `SHA384`. */
  readonly digest: string;
  /** Milliseconds since 1970, by the hypervisor's clock. */
  readonly timestamp: number;
  /** Register number → 32, 48 or 64 bytes. */
  readonly pcrs: ReadonlyMap<number, Uint8Array>;
  /** The leaf, DER. */
  readonly certificate: Uint8Array;
  readonly certificateRange: Range;
  /** DER, root first, the issuer of the leaf last. */
  readonly cabundle: readonly Uint8Array[];
  readonly cabundleRanges: readonly Range[];
  readonly publicKey?: Uint8Array;
  readonly userData?: Uint8Array;
  readonly nonce?: Uint8Array;
  /** Names (cut to 64 characters) of fields that AWS has not described. */
  readonly unknownFields: readonly string[];
  /** Where the value of each field stands in the file, its CBOR head included. */
  readonly ranges: Readonly<Partial<Record<NitroField, Range>>>;
}
