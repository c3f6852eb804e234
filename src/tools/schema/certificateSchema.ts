import {
  anyObject,
  base64Url,
  closed,
  flag,
  hex,
  hex0x,
  list,
  loose,
  published,
  text,
  whole,
  word,
  type Schema,
} from './forms.ts';
import { chainMembers, trustMembers } from './trustSchema.ts';
import { traceProofMembers } from './traceProofSchema.ts';

const texts = (maximum: number): Schema => list({ type: 'string' }, maximum);
const index = whole();

const chain = {
  subject: closed({ hash: hex(32) }),
  claim: closed({
    genesis: hex(32),
    sequencerKey: { type: 'string' },
    hash: hex(32),
    after: whole(),
    before: whole(),
    height: whole(),
    leaf: whole(),
  }),
  proof: closed({
    block: hex(32),
    leaves: whole(),
    path: list(hex(32), 64),
    from: whole(),
    transcript: list(closed({ a: base64Url, b: base64Url, t: base64Url }), 2 ** 19),
    certificates: texts(2 ** 19),
    documents: list(texts(2 ** 19), 2 ** 19),
    tokens: list(closed({ pieces: texts(2 ** 19), signature: whole() }), 2 ** 19),
  }),
  anchors: closed(chainMembers, ['nitroRoots']),
};

/** Headers with seals, and every node of the tries once (base64url of RLP). */
const ledgerProof = {
  account: list(index, 66),
  headers: list(base64Url, 16_384, 1),
  nodes: list(base64Url, 16_384),
  receipts: list(
    closed({ header: index, transaction: whole(), path: list(index, 66), logs: list(whole(), 1024) }),
    1024,
  ),
  state: index,
};
const slots = (count: number): Schema => list(list(index, 66), count, count);
const ledgerAnchors = loose(
  {
    evm: { ...(trustMembers.evm as Schema), minItems: 1, maxItems: 1 },
    nitro: trustMembers.nitro,
    sevSnp: trustMembers.sevSnp,
    dcap: trustMembers.dcap,
    tpm: trustMembers.tpm,
  },
  ['evm'],
);
const decimal = text(15, '^[1-9][0-9]{0,14}$');
const word32 = hex0x(32);
const address = hex0x(20);

const task = {
  subject: closed({ chainId: whole(), contract: address, id: decimal }),
  claim: closed(
    {
      chainId: whole(),
      contract: address,
      id: decimal,
      owner: address,
      processor: address,
      program: word32,
      dataSet: word32,
      secretFile: word32,
      runnerKey: word32,
      result: word32,
      output: word32,
      attestation: word32,
      submittedAt: whole(),
      approvedAt: whole(),
      recordedAt: whole(),
      startedAt: whole(),
      endedAt: whole(),
      block: whole(),
      container: { type: 'string' },
    },
    ['container'],
  ),
  proof: closed({ ...ledgerProof, slots: slots(3), attestation: base64Url }),
  anchors: ledgerAnchors,
};

const network = {
  subject: closed({ chainId: whole(), contract: address, request: whole() }),
  claim: closed(
    {
      chainId: whole(),
      contract: address,
      requestId: whole(),
      vmId: word32,
      measurements: word32,
      evidence: word32,
      enclaveSignature: word32,
      count: whole(),
      epoch: whole(),
      criteria: word32,
      valid: flag,
      nodeSignatures: word32,
      timestamp: whole(),
      previous: word32,
      record: word32,
      block: whole(),
      needed: whole(),
      trustNodes: list(address, 1024),
      signers: list(address, 1024),
      leaf: anyObject,
    },
    ['leaf'],
  ),
  proof: closed({ ...ledgerProof, slots: slots(1), inclusion: closed({ index, path: list(word32, 32) }) }, [
    'inclusion',
  ]),
  anchors: ledgerAnchors,
};

const trace = {
  subject: closed({ code: hex(32) }),
  claim: closed(
    {
      vm: hex(32),
      signedAt: whole(),
      id: hex(32),
      root: hex(32),
      count: whole(),
      events: list(closed({ index: whole(), event: anyObject }), 2 ** 19),
      functions: list(
        closed({ function: whole(), name: { type: ['string', 'null'] }, count: whole(), traced: flag }),
        2 ** 16,
      ),
      signedFor: closed({ chainId: whole(), contract: address }),
      anchored: closed({ block: whole(), time: whole(), number: whole() }),
    },
    ['anchored'],
  ),
  // With evidence of a ledger beside the proof's own members.
  proof: { ...loose({ ...traceProofMembers, ledger: anyObject }), required: ['affidavit', 'metadata'] },
  anchors: loose({ vms: trustMembers.vms, evm: trustMembers.evm }),
};

const host = {
  subject: closed({ host: { type: 'string' } }),
  claim: closed({
    credential: { type: 'string' },
    counted: whole(),
    validators: list({ type: 'string' }, 1024),
    at: { type: 'string', format: 'date-time' },
    state: anyObject,
  }),
  proof: closed({
    credential: anyObject,
    files: list(closed({ name: { type: 'string' }, content: base64Url }), 64),
  }),
  anchors: loose({ hosts: trustMembers.hosts, dids: trustMembers.dids }),
};

const labels: Schema = {
  type: 'array',
  items: word('development', 'earlier trees unread', 'from checkpoint', 'simulated'),
  uniqueItems: true,
};
const of = (system: string, parts: Readonly<Record<'subject' | 'claim' | 'proof' | 'anchors', Schema>>): Schema =>
  closed({ affidavit: word('certificate/1'), system: word(system), ...parts, labels, digest: hex(32) });

export const certificateSchema = published(
  'certificate-1',
  'Affidavit certificate, version 1',
  'One JSON document in canonical form (RFC 8785), whose digest is SHA3-256 over the canonical form of all other members. The form alone proves nothing: npx affidavit check judges it.',
  {
    oneOf: [of('chain', chain), of('task', task), of('trace', trace), of('host', host), of('network', network)],
  },
);
