import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatBytes } from '../core/bytes/bytes.ts';
import { fromHex, toHex } from '../core/bytes/hex.ts';
import { Commitment } from '../core/trace/commitment.ts';
import { encodeEvent } from '../core/trace/event.ts';
import { noDomain, zeroDigest } from '../core/trace/metadata.ts';
import { pack } from '../core/trace/packed.ts';
import { encodePolicy, makePolicy } from '../core/trace/policy.ts';
import type { FunctionSymbol } from '../core/trace/symbols.ts';
import { encodeTraceFile, packSymbols, type TraceFile } from '../core/trace/traceFile.ts';
import { parseTraceProof } from '../core/trace/traceProof.ts';
import { eventKey } from '../core/trace/zk/eventKey.ts';
import { exampleEvents, exampleMetadata, exampleSaltKey } from '../core/trace/zk/exampleTrace.fixture.ts';
import { judgeTraceProof } from '../core/trace/checkProof.ts';
import { exampleSelection } from '../core/trace/zk/exampleTrace.fixture.ts';
import { AuditorError } from '../core/verdict/auditorError.ts';
import { loadSnarkjs } from '../services/prover/loadSnarkjs.ts';
import { makeFolder, runHere } from './cli.fixture.ts';
import { proveCommand } from './proveCommand.ts';

const nonce = 'a5'.repeat(32);

/** The example's events as a trace file whose policy selects function 42. */
async function makeTrace(change: Partial<TraceFile> = {}, selected = true): Promise<Uint8Array> {
  const functions = Array.from({ length: 45 }, (_, index): FunctionSymbol => ({
    index,
    name: index === 42 ? 'grade' : index > 42 ? 'twin' : `f${index}`,
    exports: [],
    imported: null,
    parameters: index === 42 ? ['i32', 'i64'] : index === 44 ? ['f64'] : ['i32'],
    results: index === 42 ? ['i64'] : [],
  }));
  const sites = Array.from({ length: 4 }, (_, site) => ({
    site,
    function: 0,
    offset: site,
    operation: 'i32.load',
    type: 'i32' as const,
    object: 0,
  }));
  const symbols = { functions, sites };
  const records = concatBytes(...exampleEvents.map(encodeEvent));
  const commitment = new Commitment({
    leafEncoding: 'rec16',
    eventsPerLeaf: 1,
    saltKey: exampleSaltKey,
    symbols,
    isTraced: () => true,
    select: selected ? new Set([42]) : undefined,
  });
  await commitment.add(records);
  const metadata = {
    ...exampleMetadata(exampleSelection()),
    ...(await commitment.finish()).metadata,
  };
  return encodeTraceFile({
    metadata,
    domain: noDomain,
    policy: encodePolicy(makePolicy({ kinds: ['call', 'load'], select: { indices: [42] } })),
    symbols: await packSymbols(symbols),
    saltKey: exampleSaltKey,
    bundles: [await pack(records)],
    ...change,
  });
}

describe('prove', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ folder, remove } = await makeFolder());
    await writeFile(join(folder, 'run.trace'), await makeTrace());
  });
  afterAll(() => remove());
  const prove = (...args: string[]) => runHere(proveCommand, args, folder);
  const asked = ['run.trace', '--function', 'grade', '--argument', '1', '--nonce', nonce];

  it('writes a proof that holds, and what it is labelled with', { timeout: 600_000 }, async ({ skip }) => {
    try {
      await loadSnarkjs();
    } catch (error) {
      if (!(error instanceof AuditorError)) throw error;
      process.stderr.write(`skipped: a proof on the command line (${error.message})\n`);
      return skip();
    }
    const { code, lines, words } = await prove(...asked, '--from', '-10', '--to', '-5', '--out', 'p.json');
    expect([code, lines[0]?.['file']]).toEqual([0, 'p.json']);
    expect(words).toContain('development setup: whoever ran it can forge');
    const text = await readFile(join(folder, 'p.json'), 'utf8');
    expect(text).not.toContain(toHex(exampleSaltKey));
    const { metadata, zk, symbols } = parseTraceProof(text);
    expect(symbols[0]?.line).toContain('grade');
    expect(JSON.stringify(zk)).not.toContain('key');
    const trust = { zk: { keys: [eventKey.digest] } };
    const { checks, labels } = await judgeTraceProof(text, { trust }, { zk: { nonce: fromHex(nonce) } });
    const passed = checks.filter(({ status }) => status === 'pass').map(({ code: name }) => name);
    expect(passed).toEqual(['TRACE_FORM', 'TRACE_SYMBOLS', 'ZK_FORM', 'ZK_STATEMENT', 'ZK_SETUP', 'ZK_PROOF']);
    expect(labels).toContain('development setup: whoever ran it can forge');
    expect(metadata.selection).not.toBe(zeroDigest);
  });

  it('proves nothing that is not so', async () => {
    const { code, words } = await prove(...asked, '--from', '-6', '--to', '100');
    expect([code, words]).toEqual([2, 'No selected call is as stated, so there is nothing to prove.\n']);
    const other = await prove('run.trace', '--function', '43', '--called', '--nonce', nonce);
    expect(other.words).toContain('nothing to prove');
  });

  it('proves nothing about a trace without selection or salt key, or with another selection', async () => {
    const say = async (bytes: Uint8Array) => {
      await writeFile(join(folder, 'other.trace'), bytes);
      return (await prove('other.trace', ...asked.slice(1), '--from', '-10', '--to', '-5')).words;
    };
    expect(await say(await makeTrace({}, false))).toContain('signed without a selection');
    expect(await say(await makeTrace({ saltKey: undefined }))).toContain('does not have');
    expect(await say(await makeTrace({ saltKey: new Uint8Array(32) }))).toContain('not the one that was signed');
    const policy = encodePolicy(makePolicy({ kinds: ['call', 'load'] }));
    expect(await say(await makeTrace({ policy }))).toContain('selects no calls');
    expect(await say(new Uint8Array(10))).toContain('is no trace');
  });

  it('names what is wrong with a call', async () => {
    const range = ['--from', '0', '--to', '1'];
    const calls: readonly (readonly [readonly string[], string])[] = [
      [[], 'One trace was expected'],
      [['run.trace', '--function', 'grade'], '--nonce: 64'],
      [['run.trace', '--nonce', nonce], '--function is needed'],
      [[...asked.slice(0, 1), '--function', 'none', '--called', '--nonce', nonce], 'no function "none"'],
      [[...asked.slice(0, 1), '--function', 'twin', '--called', '--nonce', nonce], '2 functions are called "twin"'],
      [[...asked, '--result', '0', ...range], 'One of --argument, --result and --called'],
      [[...asked, '--from', '0'], '--to: a whole number'],
      [[...asked.slice(0, 3), '--argument', '2', '--nonce', nonce, ...range], 'none of that number'],
      [['run.trace', '--function', '44', '--argument', '0', '--nonce', nonce, ...range], 'of type f64'],
      [['run.trace', '--function', '42', '--called', '--nonce', nonce, ...range], '--called has no range'],
      [[...asked, '--from', '1', '--to', '0'], 'The statement needs a lower bound'],
      [
        [...asked, '--unsigned', '--from', '-1', '--to', '0'],
        'The statement needs bounds from 0 to 18446744073709551615',
      ],
      [['missing', ...asked.slice(1), ...range], 'missing is not there'],
    ];
    for (const [args, words] of calls) {
      const ran = await prove(...args);
      expect([ran.code, ran.words], args.join(' ')).toEqual([2, expect.stringContaining(words)]);
    }
    expect((await prove('--help')).code).toBe(0);
  });
});
