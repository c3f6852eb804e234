/** Order of the scalar field of BN254 (EIP-197: `curve_order`), over which the circuits compute. */
export const fieldOrder = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

/** One Poseidon permutation: x⁵ as S-box, `width` elements, full rounds in two halves around the partial ones. */
export interface PoseidonConstants {
  readonly width: number;
  readonly fullRounds: number;
  readonly partialRounds: number;
  /** `width` for each round, in order. */
  readonly round: readonly bigint[];
  /** Rows of the mix matrix. */
  readonly matrix: readonly (readonly bigint[])[];
}

const fieldBits = 254;

/**
 * Round constants and mix matrix as the specification draws them: the Grain LFSR in self-shrinking mode seeded with the parameters, then
 * a Cauchy matrix (Poseidon, eprint 2019/458, appendices E and F, "Initialization of the Grain LFSR", "MDS matrices").
 */
export function poseidonConstants(width: number, fullRounds: number, partialRounds: number): PoseidonConstants {
  const bits = grain([
    [1, 2],
    [0, 4],
    [fieldBits, 12],
    [width, 12],
    [fullRounds, 10],
    [partialRounds, 10],
    [2 ** 30 - 1, 30],
  ]);
  const draw = () => {
    let value = 0n;
    for (let at = 0; at < fieldBits; at += 1) value = (value << 1n) | BigInt(bits());
    return value;
  };
  const round = Array.from({ length: width * (fullRounds + partialRounds) }, () => {
    let value = draw();
    while (value >= fieldOrder) value = draw();
    return value;
  });
  const points = Array.from({ length: 2 * width }, () => draw() % fieldOrder);
  if (new Set(points).size !== points.length) throw new Error('two points of the matrix are the same: draw again');
  const matrix = points.slice(0, width).map((x) => points.slice(width).map((y) => inverse((x + y) % fieldOrder)));
  return { width, fullRounds, partialRounds, round, matrix };
}

/** The generator's bits after the 160 that are thrown away; of each pair the second counts where the first is one. */
function grain(seed: readonly (readonly [value: number, bits: number])[]): () => number {
  const state = seed.flatMap(([value, bits]) =>
    Array.from({ length: bits }, (_, at) => (value >> (bits - 1 - at)) & 1),
  );
  const step = () => {
    const next = [62, 51, 38, 23, 13, 0].reduce((sum, at) => sum ^ (state[at] as number), 0);
    state.shift();
    state.push(next);
    return next;
  };
  for (let at = 0; at < 160; at += 1) step();
  return () => {
    while (step() === 0) step();
    return step();
  };
}

/** By Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % fieldOrder, fieldOrder - 2n];
  while (exponent > 0n) {
    if (exponent & 1n) result = (result * base) % fieldOrder;
    base = (base * base) % fieldOrder;
    exponent >>= 1n;
  }
  return result;
}
