import { sha3Hex } from '../../core/bytes/hash.ts';
import { toHex } from '../../core/bytes/hex.ts';
import type { Circuit } from './circuits.ts';
import type { Setup } from './setup.ts';

/** The TypeScript file with the verification key that the verifier has built in. */
export function keyModule({ version, keyName }: Circuit, key: Uint8Array, { kind, powers }: Setup): string {
  return `// Made by \`npm run circuits\`: do not edit.
import type { BuiltInKey } from './builtInKey.ts';

export const ${keyName}: BuiltInKey = {
  circuit: '${version}',
  setup: '${kind}',
  powers: '${powers}',
  digest: '${sha3Hex(key)}',
  // prettier-ignore
  hex: '${toHex(key)}',
};
`;
}

const begin = '    // Verification key, made by `npm run circuits`: do not edit.\n';
const end = '    // End of the verification key.\n';

/** The Solidity source with the constants of a key between its two marks. @throws Error where the marks are not there */
export function contractWithKey(source: string, key: Uint8Array): string {
  const [from, to] = [source.indexOf(begin), source.indexOf(end)];
  if (from < 0 || to < from) throw new Error('The contract has no place for a verification key.');
  return source.slice(0, from + begin.length) + constants(key) + source.slice(to);
}

function constants(key: Uint8Array): string {
  const words = Array.from({ length: key.length / 32 }, (_, at) => toHex(key.subarray(32 * at, 32 * at + 32)));
  const fixed = ['ALPHA_X', 'ALPHA_Y'].concat(
    ['BETA', 'GAMMA', 'DELTA'].flatMap((name) => ['X1', 'X0', 'Y1', 'Y0'].map((part) => `${name}_${part}`)),
  );
  const names = words.map((_, at) => {
    const input = at - fixed.length;
    return fixed[at] ?? `INPUT${Math.floor(input / 2)}_${input % 2 === 0 ? 'X' : 'Y'}`;
  });
  return words.map((word, at) => `    uint256 private constant ${names[at]} = 0x${word};\n`).join('');
}
