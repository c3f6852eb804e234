import { expect, it } from 'vitest';
import { ethernityStandInBytecode } from '../../contracts/test/ethernityStandIn.ts';
import { ethernityAbi } from '../../core/task/ethernity/ethernityAbi.ts';
import { toEventSelector, toFunctionSelector } from 'viem';
import { compileContract } from './compileContract.ts';

// Loading the compiler and compiling take about a second of processor time; a busy machine takes many times that.
it(
  'the stand-in for orders is what the compiler makes of its source, with the interface that is read',
  { timeout: 600_000 },
  () => {
    const { bytecode, selectors, topics, slots } = compileContract('test/EthernityStandIn');
    expect(ethernityStandInBytecode).toBe(bytecode);
    expect(slots).toMatchObject({ orders: 21 });
    const read = ethernityAbi.map((item) => (item.type === 'event' ? toEventSelector(item) : toFunctionSelector(item)));
    expect(read).toEqual(expect.arrayContaining([...Object.values(selectors), ...Object.values(topics)]));
  },
);
