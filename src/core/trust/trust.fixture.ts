import type { ChainPin, PublicJwk, Trust } from './trust.ts';

/** Values of the right form for tests: two self-made roots, keys whose private halves were thrown away. */
export const rootPem = `-----BEGIN CERTIFICATE-----
MIIBuzCCAUKgAwIBAgIUNSwYtOy5x51jt2Cu2G4kHDh8cbMwCgYIKoZIzj0EAwMw
FDESMBAGA1UEAwwJVGVzdCByb290MCAXDTI2MTEyMTExNTk0N1oYDzIxMjYxMDI4
MTE1OTQ3WjAUMRIwEAYDVQQDDAlUZXN0IHJvb3QwdjAQBgcqhkjOPQIBBgUrgQQA
IgNiAASdHw2Yiqra2+QAHK0+Mm9Du96a0cMBhpVtDTldlFqPoVyh9s1gVIZKfRk7
ryv1m6FA+1F9iYLWUHcj9XmbHqsh0QptZ3nAc85srN5F53S/9bIqr4eOqPPrbGMA
IqvFAjCjUzBRMB0GA1UdDgQWBBThdsHV6LAuaGCeUsY9WY925SvySTAfBgNVHSME
GDAWgBThdsHV6LAuaGCeUsY9WY925SvySTAPBgNVHRMBAf8EBTADAQH/MAoGCCqG
SM49BAMDA2cAMGQCMDNfC1YQmqwq3CPZUqfRh+PdgB3AsBp8mdRNptqck0ddj65X
Fb+uv4wgZ7Q4iNbQjAIwFrLk7DkxARYIa7kf5sfoZGzaLfmdxphI3229RormXRrp
lKORkmmsfGGGW4THwOLx
-----END CERTIFICATE-----
`;
export const otherRootPem = `-----BEGIN CERTIFICATE-----
MIIBvzCCAUSgAwIBAgIUaEmZ4TFek9X9gzc56fs9J1ohU0cwCgYIKoZIzj0EAwMw
FTETMBEGA1UEAwwKT3RoZXIgcm9vdDAgFw0yNjExMjExMTU5NDhaGA8yMTI2MTAy
ODExNTk0OFowFTETMBEGA1UEAwwKT3RoZXIgcm9vdDB2MBAGByqGSM49AgEGBSuB
BAAiA2IABJ0fDZiKqtrb5AAcrT4yb0O73prRwwGGlW0NOV2UWo+hXKH2zWBUhkp9
GTuvK/WboUD7UX2JgtZQdyP1eZseqyHRCm1necBzzmys3kXndL/1siqvh46o8+ts
YwAiq8UCMKNTMFEwHQYDVR0OBBYEFOF2wdXosC5oYJ5Sxj1Zj3blK/JJMB8GA1Ud
IwQYMBaAFOF2wdXosC5oYJ5Sxj1Zj3blK/JJMA8GA1UdEwEB/wQFMAMBAf8wCgYI
KoZIzj0EAwMDaQAwZgIxAKP/Kb2RRRMzjRzcRqy09ekPFAZiLAd3dexYO5l+pPZN
bopDd44jUas9VcNat8hl+wIxAIe3+SDIWijXNfneyqMXYnYPTRG/lDkxs3P1Ewvs
NI2Wal6vWswt+wvjNb6yNLSqEg==
-----END CERTIFICATE-----
`;
export const publicPem = `-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEnR8NmIqq2tvkABytPjJvQ7vemtHDAYaV
bQ05XZRaj6FcofbNYFSGSn0ZO68r9ZuhQPtRfYmC1lB3I/V5mx6rIdEKbWd5wHPO
bKzeRed0v/WyKq+Hjqjz62xjACKrxQIw
-----END PUBLIC KEY-----
`;
export const sequencerKey = 'MCowBQYDK2VwAyEAvv-tPieY4IOIov7Pt7R7aqepTAaRwaWs6IWzToOt1SA';
export const otherSequencerKey = 'MCowBQYDK2VwAyEAzPo3B4ipOE5YuhY5XKawxXuwyuyThwNo0nprUH2vkD0';

