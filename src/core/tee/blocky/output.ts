/** One signed function call as it stands in the file, nothing of it decoded. */
export interface BlockyCall {
  /** The bytes inside the base64 of `transitive_attestation`. */
  readonly attestation: Uint8Array;
  /** What the file says beside it: unsigned copies, to be compared and never believed. */
  readonly claims: CallClaims;
}

export interface CallClaims {
  readonly hash_of_code: string;
  readonly function: string;
  readonly hash_of_input: string;
  /** Base64. */
  readonly output: string;
  readonly hash_of_secrets: string;
}

export interface KeyClaims {
  readonly curve_type: string;
  /** Base64. */
  readonly data: string;
}

/** An output of the Blocky Attestation Service as it was read: its shape alone. */
export interface BlockyOutput {
  /** `old`: before spring 2025, with other names and JSON in the place of Solidity's encoding. */
  readonly form: 'current' | 'old';
  readonly platform: string;
  /** What the platform attested, in order: whole Nitro documents, or JSON where the platform is `plain`. */
  readonly documents: readonly Uint8Array[];
  /** Absent in the old form. */
  readonly measurement: { readonly platform: string; readonly code: string } | undefined;
  readonly publicKey: KeyClaims;
  readonly calls: readonly BlockyCall[];
  /** Members that nobody has described, by their paths. */
  readonly unknownMembers: readonly string[];
}
