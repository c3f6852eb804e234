import { toBase64Url } from '../../core/bytes/base64.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash } from '../../core/chain/block.ts';
import { transactionHash } from '../../core/chain/tree.ts';
import type { Attack } from './attack.ts';
import { asFile, certified, rewritten } from './certified.ts';
import { checked } from './outcome.ts';
import { at, newWorld } from './scene.ts';

const systemEdit = (find: string, replace: string) =>
  ({ file: 'core/chain/certificate/chainSystem.ts', find, replace }) as const;
const canonical = {
  file: 'core/bytes/jcs.ts',
  find: 'if (text === canonical) return value;',
  replace: 'if (text) return value;',
} as const;
const knownFields = {
  file: 'core/certificate/envelope.ts',
  find: 'if (!(names as readonly string[]).includes(name)) {',
  replace: 'if (false) {',
} as const;

/** The checks that are left open where the chain is not pinned. */
const notRun = [
  'CERTIFICATE_IDENTITY',
  'CERTIFICATE_TRANSCRIPT',
  'CHAIN_IDENTITY',
  'CHAIN_GENESIS',
  'CHAIN_SEQUENCE_GAP',
  'CHAIN_SEQUENCE_INVALID',
  'CHAIN_SEQUENCE_BLOCK',
  'CHAIN_ORDER',
  'CHAIN_EQUIVOCATION',
  'CHAIN_TIMESTAMP',
  'CHAIN_ATTESTATION',
  'CHAIN_MEASUREMENT',
  'CHAIN_TIME_ORDER',
  'CHAIN_TIME_ATTESTED',
  'CERTIFICATE_BLOCK',
  'CERTIFICATE_INCLUSION',
  'CERTIFICATE_TIMES',
  'CERTIFICATE_ANCHORS',
  'CERTIFICATE_LABELS',
].map((code) => `${code} unknown`);