export const rsaKey: PublicJwk = {
  kty: 'RSA',
  kid: 'rsa',
  alg: 'RS256',
  use: 'sig',
  n: 'vmrGIgaTF-e7uKcoOJcY1ZS4sy5TMZ_7y9vKiL68ajNGG9FubcidXbGhRXEBC3TefNRgnEEIPoBWckUO_CtMFU6olaNw7sr_o5uPsqYuroSX7LTWdJeTTzvnhSEyYLe3joymY0FPgr3k0SkiHF9umX5CScisz58YSIBqJD9QINsQr_Y2dfjnkkTz9l-wjwmE4cOUtGjZUN5-lQ1_pidH4NNs6vsuZ0nEZuSQfnDswWq9IgN5MxtgJUYFT-PIfcdrDOSKHoBN5LfBwW2Kp9Xskluq4SCF5EjSQS8CHLDe69prdI_4l7wb8SMaxUeGluS5F4P-Oih32khoWxY5wuce2Q',
  e: 'AQAB',
};
export const ecKey: PublicJwk = {
  kty: 'EC',
  kid: 'p256',
  crv: 'P-256',
  x: 'sXZXw2lXQbzUrBUxC40X0ilhLf9UnFp-K9rXnhaqnB4',
  y: 'yHHopRU6iaZtoJKv6KsxJVLLFZjrSa31e5_HlNl0AMM',
};
export const ec384Key: PublicJwk = {
  kty: 'EC',
  kid: 'p384',
  crv: 'P-384',
  x: 'P5ELCNfxoHBN5sB7kL6uAnJSzNqUUYoycLdnqfrcYAW2SCN-xthLEDhzqmoCViIu',
  y: 'jSdK43OomgXutgNMRIyvV3SwEuZ1CyadUr6H4gLfETzKeaowElj52_AAojfchG0S',
};

export const pcrs = { '0': 'a0'.repeat(48), '1': 'a1'.repeat(48), '2': 'a2'.repeat(48) };
export const address = '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed';

export const chain: ChainPin = {
  name: 'one',
  genesis: '11'.repeat(32),
  sequencerKey,
  measurements: [{ pcrs }],
  holdMeasurements: [{ pcrs: { ...pcrs, '8': '00'.repeat(48) } }],
  nitroRoots: [rootPem],
  timestamp: {
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc',
    audience: 'client',
    domain: 'example.org',
    claim: 'cognito:username',
    tokenUse: 'id',
    jwks: { keys: [rsaKey] },
  },
  skewSeconds: 5,
  checkpoint: { k: 4, height: 3, timestampHash: '22'.repeat(32) },
  buckets: [{ url: 'https://one.example', provider: 'aws', region: 'eu-central-1' }, { url: 'folders/two' }],
};

/** Every part of DESIGN §8 at once. */
export const fullTrust: Trust = {
  nitro: { roots: [rootPem], measurements: [{ pcrs }] },
  sevSnp: { measurements: ['b0'.repeat(48)] },
  dcap: { measurements: ['c0'.repeat(32), 'c1'.repeat(48)] },
  tpm: { attestationKeys: [publicPem] },
  zk: { keys: ['d0'.repeat(32)] },
  jwks: {
    keys: [
      rsaKey,
      { ...ecKey, from: '2026-01-01T00:00:00Z' },
      { ...ec384Key, from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' },
    ],
  },
  issuers: ['https://issuer.example/pool', 'http://127.0.0.1:9229/pool', 'http://localhost:9229'],
  chains: [chain, { name: 'two' }],
  dids: { 'did:web:example.org': { id: 'did:web:example.org', verificationMethod: [] } },
  contexts: { 'https://www.w3.org/2018/credentials/v1': { '@context': { '@version': 1.1 } } },
  hosts: [
    {
      name: 'host',
      validators: [
        { did: 'did:web:a.example', operator: 'A', region: 'eu', until: '2027-01-01T00:00:00Z' },
        { did: 'did:web:b.example' },
      ],
      threshold: 2,
      measurements: [{ pcrs }, 'd0'.repeat(32)],
    },
  ],
  vms: [{ id: 'vm', key: sequencerKey }],
  auditors: [{ address }],
  evm: [
    {
      chainId: 8995,
      rpc: ['https://node.example', 'http://127.0.0.1:8545'],
      consensus: 'qbft',
      validators: [address],
      from: 0,
      to: 9,
      quorum: 1,
      epoch: 100,
      maximumAge: 600,
      checkpoint: {
        number: 0,
        hash: `0x${'33'.repeat(32)}`,
        votes: [{ voter: address, candidate: `0x${'44'.repeat(20)}`, add: true }],
      },
      validatorContract: { address, slot: 3 },
      contracts: { registry: address },
    },
    { chainId: 8995, consensus: 'ibft2', from: 10 },
    {
      chainId: 1,
      consensus: 'ethereum',
      beacon: { checkpoint: `0x${'55'.repeat(32)}`, rpc: ['https://beacon.example'] },
    },
  ],
};

/** The text of a trust file with these parts. */
export function fileOf(parts: object): string {
  return JSON.stringify({ affidavit: 'trust/1', ...parts });
}
