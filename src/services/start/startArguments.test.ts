import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStartArguments } from './startArguments.ts';

const root = join('/', 'project');
const cwd = join('/', 'elsewhere');

test('by default the state is in the project, a block comes every five seconds, and the page is built', () => {
  expect(readStartArguments([], root, cwd)).toEqual({
    help: false,
    state: join(root, '.affidavit'),
    port: 8460,
    interval: 5000,
    fresh: false,
    build: true,
    holds: true,
    ledger: true,
    hosts: true,
    network: true,
  });
});

test('paths are relative to where npm was called', () => {
  const read = (...args: string[]) => readStartArguments(args, root, cwd);
  expect(read('--state', 'x').state).toBe(join(cwd, 'x'));
  expect(read('--state', join('/', 'y')).state).toBe(join('/', 'y'));
  expect(read('--buckets', 'six.json').buckets).toBe(join(cwd, 'six.json'));
  expect(
    read(
      '--port',
      '9000',
      '--interval',
      '0.5',
      '--fresh',
      '--no-build',
      '--no-holds',
      '--no-ledger',
      '--no-hosts',
      '--no-network',
    ),
  ).toMatchObject({
    port: 9000,
    interval: 500,
    fresh: true,
    build: false,
    holds: false,
    ledger: false,
    hosts: false,
    network: false,
  });
});

test('there is no network without the ledger', () => {
  expect(readStartArguments(['--no-ledger'], root, cwd).network).toBe(false);
  expect(readStartArguments(['--no-network'], root, cwd)).toMatchObject({ ledger: true, network: false });
});

test.each([
  ['--port', '0'],
  ['--port', '65527'],
  ['--port', 'http'],
  ['--interval', '0'],
  ['--interval', '-1'],
  ['--interval', 'often'],
  ['--unknown', 'x'],
])('%s %s is refused with how it is called', (name, value) => {
  expect(() => readStartArguments([name, value], root, cwd)).toThrow('npm start --');
});
