import { newPath, newSequencer, newTokenKeys, toPem } from '../../core/chain/chain.fixture.ts';
import type { AttestOptions, BlockOptions, MadeBlock } from '../../core/chain/chain.fixture.ts';
import { toHex } from '../../core/bytes/hex.ts';
import { blockHash } from '../../core/chain/block.ts';
import { makePath, pathTime } from '../../core/x509/path.fixture.ts';
import type { ChainPin } from '../../core/trust/trust.ts';
import type { Attack, ChainEvidence, Edit, OtherChain } from './attack.ts';
import { audited } from './outcome.ts';
import { asChain, at, newWorld, restamped, straight, type Scene } from './scene.ts';

/** A chain of six whose document for number 2 is another one. */
async function attested(options: (scene: Scene) => Promise<Omit<AttestOptions, 'k'>>): Promise<Scene> {
  const scene = await straight();
  const document = await scene.world.attest(scene.genesis, at(scene, 2), { k: 2, ...(await options(scene)) });
  scene.storage.putAttestation(2, document);
  return scene;
}

const junkDocument = (code: string) =>
  audited({
    verdict: 'undetermined',
    stop: 'invalid 2',
    tip: 1,
    codes: ['CHAIN_SEQUENCE_INVALID unknown', 'CHAIN_STORAGE unknown'],
    junk: [`seq/2 ${code}`],
  });

const measured = (what: string): Pick<Attack, 'expected' | 'proves' | 'guard'> => ({
  expected: audited({ verdict: 'rejected', codes: ['CHAIN_MEASUREMENT fail'] }),
  proves: `Every number needs a document by a pinned image, and ${what} is none.`,
  guard: [
    {
      file: 'core/chain/judgeChain.ts',
      find: 'if (meeting.length === 0) bad.push(sequences[0] as AttestedSequence);',
      replace: 'if (meeting.length === 0) foreign += 0;',
    },
  ],
});

/** A chain of three whose last block has a timestamp that is not one of this chain. */
function stamped(
  name: string,
  does: string,
  code: string,
  proves: string,
  guard: Attack['guard'],
  make: (scene: Scene) => Promise<MadeBlock>,
  others?: (scene: Scene) => Promise<readonly OtherChain[]>,
): Attack {
  return {
    name,
    section: 'attestations',
    does,
    expected: audited({
      verdict: 'undetermined',
      stop: 'attestation without block 2',
      tip: 1,
      codes: ['CHAIN_SEQUENCE_BLOCK unknown', 'CHAIN_STORAGE unknown'],
      junk: [`tuple ${code}`],
    }),
    proves,
    guard,
    make: async (): Promise<ChainEvidence> => {
      const scene = await straight(2);
      await scene.world.store(scene.storage, scene.genesis, await make(scene), { k: 2 });
      return { ...asChain(scene), ...(others ? { others: await others(scene) } : {}) };
    },
  };
}

const block =
  (options: (scene: Scene) => Promise<BlockOptions> | BlockOptions) =>
  async (scene: Scene): Promise<MadeBlock> =>
    scene.world.block({ parent: at(scene, 1), ...(await options(scene)) });

const jwtEdit = (find: string, replace: string): Edit => ({ file: 'core/jwt/verifySignature.ts', find, replace });
const claimEdit = (find: string): Edit => ({ file: 'core/chain/verifyTimestamp.ts', find, replace: 'if (false) {' });
const heldSignature = jwtEdit('if (holds) return {', 'if (holds || true) return {');
const pinnedSubject = claimEdit('if (named !== subject) {');
const pinnedIssuer = claimEdit('if (payload.iss !== timestamp.issuer) {');

/** Keys and issuer of another chain, pinned beside the one that is audited. */
const otherIssuer = 'https://pool.example/two';
let otherKeys: Promise<CryptoKeyPair> | undefined;
const keysOfOther = (): Promise<CryptoKeyPair> => (otherKeys ??= newTokenKeys());

async function otherChain(scene: Scene): Promise<ChainPin> {
  const world = await newWorld();
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', (await keysOfOther()).publicKey);
  const { timestamp } = scene.world.pin(scene.genesis);
  const jwk = { kty: kty as string, n: n as string, e: e as string, kid: 'k2', alg: 'RS256', use: 'sig' };
  return world.pin(await world.block(), {
    timestamp: { ...timestamp, issuer: otherIssuer, jwks: { keys: [jwk] } },
  });
}

