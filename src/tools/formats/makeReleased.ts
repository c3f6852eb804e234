import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../core/bytes/bytes.ts';
import { exportCredential } from '../../core/certificate/export/exportCredential.ts';
import { exporterOf } from '../../core/certificate/export/exporter.ts';
import { exportEnvelope } from '../../core/certificate/export/statement.ts';
import { makeHostCertificate } from '../../core/host/certificate/hostCertificate.ts';
import { hostTime, makeHost, validatorSigners, vouched } from '../../core/host/host.fixture.ts';
import { pinOf, signers } from '../../core/evm/evm.fixture.ts';
import { chainId, makeNetworkOnLedger } from '../../core/network/certificate/certificate.fixture.ts';
import { makeNetworkCertificate } from '../../core/network/certificate/makeNetworkCertificate.ts';
import { auditor, draft, testTrust } from '../../core/report/report.fixture.ts';
import { reportText } from '../../core/report/sealReport.ts';
import { checkpointPin, makeTaskLedger, requestOf } from '../../core/task/certificate/certificate.fixture.ts';
import { makeTaskCertificate } from '../../core/task/certificate/makeTaskCertificate.ts';
import { makeTraceCertificate } from '../../core/trace/certificate/traceCertificate.ts';
import { makeTraceProof } from '../../core/trace/makeTraceProof.ts';
import { madeEvents } from '../../core/trace/trace.fixture.ts';
import { makeTrace, pinned } from '../../core/trace/traceFile.fixture.ts';
import { TraceReader } from '../../core/trace/traceReader.ts';
import { serializeTrust } from '../../core/trust/serializeTrust.ts';
import { parseTrust } from '../../core/trust/parseTrust.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { releasedFolder, releasedList, type ReleasedFile } from './released.ts';

interface Made {
  readonly text: string;
  readonly trust: Trust;
  /** When it is judged, where it has no signed time. */
  readonly at?: number;
}

/**
 * Documents of the formats as they are now, made by the real makers over made evidence, for a version that has none yet. What a version has is never made again:
 * `npx tsx src/tools/formats/makeReleased.ts 2` for the next one.
 */
const makers: Readonly<Record<string, () => Promise<Made>>> = {
  // The sample was made by the services themselves (npm run samples).
  'chain.affidavit.json': async () => ({
    text: await sample('chain.affidavit.json'),
    trust: parseTrust(await sample('trust.json')),
  }),
  'task.affidavit.json': async () => {
    const ledger = await makeTaskLedger();
    const pin = checkpointPin(ledger);
    return {
      text: await makeTaskCertificate(requestOf(ledger, pin)),
      trust: { ...ledger.attestation.trust, evm: [pin] },
    };
  },
  'trace.affidavit.json': async () => ({ text: await makeTraceFile(), trust: pinned.trust }),
  'host.affidavit.json': async () => {
    const host = await makeHost();
    const json = await vouched(host.json, validatorSigners.slice(0, 3));
    const context = { trust: host.trust, companions: [], now: hostTime };
    return { text: await makeHostCertificate(json, host.companions, context), trust: host.trust, at: hostTime };
  },
  'network.affidavit.json': async () => {
    const pin = { ...pinOf('qbft', signers.slice(0, 4)), chainId, from: 0, to: 1000 };
    const ledger = await makeNetworkOnLedger();
    return { text: await makeNetworkCertificate(await ledger.request(1, { pin })), trust: { evm: [pin] } };
  },
  'trace.vc.json': async () => {
    const made = { created: '2026-11-21T12:00:00Z', id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33' };
    return { text: await exportCredential(utf8(await makeTraceFile()), exporter, made), trust: pinned.trust };
  },
  'trace.dsse.json': async () => ({
    text: await exportEnvelope(utf8(await makeTraceFile()), exporter),
    trust: pinned.trust,
  }),
  'chain.report.json': async () => {
    const who = auditor(1);
    return { text: reportText(who.sign(draft(who))), trust: testTrust(who) };
  },
};

/** A key that everybody knows. */
const secret = new Uint8Array(32).fill(5);
const exporter = exporterOf(p256.getPublicKey(secret, false), async (message) =>
  p256.sign(sha256(message), secret, { prehash: false, lowS: false }),
);

async function makeTraceFile(): Promise<string> {
  const { bytes, committed } = await makeTrace(madeEvents(40));
  const proof = await makeTraceProof(await TraceReader.open(bytes), committed, { events: [2], functions: [4] });
  return makeTraceCertificate(proof);
}

const sample = async (name: string): Promise<string> =>
  (await readFile(new URL(`../${name}`, releasedFolder), 'utf8')).trim();

async function main(version: string | undefined): Promise<void> {
  if (version === undefined || !/^[1-9]\d*$/.test(version)) throw new Error('Usage: makeReleased.ts VERSION');
  const folder = new URL(`${version}/`, releasedFolder);
  await mkdir(folder, { recursive: true });
  const files: ReleasedFile[] = [];
  const write = (name: string, text: string) => writeFile(new URL(name, folder), text, { flag: 'wx' });
  for (const [name, make] of Object.entries(makers)) {
    const { text, trust, at } = await make();
    const trustName = name.replace(/(\.affidavit)?\.json$/, '.trust.json');
    await write(name, text);
    await write(trustName, serializeTrust(trust));
    files.push({ name, trust: trustName, ...(at === undefined ? {} : { at: new Date(at).toISOString() }) });
  }
  await writeFile(releasedList(version), `${JSON.stringify({ files }, null, 2)}\n`, { flag: 'wx' });
}

await main(process.argv[2]);
