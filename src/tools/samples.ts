import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createChainAuditor } from '../audit/chain/chainAuditor.ts';
import { InProcessExecutor } from '../audit/pool/inProcessExecutor.ts';
import { openBuckets } from '../audit/source/openBuckets.ts';
import { fromHex } from '../core/bytes/hex.ts';
import { utf8 } from '../core/bytes/bytes.ts';
import { sha3 } from '../core/bytes/hash.ts';
import { startStack, type Stack } from '../services/start/startStack.ts';
import { toolArguments } from './house/toolArguments.ts';
import { judgeSamples } from './samples/judgeSamples.ts';
import { sampleFiles, sampleIndex, type CertifiedChain } from './samples/sampleFiles.ts';
import { traceSamples } from './samples/traceSamples.ts';

/**
 * `npm run samples`: has the services write two chains, audits and certifies them, and puts evidence of each kind into `public/samples/`. Before
 * anything is written the samples are judged; one that does not turn out as the list says stops it.
 */
const folder = fileURLToPath(new URL('../../public/samples/', import.meta.url));

toolArguments(
  'Usage: npm run -s samples\n  has the services write chains, and makes public/samples anew from them: a minute or two',
  {},
);

/** What the page offers of them: beside the folder, in which everything can be judged. */
const list = fileURLToPath(new URL('../../public/samples.json', import.meta.url));

/** Records whose certificate is the sample: digests, as the page records files. */
const records = ['measurements.csv', 'program.wasm', 'report.pdf'].map((name) => sha3(utf8(`sample ${name}`)));

/** Writes to a running stack, audits what it wrote, and certifies the last record. */
async function certifiedChain(stack: Stack): Promise<CertifiedChain> {
  let last = '';
  for (const record of records) {
    last = await stack.write(record);
    await stack.waitFinal(last);
    // Timestamps count whole seconds: without a pause the record would lie between two equal times.
    await setTimeout(1_500);
  }
  const opened = stack.trust.chains?.at(-1);
  if (!opened) throw new Error('The stack has opened no chain.');
  // A certificate says nothing of what protects the objects, and the service that would attest it does not run here.
  const { holdMeasurements: _, ...pin } = opened;
  const auditor = createChainAuditor({
    pin,
    buckets: openBuckets(pin.buckets ?? []),
    executor: new InProcessExecutor(),
  });
  const audit = await auditor.run();
  if (audit.verdict !== 'verified') throw new Error(`The audit of the sample chain is ${audit.verdict}.`);
  const certified = await auditor.certify(fromHex(last));
  if (certified.result !== 'certificate') throw new Error(`There is no certificate: ${certified.reason}`);
  return { pin, certificate: certified.text };
}

/** Each chain has a stack of its own, started and stopped for it. */
async function makeChain(): Promise<CertifiedChain> {
  // Buckets that are gone afterwards are nothing to ask about.
  const stack = await startStack({ name: 'sample', holds: false });
  try {
    return await certifiedChain(stack);
  } finally {
    await stack.stop();
  }
}

const files = [...sampleFiles(await makeChain(), await makeChain()), ...(await traceSamples())];
const faults = await judgeSamples(files, Date.now());
if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  process.exitCode = 1;
} else {
  await mkdir(folder, { recursive: true });
  // Documents of released versions are in a folder of their own: they stay.
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile()) await rm(join(folder, entry.name));
  for (const { file, bytes, expect } of files) {
    await writeFile(join(folder, file), bytes);
    console.error(`${file.padEnd(26)}${String(bytes.length).padStart(7)} bytes  ${expect}`);
  }
  await writeFile(list, sampleIndex(files));
}
