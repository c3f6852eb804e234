import { expect, test } from 'vitest';
import { toHex0x } from '../../core/evm/hex.ts';
import { parseHeader } from '../../core/evm/header.ts';
import { hardforkOf } from './hardfork.ts';
import { composeGenesis } from './qbftHeader.ts';

const state = { stateRoot: toHex0x(new Uint8Array(32).fill(1)), gasLimit: 30_000_000n };
const validators = [toHex0x(new Uint8Array(20).fill(2))];

test.each([
  ['london', 16],
  ['osaka', 21],
] as const)('a chain under the rules of %s is told by the %i fields of its headers', (fork, fields) => {
  const { items } = parseHeader(composeGenesis(validators, 1_760_000_000, state, 1_000_000_000n, fork));
  expect(items.length).toBe(fields);
  expect(hardforkOf(items)).toBe(fork);
});
