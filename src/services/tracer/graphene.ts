/** The parts of `graphene-pk11` that are used here: it is no dependency of this project, so its types are not there either. */
export interface Library {
  readonly Module: { load(library: string, name: string): Module };
  readonly SessionFlag: { readonly SERIAL_SESSION: number; readonly RW_SESSION: number };
  readonly KeyType: { readonly EC: number };
  readonly KeyGenMechanism: { readonly EC: number };
  readonly ObjectClass: { readonly PRIVATE_KEY: number; readonly PUBLIC_KEY: number };
}

export interface Module {
  initialize(): void;
  finalize(): void;
  getSlots(withToken: boolean): Collection<Slot>;
}

export interface Collection<T> {
  readonly length: number;
  items(index: number): T;
}

export interface Slot {
  getToken(): { readonly label: string };
  open(flags: number): Session;
}

export interface Session {
  login(pin: string): void;
  close(): void;
  find(template: object): Collection<StoredObject>;
  generateKeyPair(mechanism: number, publicTemplate: object, privateTemplate: object): unknown;
  createSign(mechanism: 'ECDSA', key: PrivateKey): { once(data: Buffer): Buffer };
}

export interface StoredObject {
  getAttribute(template: object): Readonly<Record<string, unknown>>;
  toType<T>(): T;
}

export type PrivateKey = StoredObject;
