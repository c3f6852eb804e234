/** What goes into an enclave document beside the measurements; at most 1024 bytes each. A field left out becomes CBOR null. */
export interface AttestationRequest {
  readonly userData?: Uint8Array;
  readonly publicKey?: Uint8Array;
  readonly nonce?: Uint8Array;
}

/** What stands behind the documents, for the trust file of a chain. */
export interface NsmDescription {
  readonly simulated: boolean;
  /** The root that the documents chain to, or null where that is the built-in AWS Nitro root. */
  readonly rootPem: string | null;
  /** Platform configuration registers 0, 1 and 2 by number in decimal, 48 bytes each in lower-case hex: the form of a measurement pin. */
  readonly pcrs: Readonly<Record<string, string>>;
}

/** A Nitro Security Module: the device in a real enclave, or its simulator. */
export interface Nsm {
  /** A whole attestation document, an untagged COSE_Sign1. */
  attest(request: AttestationRequest): Promise<Uint8Array>;
  describe(): NsmDescription;
}
