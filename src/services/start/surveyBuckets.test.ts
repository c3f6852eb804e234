import { expect, test } from 'vitest';
import { ChainAuditor } from '../../audit/chain/chainAuditor.ts';
import { withSuccession } from '../../audit/chain/succession.ts';
import { InProcessExecutor } from '../../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../../audit/source/openBuckets.ts';
import { utf8 } from '../../core/bytes/bytes.ts';
import { fromHex, toHex } from '../../core/bytes/hex.ts';
import { blockHash, encodeBlock, parseBlock, timestampHash } from '../../core/chain/block.ts';
import { sequenceName, tupleName } from '../../core/chain/names.ts';
import { merkleCommitment, transactionHash } from '../../core/chain/tree.ts';
import { encodeTuple } from '../../core/chain/tuple.ts';
import { startStack } from './startStack.ts';
import type { ChainAudit } from '../../core/chain/types.ts';
import type { ChainRecord } from '../writer/chainRecord.ts';

test('a chain that somebody else wrote to ends where all can see it, and its successor records that end', async () => {
  const stack = await startStack({ interval: 50 });
  try {
    await stack.waitFinal(await stack.write(utf8('mine')));
    const { genesis, tail, next } = stack.chains()[0] as ChainRecord;
    const { timestamps, sequencer, replication } = stack.services;
    // A rival's block on the writer's own tail gets the next number, so the main chain goes through it and the writer's next is a fork.
    const transactions = [utf8('a rival’s')];
    const blockBytes = encodeBlock({
      u: new Uint8Array(16),
      merkle: merkleCommitment(transactions.map(transactionHash)),
      parent: fromHex(tail as string),
    });
    const timestamp = await timestamps.timestamp(toHex(blockHash(blockBytes)));
    const hash = toHex(timestampHash(timestamp));
    const tuple = encodeTuple({ transactions, block: parseBlock(blockBytes), timestamp });
    await replication.replicate(tupleName(genesis, hash), tuple);
    const attestation = await sequencer.client.sequence(blockBytes, timestamp);
    await replication.replicate(sequenceName(genesis, next), attestation);

    const status = await stack.waitFinal(await stack.write(utf8('mine again')));
    expect(status.chain).toBe('local-2');
    const pins = stack.trust.chains ?? [];
    const audits: ChainAudit[] = [];
    for (const pin of pins) {
      const buckets = openBuckets(pin.buckets ?? []);
      audits.push(await new ChainAuditor({ pin, buckets, executor: new InProcessExecutor() }).run());
    }
    const [old, young] = withSuccession(audits, pins);
    expect(old).toMatchObject({ tip: { k: next, timestampHash: hash }, highest: next + 1, counts: { forks: 1 } });
    expect(young?.predecessor).toMatchObject({ genesis, k: next + 1, height: old?.tip?.height, timestampHash: hash });
    expect([old?.verdict, young?.verdict]).toEqual(['verified', 'verified']);
    expect(young?.checks.at(-1)).toMatchObject({ code: 'CHAIN_SUCCESSOR', status: 'pass' });
  } finally {
    await stack.stop();
  }
}, 600_000);
