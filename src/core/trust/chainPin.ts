import { isHex } from '../bytes/hex.ts';
import { trustFault } from './fault.ts';
import { distinct, integer, list, object, refuse, text, word, type Reader } from './form.ts';
import { jwks } from './jwks.ts';
import { measurements } from './measurement.ts';
import type { BucketPin, ChainPin, TimestampPin } from './trust.ts';
import { certificatePem, ed25519Key, hex } from './values.ts';

const timestamp = object<TimestampPin>({
  issuer: text('the issuer, exactly as tokens name it', 2048, /^\S+$/),
  audience: text('the audience: one text', 512),
  domain: text(
    'the domain behind the hash: letters, digits, dots, hyphens',
    253,
    /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/,
  ),
  claim: text('the name of one claim', 128),
  tokenUse: word('id', 'access'),
  jwks,
});

const bucket = object<BucketPin>(
  {
    url: text('the address of a bucket or the path of a folder', 2048),
    provider: text('1 to 128 characters', 128),
    region: text('1 to 128 characters', 128),
  },
  ['url'],
);

const checkpointMembers = object<NonNullable<ChainPin['checkpoint']>>(
  { k: integer(0), height: integer(0), timestampHash: hex('a hash', 32) },
  ['k', 'height', 'timestampHash'],
);

/** CHAIN.md 27. Each block has a number of its own, so its height cannot be above it. */
const checkpoint: Reader<NonNullable<ChainPin['checkpoint']>> = (value, path) => {
  const found = checkpointMembers(value, path);
  if (found.height > found.k) refuse(`${path}.height`, `at most k (${found.k})`, found.height);
  return found;
};

const members = object<ChainPin>(
  {
    name: text('the name of the chain: 1 to 128 characters', 128),
    genesis: hex('H of block zero', 32),
    sequencerKey: ed25519Key,
    measurements,
    holdMeasurements: measurements,
    // An empty list would leave open whether the built-in root counts.
    nitroRoots: list(certificatePem, 64, 1),
    timestamp,
    skewSeconds: integer(0, 300),
    checkpoint,
    buckets: list(bucket, 64),
  },
  ['name'],
);

/** A name stands for its chain where a genesis may stand too, so it must not look like another chain's. */
const chain: Reader<ChainPin> = (value, path) => {
  const found = members(value, path);
  if (isHex(found.name, 32) && found.name !== found.genesis) {
    const problem = 'looks like the genesis of another chain';
    throw trustFault('TRUST_VALUE', `${path}.name`, problem, 'Give the chain a name of words.');
  }
  return found;
};

const entries = list(chain, 1024);

/** CHAIN.md 26: names, genesis and sequencer keys are unique. */
export const chains: Reader<readonly ChainPin[]> = (value, path) => {
  const found = entries(value, path);
  distinct(found, path, 'name', (entry) => entry.name);
  distinct(found, path, 'genesis', (entry) => entry.genesis);
  distinct(found, path, 'sequencerKey', (entry) => entry.sequencerKey);
  return found;
};
