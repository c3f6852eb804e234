const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The modules of a QR code with one of the eight masks (ISO/IEC 18004 §7.3, §7.7 to §7.10). */
export class QrGrid {
  readonly #size: number;
  readonly #dark: boolean[][];
  /** What belongs to patterns and information and takes no data. */
  readonly #fixed: boolean[][];

  constructor(version: number, codewords: Uint8Array, mask: number) {
    this.#size = version * 4 + 17;
    const row = (): boolean[] => Array.from({ length: this.#size }, () => false);
    this.#dark = Array.from({ length: this.#size }, row);
    this.#fixed = Array.from({ length: this.#size }, row);
    this.#drawPatterns(version);
    this.#drawVersion(version);
    this.#drawFormat(mask);
    this.#drawData(codewords, mask);
  }

  rows(): readonly (readonly boolean[])[] {
    return this.#dark;
  }

  /** How hard it is to read, by the four rules of §7.8.3. */
  penalty(): number {
    const lines = [...this.#dark, ...this.#dark.map((_, x) => this.#dark.map((row) => row[x] ?? false))];
    let total = 0;
    for (const line of lines) total += runPenalty(line) + finderPenalty(line);
    for (let y = 0; y + 1 < this.#size; y += 1) {
      for (let x = 0; x + 1 < this.#size; x += 1) {
        const same = this.#at(x, y) === this.#at(x + 1, y) && this.#at(x, y) === this.#at(x, y + 1);
        if (same && this.#at(x, y) === this.#at(x + 1, y + 1)) total += 3;
      }
    }
    const dark = this.#dark.flat().filter(Boolean).length;
    const share = (dark * 100) / (this.#size * this.#size);
    return total + Math.floor(Math.abs(share - 50) / 5) * 10;
  }

  #at(x: number, y: number): boolean {
    return this.#dark[y]?.[x] ?? false;
  }

  #set(x: number, y: number, dark: boolean): void {
    const row = this.#dark[y];
    const fixed = this.#fixed[y];
    if (!row || !fixed || x < 0 || x >= this.#size) return;
    row[x] = dark;
    fixed[x] = true;
  }

  #drawPatterns(version: number): void {
    const far = this.#size - 4;
    for (let at = 0; at < this.#size; at += 1) {
      this.#set(6, at, at % 2 === 0);
      this.#set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [far, 3],
      [3, far],
    ] as const)
      this.#drawSquares(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    const places = alignmentPlaces(version, this.#size);
    const last = places.length - 1;
    for (const [i, x] of places.entries()) {
      for (const [j, y] of places.entries()) {
        const isFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
        if (!isFinder) this.#drawSquares(x, y, 2, (ring) => ring !== 1);
      }
    }
  }

  #drawSquares(x: number, y: number, radius: number, dark: (ring: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy += 1) {
      for (let dx = -radius; dx <= radius; dx += 1)
        this.#set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }

  /** Correction level M and the mask, protected by BCH(15, 5), twice. */
  #drawFormat(mask: number): void {
    let remainder = mask;
    for (let step = 0; step < 10; step += 1) remainder = (remainder << 1) ^ ((remainder >>> 9) * 0x537);
    const bits = ((mask << 10) | remainder) ^ 0x5412;
    const bit = (index: number): boolean => ((bits >>> index) & 1) === 1;
    for (let index = 0; index <= 5; index += 1) this.#set(8, index, bit(index));
    this.#set(8, 7, bit(6));
    this.#set(8, 8, bit(7));
    this.#set(7, 8, bit(8));
    for (let index = 9; index < 15; index += 1) this.#set(14 - index, 8, bit(index));
    for (let index = 0; index < 8; index += 1) this.#set(this.#size - 1 - index, 8, bit(index));
    for (let index = 8; index < 15; index += 1) this.#set(8, this.#size - 15 + index, bit(index));
    this.#set(8, this.#size - 8, true);
  }

  /** From version 7 on, protected by BCH(18, 6), twice. */
  #drawVersion(version: number): void {
    if (version < 7) return;
    let remainder = version;
    for (let step = 0; step < 12; step += 1) remainder = (remainder << 1) ^ ((remainder >>> 11) * 0x1f25);
    const bits = (version << 12) | remainder;
    for (let index = 0; index < 18; index += 1) {
      const dark = ((bits >>> index) & 1) === 1;
      const a = this.#size - 11 + (index % 3);
      const b = Math.floor(index / 3);
      this.#set(a, b, dark);
      this.#set(b, a, dark);
    }
  }

  /** Two columns at a time, from the right, up and down in turn, round everything that is fixed. */
  #drawData(codewords: Uint8Array, mask: number): void {
    const isMasked = masks[mask] as (x: number, y: number) => boolean;
    let index = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      const upwards = ((right + 1) & 2) === 0;
      for (let step = 0; step < this.#size; step += 1) {
        const y = upwards ? this.#size - 1 - step : step;
        for (const x of [right, right - 1]) {
          const row = this.#dark[y];
          if (!row || this.#fixed[y]?.[x]) continue;
          const bit = (((codewords[index >>> 3] ?? 0) >>> (7 - (index & 7))) & 1) === 1;
          row[x] = bit !== isMasked(x, y);
          index += 1;
        }
      }
    }
  }
}

function alignmentPlaces(version: number, size: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return Array.from({ length: count }, (_, index) => (index === 0 ? 6 : size - 7 - (count - 1 - index) * step));
}

function runPenalty(line: readonly boolean[]): number {
  let total = 0;
  let run = 0;
  for (const [index, dark] of line.entries()) {
    run = index > 0 && dark === line[index - 1] ? run + 1 : 1;
    if (run === 5) total += 3;
    else if (run > 5) total += 1;
  }
  return total;
}

/** What looks like a finder pattern, with four light modules beside it. */
function finderPenalty(line: readonly boolean[]): number {
  const text = `0000${line.map((dark) => (dark ? '1' : '0')).join('')}0000`;
  let total = 0;
  for (let at = 0; at + 11 <= text.length; at += 1) {
    const part = text.slice(at, at + 11);
    if (part === '10111010000' || part === '00001011101') total += 40;
  }
  return total;
}
