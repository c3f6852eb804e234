import { describe, expect, it } from 'vitest';
import { utf8 } from '../bytes/bytes.ts';
import { AuditorError } from '../verdict/auditorError.ts';
import { emptyTrust } from './emptyTrust.ts';
import { maximumTrustLength, parseTrust } from './parseTrust.ts';
import {
  address,
  chain,
  ec384Key,
  ecKey,
  fileOf,
  fullTrust,
  otherSequencerKey,
  pcrs,
  publicPem,
  rootPem,
  rsaKey,
  sequencerKey,
} from './trust.fixture.ts';

/** What parsing these parts throws, as `CODE path`; `accepted` where it does not. */
function outcome(file: string | Uint8Array): string {
  try {
    parseTrust(file);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(/^The trust file cannot be used: .+\. [A-Z].*\.$/su);
    const place = /^The trust file cannot be used: (\S+) (is|must|pins|holds|has|looks)/.exec(error.message)?.[1];
    return `${error.code} ${place ?? 'the file'}`;
  }
}

const zeros = '00'.repeat(48);
const chainWith = (parts: object) => ({ chains: [{ ...chain, ...parts }] });
const timestampWith = (parts: object) => chainWith({ timestamp: { ...chain.timestamp, ...parts } });
const keyWith = (key: object, parts: object) => ({ jwks: { keys: [{ ...key, ...parts }] } });
const hostWith = (parts: object) => ({ hosts: [{ ...fullTrust.hosts![0], ...parts }] });
const evmWith = (parts: object) => ({ evm: [{ ...fullTrust.evm![0], ...parts }] });
const measure = (parts: object) => ({ nitro: { measurements: [{ pcrs: { ...pcrs, ...parts } }] } });