export const attestationAttacks: readonly Attack[] = [
  {
    name: 'foreign-image',
    section: 'attestations',
    does: 'Number 2 is attested by a genuine enclave that ran another image.',
    ...measured('another image'),
    make: async () => asChain(await attested(async () => ({ pcrs: { 0: new Uint8Array(48).fill(9) } }))),
  },
  {
    name: 'debug-enclave',
    section: 'attestations',
    does: 'Number 2 is attested by an enclave in debug mode, whose measurements are zeros.',
    ...measured('a debug enclave'),
    make: async () => {
      const zero = new Uint8Array(48);
      return asChain(await attested(async () => ({ pcrs: { 0: zero, 1: zero, 2: zero } })));
    },
  },
  {
    name: 'foreign-root',
    section: 'attestations',
    does: 'Number 2 is attested under a root of somebody’s own.',
    expected: junkDocument('TEE_CHAIN'),
    proves: 'Only documents under the chain’s roots count.',
    guard: [
      {
        file: 'core/tee/nitro/verify.ts',
        find: 'const root = roots.findIndex((candidate) => equalBytes(candidate, document.cabundle[0] ?? new Uint8Array()));',
        replace: 'const root = 0;',
      },
    ],
    make: async () => {
      const path = await newPath();
      return asChain(await attested(async () => ({ path })));
    },
  },
  {
    name: 'expired-leaf',
    section: 'attestations',
    does: 'The leaf certificate of number 2’s document had expired at the document’s own time.',
    expected: junkDocument('TEE_TIME'),
    proves: 'Every certificate of a document holds at the document’s own time.',
    guard: [
      {
        file: 'core/tee/nitro/nitroVerifier.ts',
        find: 'if (isWithin(document.timestamp, path.notBefore, path.notAfter))',
        replace: 'if (path)',
      },
    ],
    make: async () => {
      const levels = [{}, { pathLength: 2 }, { pathLength: 1 }, { pathLength: 0 }, { notAfter: pathTime - 60_000 }];
      const path = await makePath(levels);
      const scene = await attested(async () => ({ path }));
      const roots = [scene.world.path.ders[0], path.ders[0]].map((der) => toPem(der as Uint8Array));
      return asChain(scene, { nitroRoots: roots });
    },
  },
  {
    name: 'image-of-another-role',
    section: 'attestations',
    does: 'An image that is pinned for this chain, but attests whatever it is told, vouches for a K_S of somebody’s own.',
    expected: junkDocument('CHAIN_SEQUENCER_KEY'),
    proves: 'The document must be for the pinned K_S, byte for byte, whichever image made it.',
    guard: [
      {
        file: 'core/chain/verifyAttestation.ts',
        find: 'if (!document.publicKey || !equalBytes(document.publicKey, context.sequencerSpki)) {',
        replace: 'if (false) {',
      },
      { file: 'core/chain/verifyAttestation.ts', find: 'if (!signed) {', replace: 'if (false) {' },
    ],
    make: async () => {
      const sequencer = await newSequencer();
      const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', sequencer.publicKey));
      const pcrs = { 0: new Uint8Array(48).fill(1), 1: new Uint8Array(48).fill(2), 2: new Uint8Array(48).fill(3) };
      const scene = await attested(async () => ({ sequencer, publicKey, pcrs }));
      const { measurements = [] } = scene.world.pin(scene.genesis);
      const other = { pcrs: { 0: toHex(pcrs[0]), 1: toHex(pcrs[1]), 2: toHex(pcrs[2]) } };
      return asChain(scene, { measurements: [...measurements, other] });
    },
  },
  stamped(
    'token-other-pool',
    'The timestamp of block 2 is by another pool that shares the key.',
    'CHAIN_TIMESTAMP_ISSUER',
    'The issuer is the one that is pinned for this chain.',
    [pinnedIssuer],
    block(() => ({ token: { iss: 'https://pool.example/three' } })),
  ),
  stamped(
    'token-other-key',
    'The timestamp of block 2 is signed by a key of somebody’s own under the pinned key’s name.',
    'JWT_SIGNATURE',
    'The signature holds under the pinned key.',
    [heldSignature],
    block(async () => ({ signer: (await newTokenKeys()).privateKey })),
  ),
  stamped(
    'token-other-algorithm',
    'The timestamp of block 2 says that it is an HS256 token.',
    'JWT_ALGORITHM',
    'Only RS256 is allowed; what the pinned key is for is compared once more after that.',
    [
      jwtEdit('if (algorithms.some((algorithm) => algorithm === alg)) return undefined;', 'if (alg) return undefined;'),
      jwtEdit('if (key.algorithm !== alg) {', 'if (false) {'),
    ],
    block(() => ({ header: { alg: 'HS256' } })),
  ),
  stamped(
    'token-of-another-chain',
    'The timestamp of block 2 is a right one by the issuer and key that are pinned for another chain of the same trust file.',
    'JWT_KEY',
    'A key that is pinned for one chain serves no other. Behind it the signature and the issuer would not hold either.',
    [
      jwtEdit('const named = keys.get(kid) ?? [];', 'const named = keys.get(kid) ?? [...keys.values()][0] ?? [];'),
      heldSignature,
      pinnedIssuer,
    ],
    block(async () => ({
      token: { iss: otherIssuer },
      header: { kid: 'k2' },
      signer: (await keysOfOther()).privateKey,
    })),
    async (scene) => [{ pin: await otherChain(scene) }],
  ),
  stamped(
    'token-other-block',
    'The timestamp of block 2 names another block.',
    'CHAIN_TIMESTAMP_SUBJECT',
    'The claim names exactly this block.',
    [pinnedSubject],
    block(() => ({ token: { email: `${'ab'.repeat(32)}@affidavit.example` } })),
  ),
  stamped(
    'token-other-domain',
    'The timestamp of block 2 names the block under another domain.',
    'CHAIN_TIMESTAMP_SUBJECT',
    'The claim names the block under exactly the pinned domain.',
    [pinnedSubject],
    async (scene) => {
      const made = await scene.world.block({ parent: at(scene, 1) });
      const token = { email: `${toHex(blockHash(made.block))}@affidavit.example.org` };
      return restamped(made, await scene.world.token(made.block, made.time, { token }));
    },
  ),
  stamped(
    'token-other-claim',
    'The timestamp of block 2 names the block in its user name, not in the e-mail that is pinned.',
    'CHAIN_TIMESTAMP_SUBJECT',
    'Only the pinned claim is looked at.',
    [pinnedSubject],
    async (scene) => {
      const made = await scene.world.block({ parent: at(scene, 1) });
      const subject = `${toHex(blockHash(made.block))}@affidavit.example`;
      const token = { email: 'someone@affidavit.example', 'cognito:username': subject };
      return restamped(made, await scene.world.token(made.block, made.time, { token }));
    },
  ),
  stamped(
    'token-spare-bits',
    'The last character of block 2’s timestamp carries spare bits: another text that lax readers take for the same token.',
    'JWT_FORM',
    'Base64url is canonical, so that no token has two hashes.',
    [
      {
        file: 'core/bytes/base64.ts',
        find: 'if ((group & ((1 << bits) - 1)) !== 0) {',
        replace: 'if (false) {',
      },
    ],
    async (scene) => {
      const made = await scene.world.block({ parent: at(scene, 1) });
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      // 256 bytes leave four spare bits in the last character.
      const spare = alphabet[alphabet.indexOf(made.jwt.at(-1) as string) + 1] as string;
      return restamped(made, made.jwt.slice(0, -1) + spare);
    },
  ),
  {
    name: 'time-backwards',
    section: 'attestations',
    does: 'The timestamp of block 6 is an hour before the one that it follows.',
    expected: audited({ verdict: 'rejected', tip: 6, codes: ['CHAIN_TIME_ORDER fail'] }),
    proves: 'No timestamp is earlier than one before it by more than the pinned skew.',
    guard: [{ file: 'core/chain/judgeChain.ts', find: 'if (block.time < latest - skew) {', replace: 'if (false) {' }],
    make: async () => {
      const scene = await straight();
      const late = await scene.world.block({ parent: at(scene, 5), time: at(scene, 5).time - 3600 });
      await scene.world.store(scene.storage, scene.genesis, late, { k: 6 });
      return asChain(scene);
    },
  },
  {
    name: 'attested-before-stamped',
    section: 'attestations',
    does: 'The enclave’s document for number 2 is a minute older than the timestamp that it numbers.',
    expected: audited({ verdict: 'rejected', codes: ['CHAIN_TIME_ATTESTED fail'] }),
    proves: 'No document is older than the timestamp that it numbers by more than the pinned skew.',
    guard: [{ file: 'core/chain/judgeChain.ts', find: 'if (lag < -skew) bad.push(block);', replace: '' }],
    make: async () => asChain(await attested(async (scene) => ({ documentTime: (at(scene, 2).time - 60) * 1000 }))),
  },
];
