import {
  anyObject,
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

const pcrs: Schema = {
  type: 'object',
  propertyNames: { pattern: '^(0|[1-9]|[12][0-9]|3[01])$' },
  additionalProperties: hex(48),
  required: ['0', '1', '2'],
};
const measurement = closed({ pcrs });
const measurements = list(measurement, 4096);
const pem: Schema = text(16 * 1024, '^\\s*-----BEGIN [A-Z ]+-----[\\s\\S]*-----END [A-Z ]+-----\\s*$');
/** RFC 3339 in UTC, whole seconds. */
const moment: Schema = text(20, '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$');
const common = {
  kid: text(256),
  use: word('sig'),
  key_ops: list(word('verify'), 1, 1),
  ext: flag,
  x5c: list(text(16 * 1024), 8),
  x5t: text(64),
  'x5t#S256': text(64),
  from: moment,
  until: moment,
};
const base64Url = text(1024, '^[A-Za-z0-9_-]+$');
const rsa = loose(
  {
    ...common,
    kty: word('RSA'),
    alg: word('RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'),
    n: base64Url,
    e: base64Url,
  },
  ['kty', 'kid', 'n', 'e'],
);
const curve = (crv: string, alg: string): Schema =>
  loose({ ...common, kty: word('EC'), alg: word(alg), crv: word(crv), x: base64Url, y: base64Url }, [
    'kty',
    'kid',
    'crv',
    'x',
    'y',
  ]);

/** A set of public keys with names (RFC 7517). */
const jwksSchema = closed({
  keys: list({ anyOf: [rsa, curve('P-256', 'ES256'), curve('P-384', 'ES384')] }, 1024),
});

/** Members of a chain's identity and pins, as a trust file's entry and a certificate's anchors have them. */
export const chainMembers = {
  genesis: hex(32),
  sequencerKey: text(59, '^[A-Za-z0-9_-]{59}$'),
  measurements,
  nitroRoots: list(pem, 64, 1),
  timestamp: loose({
    issuer: text(2048),
    audience: text(512),
    domain: text(253, '^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$'),
    claim: text(128),
    tokenUse: word('id', 'access'),
    jwks: jwksSchema,
  }),
  skewSeconds: whole(0, 300),
};
const chain = loose(
  {
    ...chainMembers,
    name: text(128),
    holdMeasurements: measurements,
    checkpoint: closed({ k: whole(), height: whole(), timestampHash: hex(32) }),
    buckets: list(loose({ url: text(2048), provider: text(128), region: text(128) }, ['url']), 64),
  },
  ['name'],
);
// In mixed case its checksum must be right (EIP-55).
const address = text(42, '^0x[0-9a-fA-F]{40}$');
const nodes = list(text(2048, '^https?://\\S+$'), 64);
const ledger = loose(
  {
    chainId: whole(1),
    rpc: nodes,
    consensus: word('qbft', 'ibft2', 'ibft1', 'clique', 'aura', 'ethereum'),
    validators: list(address, 1024),
    from: whole(),
    to: whole(),
    quorum: whole(1, 1024),
    epoch: whole(1),
    maximumAge: whole(1),
    checkpoint: loose(
      {
        number: whole(),
        hash: hex0x(32),
        votes: list(closed({ voter: address, candidate: address, add: flag }), 4096),
      },
      ['number', 'hash'],
    ),
    validatorContract: loose({ address, slot: whole() }, ['address']),
    beacon: closed({ checkpoint: hex0x(32), rpc: nodes }),
    contracts: {
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z][\\w.-]{0,63}$' },
      additionalProperties: address,
      maxProperties: 1024,
    },
  },
  ['chainId', 'consensus'],
);
const did = text(2048, '^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$');
const host = loose(
  {
    name: text(128),
    validators: list(
      loose({ did, operator: text(256), region: text(256), from: moment, until: moment }, ['did']),
      1024,
      1,
    ),
    threshold: whole(1, 1024),
    measurements: list({ anyOf: [hex(32, 48), measurement] }, 4096),
  },
  ['name', 'validators', 'threshold'],
);

/** Members of a trust file but its version, each for who wants to reuse it. */
export const trustMembers = {
  nitro: loose({ roots: list(pem, 64), measurements }),
  sevSnp: loose({ measurements: list(hex(48), 4096) }),
  dcap: loose({ measurements: list(hex(32, 48), 4096) }),
  tpm: loose({ attestationKeys: list(pem, 1024) }),
  zk: loose({ keys: list(hex(32), 1024) }),
  jwks: jwksSchema,
  issuers: list(text(2048), 256),
  chains: list(chain, 1024),
  dids: { type: 'object', propertyNames: did, additionalProperties: anyObject, maxProperties: 4096 },
  contexts: { type: 'object', additionalProperties: anyObject, maxProperties: 1024 },
  hosts: list(host, 1024),
  vms: list(closed({ id: text(512), key: text(2731, '^[A-Za-z0-9_-]+$') }), 4096),
  auditors: list(closed({ address }), 4096),
  evm: list(ledger, 256),
} satisfies Record<string, Schema>;

export const trustSchema = published(
  'trust-1',
  'Affidavit trust file, version 1',
  'What a person trusts, and nothing else is. Beyond this form: no duplicates, pins of zeros are refused, keys and certificates must parse, addresses in mixed case must have their checksum.',
  loose({ affidavit: word('trust/1'), ...trustMembers }, ['affidavit']),
);
