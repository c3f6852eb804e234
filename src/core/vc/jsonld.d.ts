/** The part of jsonld 9 that is used; the package brings no types. */
declare module 'jsonld' {
  interface RemoteDocument {
    readonly contextUrl: null;
    readonly document: object;
    readonly documentUrl: string;
  }
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0';
    readonly inputFormat?: 'application/n-quads';
    readonly format: 'application/n-quads';
    readonly safe: boolean;
    readonly base: string;
    readonly documentLoader: (address: string) => Promise<RemoteDocument>;
    readonly canonizeOptions: {
      readonly maxWorkFactor: number;
      /** Filled with the names that blank nodes get. */
      readonly canonicalIdMap?: Map<string, string>;
      readonly signal?: AbortSignal;
      readonly createMessageDigest: () => { update: (text: string) => void; digest: () => string };
    };
  }
  const jsonld: { readonly canonize: (document: object | string, options: CanonizeOptions) => Promise<string> };
  export = jsonld;
}