export const certificateAttacks: readonly Attack[] = [
  {
    name: 'certificate-of-a-fork',
    section: 'certificates',
    does: 'A certificate of a record in a block that was forked off; all its parts are genuine.',
    expected: checked('rejected', 'CERTIFICATE_BLOCK fail', 'CERTIFICATE_TIMES unknown'),
    proves: 'The block is on the main chain of the transcript.',
    guard: [
      systemEdit(
        'const block = result.main.find((candidate) => candidate.block === proof.block);\n  const params = { height: claim.height, k',
        'const block = result.order.find((candidate) => candidate.block === proof.block);\n  const params = { height: claim.height, k',
      ),
    ],
    make: async () => {
      const certificate = await certified();
      const { scene } = certificate;
      const fork = at(scene, 2);
      return rewritten(certificate, (body) => {
        const hash = toHex(transactionHash(fork.transactions[0] as Uint8Array));
        body.subject.hash = hash;
        const { genesis, sequencerKey } = body.claim;
        const [after, before] = [scene.genesis.time, fork.time];
        body.claim = { genesis, sequencerKey, hash, after, before, height: 1, leaf: 0 };
        Object.assign(body.proof, { block: toHex(blockHash(fork.block)), leaves: 1, path: [] });
      });
    },
  },
  {
    name: 'certificate-tighter-times',
    section: 'certificates',
    does: 'The claim’s lower bound is a second later than the timestamp says.',
    expected: checked('rejected', 'CERTIFICATE_TIMES fail'),
    proves: 'Both times are recomputed from the two timestamps.',
    guard: [
      systemEdit(
        'const same = claim.after === signedAfter && claim.before === signedBefore;',
        'const same = claim.after <= claim.before;',
      ),
    ],
    make: async () => rewritten(await certified(), (body) => void (body.claim.after += 1)),
  },
  {
    name: 'certificate-skipped-number',
    section: 'certificates',
    does: 'Number 2, a block of a fork, is left out of the transcript.',
    expected: checked(
      'rejected',
      'CERTIFICATE_TRANSCRIPT fail',
      'CERTIFICATE_BLOCK fail',
      'CERTIFICATE_INCLUSION fail',
      'CERTIFICATE_TIMES unknown',
    ),
    proves:
      'An entry’s place is its number, and no document fits another number; behind that the block would not be reached.',
    guard: [
      systemEdit(
        "if (invalid) return fail('CERTIFICATE_TRANSCRIPT'",
        "if (false) return fail('CERTIFICATE_TRANSCRIPT'",
      ),
    ],
    make: async () => rewritten(await certified(), (body) => void body.proof.transcript.splice(2, 1)),
  },
  {
    name: 'certificate-fields-reordered',
    section: 'certificates',
    does: 'The members of the file stand in another order, which changes no value and no digest.',
    expected: checked('rejected', 'CERTIFICATE_FORM fail'),
    proves: 'A certificate is byte for byte its canonical form, so that there is one file and not many.',
    guard: [canonical],
    make: async () => {
      const made = await certified();
      const members = Object.entries(JSON.parse(made.text) as object).toReversed();
      return asFile({ ...made, text: JSON.stringify(Object.fromEntries(members)) });
    },
  },
  {
    name: 'certificate-field-added',
    section: 'certificates',
    does: 'The claim gets a further member, and the file a right digest.',
    expected: checked('rejected', 'CERTIFICATE_CLAIM fail'),
    proves: 'No member is passed over that this version does not know.',
    guard: [knownFields],
    make: async () => rewritten(await certified(), (body) => void (body.claim.first = true)),
  },
  {
    name: 'certificate-field-unknown',
    section: 'certificates',
    does: 'The envelope gets a further member, and the file a right digest.',
    expected: checked('rejected', 'CERTIFICATE_FORM fail'),
    proves: 'No member is passed over that this version does not know.',
    guard: [knownFields],
    make: async () => rewritten(await certified(), (body) => void (body.remark = 'checked by nobody')),
  },
  {
    name: 'certificate-digest',
    section: 'certificates',
    does: 'A label that the evidence calls for is taken out without making the digest right again.',
    expected: checked('rejected', 'CERTIFICATE_DIGEST fail', 'CERTIFICATE_LABELS fail'),
    proves: 'The digest covers everything else.',
    guard: [
      {
        file: 'core/certificate/checkerOf.ts',
        find: "(found === digest ? pass : fail)('CERTIFICATE_DIGEST'",
        replace: "pass('CERTIFICATE_DIGEST'",
      },
    ],
    make: async () => {
      const made = await certified();
      return asFile({ ...made, text: made.text.replace('"labels":["simulated"]', '"labels":[]') });
    },
  },
  {
    name: 'certificate-anchors-shortened',
    section: 'certificates',
    does: 'The list of anchors leaves the measurement out, so that whoever pins what it lists pins no image.',
    expected: checked('rejected', 'CERTIFICATE_ANCHORS fail'),
    proves: 'The list names all that was used.',
    guard: [systemEdit("return part ? fail('CERTIFICATE_ANCHORS'", "return part === '' ? fail('CERTIFICATE_ANCHORS'")],
    make: async () => rewritten(await certified(), (body) => void (body.anchors.measurements = [])),
  },
  {
    name: 'certificate-wrapped-again',
    section: 'certificates',
    does: 'Claim and anchors are exchanged for those of a trust file in which somebody’s own K_S stands for the same block zero.',
    expected: checked('rejected', 'CERTIFICATE_IDENTITY fail'),
    proves: 'The claim is for the K_S of the checker’s own trust file.',
    guard: [systemEdit('if (claim.sequencerKey !== pin.sequencerKey) {', 'if (false) {')],
    make: async () => {
      const sequencerKey = toBase64Url((await newWorld()).sequencerSpki);
      return rewritten(await certified(), (body) => {
        body.claim.sequencerKey = sequencerKey;
        body.anchors.sequencerKey = sequencerKey;
      });
    },
  },
  {
    name: 'certificate-of-another-chain',
    section: 'certificates',
    does: 'A certificate of a chain of somebody’s own is shown to a checker who has pinned another.',
    expected: checked('undetermined', ...notRun),
    proves: 'Only the checker’s own entry with the same block zero decides.',
    guard: [
      systemEdit(
        'const pin = context.trust.chains?.find((chain) => chain.genesis === claim.genesis);',
        'const pin = context.trust.chains?.[0];',
      ),
    ],
    make: async () => {
      const world = await newWorld();
      const file = asFile(await certified());
      return { ...file, trust: { chains: [world.pin(await world.block())] } };
    },
  },
];
