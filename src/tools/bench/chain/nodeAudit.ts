import { createChainAuditor } from '../../../audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../../../audit/pool/inProcessExecutor.ts';
import { auditOf } from './auditRun.ts';
import { openFixture } from './openFixture.ts';
import { peakOf } from './peakMemory.ts';

/** A process of its own, so that its peak of memory is this audit's: prints seconds and bytes for the first so many blocks of a fixture. */
const count = Number(process.argv[2]);
const fixture = await openFixture(Number(process.argv[3]), console.error);
const chain = fixture.chain(count);
const executor = new InProcessExecutor();
const { seconds } = await auditOf(createChainAuditor({ pin: chain.pin, buckets: chain.buckets(), executor }), count);
console.log(JSON.stringify({ seconds, peak: (await peakOf('self')) ?? process.resourceUsage().maxRSS * 1024 }));
