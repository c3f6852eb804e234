import { readFileSync } from 'node:fs';
import type { System } from '../src/core/certificate/envelope.ts';
import { pinOf, signers } from '../src/core/evm/evm.fixture.ts';
import { hostTime, makeHost, validatorSigners, vouched } from '../src/core/host/host.fixture.ts';
import { makeHostCertificate } from '../src/core/host/certificate/hostCertificate.ts';
import { chainId, makeNetworkOnLedger } from '../src/core/network/certificate/certificate.fixture.ts';
import { makeNetworkCertificate } from '../src/core/network/certificate/makeNetworkCertificate.ts';
import { checkpointPin, makeTaskLedger, requestOf } from '../src/core/task/certificate/certificate.fixture.ts';
import { makeTaskCertificate } from '../src/core/task/certificate/makeTaskCertificate.ts';
import { makeTraceProof } from '../src/core/trace/makeTraceProof.ts';
import { madeEvents } from '../src/core/trace/trace.fixture.ts';
import { makeTrace, pinned } from '../src/core/trace/traceFile.fixture.ts';
import { wholeTraceProof } from '../src/core/trace/wholeTrace.ts';
import { TraceReader } from '../src/core/trace/traceReader.ts';
import { makeTraceCertificate } from '../src/core/trace/certificate/traceCertificate.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import type { Trust } from '../src/core/trust/trust.ts';

/** A certificate and the trust file under which it holds, as text. */
export interface MadeCertificate {
  readonly text: string;
  readonly trust: string;
}

/** A certificate of each system. */
export const makeCertificateOf: Readonly<Record<System, () => Promise<MadeCertificate>>> = {
  chain: async () => ({ text: sample('chain.affidavit.json'), trust: sample('trust.json') }),
  task: async () => {
    const ledger = await makeTaskLedger();
    const pin = checkpointPin(ledger);
    return made(await makeTaskCertificate(requestOf(ledger, pin)), { ...ledger.attestation.trust, evm: [pin] });
  },
  trace: async () => {
    const { bytes, committed } = await makeTrace(madeEvents(40));
    const asked = { events: [2], functions: [4] };
    const proof = await makeTraceProof(await TraceReader.open(bytes), committed, asked);
    return made(await makeTraceCertificate(proof), pinned.trust);
  },
  host: async () => {
    const host = await makeHost();
    const json = await vouched(host.json, validatorSigners.slice(0, 3));
    const context = { trust: host.trust, companions: [], now: hostTime };
    return made(await makeHostCertificate(json, host.companions, context), host.trust);
  },
  network: async () => {
    const pin = { ...pinOf('qbft', signers.slice(0, 4)), chainId, from: 0, to: 1000 };
    const ledger = await makeNetworkOnLedger();
    return made(await makeNetworkCertificate(await ledger.request(1, { pin })), { evm: [pin] });
  },
};

/** The certificate of a trace as a whole. */
export async function makeWholeTraceCertificate(): Promise<MadeCertificate> {
  const { file } = await makeTrace(madeEvents(40));
  return made(await makeTraceCertificate(wholeTraceProof(file)), pinned.trust);
}

function made(text: string, trust: Trust): MadeCertificate {
  return { text, trust: serializeTrust(trust) };
}

function sample(name: string): string {
  return readFileSync(new URL(`../public/samples/${name}`, import.meta.url), 'utf8').trim();
}
