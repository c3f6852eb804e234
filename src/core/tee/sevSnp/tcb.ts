import type { AmdProduct } from './product.ts';

/** Parts of a TCB_VERSION, each the security version of one piece of firmware; `reserved` are the bytes that have no name. */
export interface Tcb {
  /** FMC, the firmware that the secure processor starts with: Turin only. */
  readonly fmc?: number;
  readonly bootLoader: number;
  readonly tee: number;
  readonly snp: number;
  readonly microcode: number;
  readonly reserved: readonly number[];
}

/** Where each part stands in the 8 bytes (56860 §2.2; Turin: table "TCB_VERSION" for family 1Ah). */
const layouts = {
  before: { bootLoader: 0, tee: 1, reserved: [2, 3, 4, 5], snp: 6, microcode: 7 },
  turin: { fmc: 0, bootLoader: 1, tee: 2, snp: 3, reserved: [4, 5, 6], microcode: 7 },
} as const;

/** The parts of a TCB_VERSION of 8 bytes, which lie differently since Turin. */
export function readTcb(bytes: Uint8Array, product: AmdProduct): Tcb {
  const at = (index: number): number => bytes[index] ?? 0;
  const layout = product === 'Turin' ? layouts.turin : layouts.before;
  return {
    ...('fmc' in layout && { fmc: at(layout.fmc) }),
    bootLoader: at(layout.bootLoader),
    tee: at(layout.tee),
    snp: at(layout.snp),
    microcode: at(layout.microcode),
    reserved: layout.reserved.map(at),
  };
}

/** By the names that AMD's certificates and its key service give the parts, in their order. */
export function namedParts({
  fmc,
  bootLoader,
  tee,
  snp,
  microcode,
}: Tcb): readonly (readonly [name: string, value: number])[] {
  return [
    ...(fmc === undefined ? [] : [['fmcSPL', fmc] as const]),
    ['blSPL', bootLoader],
    ['teeSPL', tee],
    ['snpSPL', snp],
    ['ucodeSPL', microcode],
  ];
}

export function tcbText(tcb: Tcb): string {
  return namedParts(tcb)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** Whether no part of one is newer than in the other. Every part is one byte, so this needs no layout. */
export function isAtMost(one: Uint8Array, other: Uint8Array): boolean {
  return one.every((part, index) => part <= (other[index] ?? -1));
}