describe('parseTrust', () => {
  it('reads every part back as it stands, from text and from bytes', () => {
    expect(parseTrust(fileOf(fullTrust))).toEqual(fullTrust);
    expect(parseTrust(utf8(fileOf(fullTrust)))).toEqual(fullTrust);
  });

  it('needs no part at all', () => {
    expect(parseTrust(fileOf({}))).toEqual(emptyTrust);
  });

  it('takes addresses over in lower case, where their checksum is right', () => {
    const mixed = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    expect(parseTrust(fileOf({ auditors: [{ address: mixed }] })).auditors).toEqual([{ address }]);
    expect(outcome(fileOf({ auditors: [{ address: mixed.replace('aAeb', 'AAeb') }] }))).toBe(
      'TRUST_VALUE $.auditors[0].address',
    );
  });

  it('takes the boundary values', () => {
    for (const parts of [
      chainWith({ skewSeconds: 0 }),
      chainWith({ skewSeconds: 300 }),
      chainWith({ checkpoint: { k: 0, height: 0, timestampHash: '00'.repeat(32) } }),
      chainWith({ name: chain.genesis }),
      chainWith({ measurements: [] }),
      measure({ '3': zeros, '31': zeros }),
      hostWith({ threshold: 1 }),
      { jwks: { keys: [] } },
    ]) {
      expect(outcome(fileOf(parts))).toBe('accepted');
    }
  });

  it('names the version that it does not know', () => {
    expect(outcome('{"affidavit":"trust/2","later":1}')).toBe('TRUST_VERSION $.affidavit');
    expect(() => parseTrust('{"affidavit":"trust/2"}')).toThrow(/"trust\/2".*version of this program/s);
    for (const text of ['{}', '[]', 'null', '"trust/1"', '{"affidavit":1}', '{"affidavit":"certificate/1"}']) {
      expect(outcome(text)).toBe('TRUST_VERSION $.affidavit');
    }
  });

  it('refuses what is not strict JSON, with the offset', () => {
    const whole = fileOf(fullTrust);
    for (const text of [
      '',
      '{',
      '{"affidavit":"trust/1"} x',
      '{"affidavit":"trust/1","affidavit":"trust/1"}',
      whole.slice(0, 900),
    ]) {
      expect(outcome(text)).toBe('TRUST_JSON the file');
    }
    expect(() => parseTrust('{"affidavit":"trust/1",}')).toThrow(/offset 23/);
    expect(outcome(new Uint8Array([0x7b, 0xff]))).toBe('TRUST_JSON the file');
  });

  it('refuses a file beyond its bound before reading it', () => {
    expect(outcome(' '.repeat(maximumTrustLength + 1))).toBe('TRUST_SIZE the file');
  });

  it('refuses a depth that no part needs', () => {
    expect(outcome(fileOf({ dids: { 'did:web:a': JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40)) } }))).toBe(
      'TRUST_JSON the file',
    );
  });

  it('refuses unknown members at every level', () => {
    const x = { unexpected: 1 };
    const cases: readonly [object, string][] = [
      [x, '$'],
      [{ nitro: x }, '$.nitro'],
      [{ nitro: { measurements: [{ pcrs, ...x }] } }, '$.nitro.measurements[0]'],
      [{ sevSnp: x }, '$.sevSnp'],
      [{ dcap: x }, '$.dcap'],
      [{ tpm: x }, '$.tpm'],
      [{ zk: x }, '$.zk'],
      [{ jwks: { keys: [], ...x } }, '$.jwks'],
      [keyWith(rsaKey, x), '$.jwks.keys[0]'],
      [keyWith(ecKey, x), '$.jwks.keys[0]'],
      [chainWith(x), '$.chains[0]'],
      [timestampWith(x), '$.chains[0].timestamp'],
      [timestampWith({ jwks: { keys: [], ...x } }), '$.chains[0].timestamp.jwks'],
      [chainWith({ checkpoint: { ...chain.checkpoint, ...x } }), '$.chains[0].checkpoint'],
      [chainWith({ buckets: [{ url: 'a', ...x }] }), '$.chains[0].buckets[0]'],
      [hostWith(x), '$.hosts[0]'],
      [hostWith({ validators: [{ did: 'did:web:a', ...x }] }), '$.hosts[0].validators[0]'],
      [{ vms: [{ id: 'a', key: sequencerKey, ...x }] }, '$.vms[0]'],
      [{ auditors: [{ address, ...x }] }, '$.auditors[0]'],
      [evmWith(x), '$.evm[0]'],
      [evmWith({ checkpoint: { ...fullTrust.evm![0]!.checkpoint, ...x } }), '$.evm[0].checkpoint'],
    ];
    for (const [parts, path] of cases) expect(outcome(fileOf(parts))).toBe(`TRUST_UNKNOWN_KEY ${path}.unexpected`);
    expect(outcome('{"affidavit":"trust/1","__proto__":{}}')).toBe('TRUST_UNKNOWN_KEY $.__proto__');
  });

  it('refuses an entry without what it must have', () => {
    const cases: readonly [object, string][] = [
      [{ nitro: { measurements: [{}] } }, '$.nitro.measurements[0].pcrs'],
      [{ jwks: {} }, '$.jwks.keys'],
      [keyWith({ kty: 'RSA', n: rsaKey.n, e: rsaKey.e }, {}), '$.jwks.keys[0].kid'],
      [keyWith({ kty: 'RSA', kid: 'a', n: rsaKey.n }, {}), '$.jwks.keys[0].e'],
      [keyWith({ kty: 'EC', crv: 'P-256', kid: 'a', x: ecKey.x }, {}), '$.jwks.keys[0].y'],
      [{ chains: [{}] }, '$.chains[0].name'],
      [chainWith({ checkpoint: { k: 0, height: 0 } }), '$.chains[0].checkpoint.timestampHash'],
      [chainWith({ buckets: [{}] }), '$.chains[0].buckets[0].url'],
      [{ hosts: [{ name: 'a', validators: [{ did: 'did:web:a' }] }] }, '$.hosts[0].threshold'],
      [{ vms: [{ id: 'a' }] }, '$.vms[0].key'],
      [{ evm: [{ chainId: 1 }] }, '$.evm[0].consensus'],
    ];
    for (const [parts, path] of cases) expect(outcome(fileOf(parts))).toBe(`TRUST_MISSING ${path}`);
  });

  it('wants PCR 0, 1 and 2, 48 bytes each in lower-case hex, none of them zeros', () => {
    const at = (register: string) => `$.nitro.measurements[0].pcrs["${register}"]`;
    const { '2': _two, ...incomplete } = pcrs;
    expect(outcome(fileOf({ nitro: { measurements: [{ pcrs: incomplete }] } }))).toBe(`TRUST_MISSING ${at('2')}`);
    for (const register of ['0', '1', '2']) {
      expect(outcome(fileOf(measure({ [register]: zeros })))).toBe(`TRUST_ZERO_PIN ${at(register)}`);
    }
    for (const value of ['A0'.repeat(48), 'a0'.repeat(32), 'a0'.repeat(49), '', null, 7]) {
      expect(outcome(fileOf(measure({ '0': value })))).toBe(`TRUST_VALUE ${at('0')}`);
    }
    for (const register of ['32', '00', '-1', '1.0']) {
      expect(outcome(fileOf(measure({ [register]: pcrs['0'] })))).toBe(`TRUST_VALUE ${at(register)}`);
    }
    expect(outcome(fileOf(chainWith({ measurements: [{ pcrs: { ...pcrs, '0': zeros } }] })))).toBe(
      'TRUST_ZERO_PIN $.chains[0].measurements[0].pcrs["0"]',
    );
    expect(outcome(fileOf(chainWith({ holdMeasurements: [{ pcrs: { ...pcrs, '1': zeros } }] })))).toBe(
      'TRUST_ZERO_PIN $.chains[0].holdMeasurements[0].pcrs["1"]',
    );
  });

  it('refuses zero digests of other enclaves too', () => {
    expect(outcome(fileOf({ sevSnp: { measurements: [zeros] } }))).toBe('TRUST_ZERO_PIN $.sevSnp.measurements[0]');
    expect(outcome(fileOf({ dcap: { measurements: ['00'.repeat(32)] } }))).toBe(
      'TRUST_ZERO_PIN $.dcap.measurements[0]',
    );
    expect(outcome(fileOf(hostWith({ measurements: [zeros] })))).toBe('TRUST_ZERO_PIN $.hosts[0].measurements[0]');
    expect(outcome(fileOf({ sevSnp: { measurements: ['b0'.repeat(32)] } }))).toBe(
      'TRUST_VALUE $.sevSnp.measurements[0]',
    );
  });

  it('refuses every private member of a key, whatever else is wrong with it', () => {
    for (const key of [rsaKey, ecKey, { kty: 'oct' }, { kty: 'OKP' }]) {
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) {
        expect(outcome(fileOf(keyWith(key, { [member]: 'AQAB' })))).toBe(`TRUST_PRIVATE_KEY $.jwks.keys[0].${member}`);
      }
    }
    const pem = publicPem.replaceAll('PUBLIC', 'PRIVATE');
    expect(outcome(fileOf({ tpm: { attestationKeys: [pem] } }))).toBe('TRUST_PRIVATE_KEY $.tpm.attestationKeys[0]');
  });

  it('takes RSA keys of 2048 to 4096 bits and keys on P-256 and P-384 alone', () => {
    const modulus = (bytes: number, first: number, last = 1) => {
      const all = new Uint8Array(bytes).fill(0x55);
      all[0] = first;
      all[bytes - 1] = last;
      return Buffer.from(all).toString('base64url');
    };
    expect(outcome(fileOf(keyWith(rsaKey, { n: modulus(256, 0x80) })))).toBe('accepted');
    expect(outcome(fileOf(keyWith(rsaKey, { n: modulus(512, 0xff) })))).toBe('accepted');
    const at = '$.jwks.keys[0]';
    for (const n of [
      modulus(256, 0x7f),
      modulus(513, 0x01),
      modulus(257, 0),
      modulus(256, 0x80, 2),
      '',
      `${rsaKey.n}=`,
      3,
    ]) {
      expect(outcome(fileOf(keyWith(rsaKey, { n })))).toBe(`TRUST_VALUE ${at}.n`);
    }
    for (const e of ['AQ', 'AA', 'AAEAAQ', 'AQAA', 'AQABAAEB', '']) {
      expect(outcome(fileOf(keyWith(rsaKey, { e })))).toBe(`TRUST_VALUE ${at}.e`);
    }
    expect(outcome(fileOf(keyWith(rsaKey, { kty: 'OKP' })))).toBe(`TRUST_VALUE ${at}.kty`);
    expect(outcome(fileOf(keyWith(rsaKey, { alg: 'HS256' })))).toBe(`TRUST_VALUE ${at}.alg`);
    expect(outcome(fileOf(keyWith(rsaKey, { use: 'enc' })))).toBe(`TRUST_VALUE ${at}.use`);
    expect(outcome(fileOf(keyWith(ecKey, { crv: 'secp256k1' })))).toBe(`TRUST_VALUE ${at}.crv`);
    expect(outcome(fileOf(keyWith(ecKey, { x: ec384Key.x })))).toBe(`TRUST_VALUE ${at}.x`);
    expect(outcome(fileOf(keyWith(ecKey, { alg: 'ES384' })))).toBe(`TRUST_VALUE ${at}.alg`);
    expect(outcome(fileOf({ jwks: { keys: ['x'] } }))).toBe(`TRUST_VALUE ${at}`);
  });

  it('takes exactly one certificate or key in a PEM', () => {
    const cut = rootPem.replace('MIIB', 'MIIC');
    for (const pem of [`${rootPem}${rootPem}`, `x${rootPem}`, publicPem, cut, rootPem.replace('END', 'EDN'), '', 1]) {
      expect(outcome(fileOf({ nitro: { roots: [pem] } }))).toBe('TRUST_VALUE $.nitro.roots[0]');
      expect(outcome(fileOf(chainWith({ nitroRoots: [pem] })))).toBe('TRUST_VALUE $.chains[0].nitroRoots[0]');
    }
    expect(outcome(fileOf({ tpm: { attestationKeys: [rootPem] } }))).toBe('TRUST_VALUE $.tpm.attestationKeys[0]');
    expect(outcome(fileOf(chainWith({ nitroRoots: [] })))).toBe('TRUST_VALUE $.chains[0].nitroRoots');
  });

  it('takes a sequencer key of Ed25519 in canonical base64url alone', () => {
    const p256 = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE';
    const spare = `${sequencerKey.slice(0, -1)}B`;
    for (const key of [
      `${sequencerKey}=`,
      sequencerKey.slice(4),
      p256,
      spare,
      sequencerKey.replace('-', '+'),
      '',
      null,
    ]) {
      expect(outcome(fileOf(chainWith({ sequencerKey: key })))).toBe('TRUST_VALUE $.chains[0].sequencerKey');
    }
    expect(outcome(fileOf({ vms: [{ id: 'a', key: p256 }] }))).toBe('TRUST_VALUE $.vms[0].key');
  });

  it('checks the form of every other value', () => {
    const cases: readonly [object, string][] = [
      [chainWith({ genesis: 'AB'.repeat(32) }), '$.chains[0].genesis'],
      [chainWith({ genesis: 'ab'.repeat(31) }), '$.chains[0].genesis'],
      [chainWith({ name: '' }), '$.chains[0].name'],
      [chainWith({ name: 'a\nb' }), '$.chains[0].name'],
      [chainWith({ name: 'ff'.repeat(32) }), '$.chains[0].name'],
      [chainWith({ skewSeconds: 301 }), '$.chains[0].skewSeconds'],
      [chainWith({ skewSeconds: -1 }), '$.chains[0].skewSeconds'],
      [chainWith({ skewSeconds: 1.5 }), '$.chains[0].skewSeconds'],
      [chainWith({ checkpoint: { k: 1, height: 2, timestampHash: 'ab'.repeat(32) } }), '$.chains[0].checkpoint.height'],
      [chainWith({ checkpoint: { k: -1, height: 0, timestampHash: 'ab'.repeat(32) } }), '$.chains[0].checkpoint.k'],
      [chainWith({ checkpoint: [] }), '$.chains[0].checkpoint'],
      [chainWith({ buckets: [{ url: '' }] }), '$.chains[0].buckets[0].url'],
      [chainWith({ buckets: 'x' }), '$.chains[0].buckets'],
      [timestampWith({ tokenUse: 'refresh' }), '$.chains[0].timestamp.tokenUse'],
      [timestampWith({ domain: 'a b' }), '$.chains[0].timestamp.domain'],
      [timestampWith({ audience: ['a'] }), '$.chains[0].timestamp.audience'],
      [{ issuers: ['http://issuer.example'] }, '$.issuers[0]'],
      [{ issuers: ['http://127.0.0.1.example'] }, '$.issuers[0]'],
      [{ issuers: ['https://user@issuer.example'] }, '$.issuers[0]'],
      [{ issuers: ['issuer.example'] }, '$.issuers[0]'],
      [{ dids: { 'web:a': {} } }, '$.dids["web:a"]'],
      [{ dids: { 'did:web:a': [] } }, '$.dids["did:web:a"]'],
      [{ dids: { 'did:web:a': { b: [0, 1e20] } } }, '$.dids["did:web:a"].b[1]'],
      [{ contexts: { 'relative/context': {} } }, '$.contexts["relative/context"]'],
      [{ contexts: { 'https://a': 'x' } }, '$.contexts["https://a"]'],
      [hostWith({ threshold: 0 }), '$.hosts[0].threshold'],
      [hostWith({ threshold: 3 }), '$.hosts[0].threshold'],
      [hostWith({ validators: [] }), '$.hosts[0].validators'],
      [hostWith({ measurements: [3] }), '$.hosts[0].measurements[0]'],
      [{ auditors: [{ address: address.slice(2) }] }, '$.auditors[0].address'],
      [evmWith({ chainId: 0 }), '$.evm[0].chainId'],
      [evmWith({ chainId: '0x1' }), '$.evm[0].chainId'],
      [evmWith({ consensus: 'pow' }), '$.evm[0].consensus'],
      [evmWith({ validators: ['0x00'] }), '$.evm[0].validators[0]'],
      [evmWith({ quorum: 2 }), '$.evm[0].quorum'],
      [evmWith({ quorum: 0 }), '$.evm[0].quorum'],
      [evmWith({ from: 5, to: 4 }), '$.evm[0].to'],
      [evmWith({ checkpoint: { number: 1, hash: 'ab'.repeat(32) } }), '$.evm[0].checkpoint.hash'],
      [evmWith({ rpc: ['ws://node'] }), '$.evm[0].rpc[0]'],
      [evmWith({ epoch: 0 }), '$.evm[0].epoch'],
      [evmWith({ maximumAge: 0 }), '$.evm[0].maximumAge'],
      [
        evmWith({
          checkpoint: {
            number: 1,
            hash: `0x${'ab'.repeat(32)}`,
            votes: [{ voter: address, candidate: address, add: 1 }],
          },
        }),
        '$.evm[0].checkpoint.votes[0].add',
      ],
      [evmWith({ consensus: 'ibft2' }), '$.evm[0].validatorContract'],
      [evmWith({ beacon: { checkpoint: `0x${'55'.repeat(32)}`, rpc: [] } }), '$.evm[0].beacon'],
      [evmWith({ contracts: { 'a!b': address } }), '$.evm[0].contracts["a!b"]'],
      [evmWith({ contracts: { a: {} } }), '$.evm[0].contracts.a'],
      [{ chains: {} }, '$.chains'],
      [{ nitro: [] }, '$.nitro'],
      [{ jwks: null }, '$.jwks'],
    ];
    for (const [parts, path] of cases)
      expect(outcome(fileOf(parts).replace('100000000000000000000', '1e20'))).toBe(`TRUST_VALUE ${path}`);
  });

  it('refuses two entries for one thing', () => {
    const other = { name: 'other', genesis: '44'.repeat(32), sequencerKey: otherSequencerKey };
    expect(outcome(fileOf({ chains: [chain, other] }))).toBe('accepted');
    const cases: readonly [object, string][] = [
      [{ chains: [chain, { ...other, name: chain.name }] }, '$.chains[1]'],
      [{ chains: [chain, { ...other, genesis: chain.genesis }] }, '$.chains[1]'],
      [{ chains: [chain, { ...other, sequencerKey }] }, '$.chains[1]'],
      [{ jwks: { keys: [rsaKey, { ...ecKey, kid: rsaKey.kid }] } }, '$.jwks.keys[1]'],
      [timestampWith({ jwks: { keys: [rsaKey, rsaKey] } }), '$.chains[0].timestamp.jwks.keys[1]'],
      [
        hostWith({ validators: [{ did: 'did:web:a' }, { did: 'did:web:a', region: 'eu' }], threshold: 1 }),
        '$.hosts[0].validators[1]',
      ],
      [{ hosts: [fullTrust.hosts![0], fullTrust.hosts![0]] }, '$.hosts[1]'],
      [
        {
          vms: [
            { id: 'a', key: sequencerKey },
            { id: 'a', key: otherSequencerKey },
          ],
        },
        '$.vms[1]',
      ],
      [{ auditors: [{ address }, { address: `0x${address.slice(2).toUpperCase()}` }] }, '$.auditors[1]'],
      [
        {
          evm: [
            { chainId: 1, consensus: 'qbft' },
            { chainId: 1, consensus: 'clique' },
          ],
        },
        '$.evm[1]',
      ],
      [evmWith({ validators: [address, address] }), '$.evm[0].validators[1]'],
    ];
    for (const [parts, path] of cases) expect(outcome(fileOf(parts))).toBe(`TRUST_DUPLICATE ${path}`);
  });

  it('refuses lists that are longer than any person could mean', () => {
    const many = Array.from({ length: 65 }, (_, index) => ({ url: `b${index}` }));
    expect(outcome(fileOf(chainWith({ buckets: many })))).toBe('TRUST_VALUE $.chains[0].buckets');
  });

  it('says what stands there and what to do', () => {
    expect(() => parseTrust(fileOf(chainWith({ genesis: 'xyz' })))).toThrow(
      'The trust file cannot be used: $.chains[0].genesis must be H of block zero: 64 lower-case hex digits, but is "xyz". Correct it, or take it out.',
    );
  });
});
