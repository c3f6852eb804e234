import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { auditAfter } from '../crash/auditAfter.ts';
import { crashRounds } from '../crash/crashRounds.ts';
import { CrashStack } from '../crash/crashStack.ts';
import { post, postAgent } from '../crash/post.ts';
import { atMost, figure, type Figure } from './figure.ts';

type Say = (words: string) => void;

/** Of the size of a record of a digest with a little about it. */
const size = 200;
const transactions = 20_000;
const clients = 128;
const soloBlocks = 40;

/**
 * The writing side, over `POST /write` with its processes apart: transactions a second from the first write sent until the last is final, blocks
 * a second where each holds one transaction, and bytes in the six buckets per byte written.
 */
export async function writingFigures(say: Say = () => undefined): Promise<readonly Figure[]> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return [...(await throughput(say)), ...(await blockRate(say))];
}

/** So many rounds of killed processes; nothing may be lost, written twice or broken. */
export async function crashFigures(rounds: number, say: Say = () => undefined): Promise<readonly Figure[]> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const result = await crashRounds(rounds, say);
  for (const words of result.broken) say(words);
  return [
    figure('chain.crash.rounds', result.rounds, 'rounds'),
    figure('chain.crash.accepted', result.accepted, 'transactions'),
    atMost('chain.crash.lost', result.lost.length, 'transactions', 0),
    atMost('chain.crash.twice', result.twice.length, 'transactions', 0),
    atMost('chain.crash.broken', result.broken.length, 'faults', 0),
  ];
}

async function throughput(say: Say): Promise<readonly Figure[]> {
  const stack = await CrashStack.start(50);
  const agent = postAgent(clients);
  try {
    const bodies = Array.from({ length: transactions }, () => randomBytes(size));
    const start = performance.now();
    let next = 0;
    const client = async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        while ((await post(stack, agent, body)).status !== 202) await delay(50);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    const accepted = performance.now() - start;
    // Blocks hold transactions in the order of acceptance, but the last ones sent need not be the last accepted.
    for (const body of bodies.slice(-2 * clients)) await untilFinal(stack, hashOf(body));
    const final = performance.now() - start;
    say(`${transactions} transactions accepted in ${Math.round(accepted)} ms, final in ${Math.round(final)} ms`);
    const after = await auditAfter(await stack.pins(), stack.folders);
    if (after.broken.length > 0 || after.found.size !== transactions) {
      throw new Error(`The bench's chain does not hold: ${after.broken.join(' ')} ${after.found.size} found.`);
    }
    const bytes = (await Promise.all(stack.folders.map(bytesIn))).reduce((sum, each) => sum + each, 0);
    return [
      figure('chain.writing.transactions', transactions / (final / 1000), 'transactions/s'),
      figure('chain.writing.accepted', transactions / (accepted / 1000), 'transactions/s'),
      figure('chain.writing.batch.greatest', Math.max(...after.leaves), 'transactions'),
      figure('chain.writing.batch.mean', transactions / after.leaves.length, 'transactions'),
      figure('chain.writing.stored', bytes / (transactions * size), 'bytes per byte'),
    ];
  } finally {
    agent.destroy();
    await stack.stop();
  }
}

/** One write after the other, each final before the next is sent: what a block costs. */
async function blockRate(say: Say): Promise<readonly Figure[]> {
  const stack = await CrashStack.start(1);
  const agent = postAgent(1);
  try {
    await untilFinal(stack, await send(stack, agent));
    const start = performance.now();
    for (let block = 0; block < soloBlocks; block += 1) await untilFinal(stack, await send(stack, agent));
    const seconds = (performance.now() - start) / 1000;
    const { leaves } = await auditAfter(await stack.pins(), stack.folders);
    say(`${leaves.length - 1} blocks in ${seconds.toFixed(1)} s`);
    return [figure('chain.writing.blocks', (leaves.length - 1) / seconds, 'blocks/s')];
  } finally {
    agent.destroy();
    await stack.stop();
  }
}

async function send(stack: CrashStack, agent: ReturnType<typeof postAgent>): Promise<string> {
  const body = randomBytes(size);
  const { status } = await post(stack, agent, body);
  if (status !== 202) throw new Error(`The writer answered with ${status}.`);
  return hashOf(body);
}

async function untilFinal(stack: CrashStack, hash: string): Promise<void> {
  for (const end = performance.now() + 300_000; performance.now() < end;) {
    if ((await stack.stateOf(hash)) === 'final') return;
    await delay(2);
  }
  throw new Error(`${hash} is not final after five minutes.`);
}

function hashOf(body: Uint8Array): string {
  return createHash('sha3-256').update(body).digest('hex');
}

/** What the bucket gives to readers; its own journal left out. */
async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !path.includes('.versions')) sum += (await stat(path)).size;
  }
  return sum;
}
