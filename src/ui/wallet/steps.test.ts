import { describe, expect, test } from 'vitest';
import { proofOfExecutionAbi } from '../../contracts/proofOfExecution.ts';
import { argumentsOf, stepNames, steps } from './steps.ts';

const digest = 'ab'.repeat(32);

describe('steps as the contract takes them', () => {
  test.each(stepNames)('%s asks for the arguments of the contract, in their order', (name) => {
    const item = proofOfExecutionAbi.find((each) => each.type === 'function' && each.name === name);
    expect(steps[name].fields.map((field) => field.name)).toEqual(item?.inputs.map((input) => input.name));
  });

  test('digests come with or without 0x and spaces; those left out are zero', () => {
    const found = argumentsOf(steps.submitTask, { program: ` 0x${digest.toUpperCase()} `, deadline: '2' }, 5000);
    const zero = `0x${'0'.repeat(64)}`;
    expect(found).toEqual({ args: [`0x${digest}`, zero, zero, zero, 7205n, ''] });
  });

  test.each([
    ['no program', { deadline: '1' }, 'program'],
    ['a program of zeros', { program: '0'.repeat(64), deadline: '1' }, 'program'],
    ['half a digest', { program: digest, dataSet: 'abcd', deadline: '1' }, 'dataSet'],
    ['no deadline', { program: digest, deadline: '' }, 'deadline'],
    ['a deadline in the past', { program: digest, deadline: '-1' }, 'deadline'],
    ['too long a text', { program: digest, deadline: '1', metadata: 'é'.repeat(1025) }, 'metadata'],
  ])('with %s the field is named', (_, values, missing) => {
    expect(argumentsOf(steps.submitTask, values, 0)).toEqual({ missing });
  });
});
