import { toBase64 } from '../src/core/bytes/base64.ts';
import { makeRsaKey as makeJwtKey, makeToken } from '../src/core/jwt/jwt.fixture.ts';
import { makeCollateral } from '../src/core/tee/dcap/collateral.fixture.ts';
import { makeQuote as makeDcapQuote, makeWorld } from '../src/core/tee/dcap/dcap.fixture.ts';
import { documentTime, makeDocument, measurement } from '../src/core/tee/nitro/nitro.fixture.ts';
import { makeAuthority, makeKeyCertificate, makeReport, makeRoot } from '../src/core/tee/sevSnp/sevSnp.fixture.ts';
import { makeAttestation, makeQuote, makeRsaKey, registersOf } from '../src/core/tee/tpm/tpm.fixture.ts';
import { serializeTrust } from '../src/core/trust/serializeTrust.ts';
import type { Trust } from '../src/core/trust/trust.ts';

/** Attestations of every kind, made for the tests under roots of their own, and what they can be pinned by. */
export interface AttestationFiles {
  readonly nitro: {
    readonly document: Uint8Array;
    /** Milliseconds since 1970. */
    readonly signedAt: number;
    /** PCR 0 as it is measured, hex. */
    readonly zero: string;
    /** Trust files: the root alone; root and measurement; root and another measurement that differs in two digits. */
    readonly root: string;
    readonly pinned: string;
    readonly other: string;
  };
  readonly sevSnp: { readonly report: Uint8Array; readonly key: Uint8Array; readonly chain: string };
  readonly dcap: { readonly quote: Uint8Array; readonly collateral: string };
  readonly tpm: { readonly attestation: Uint8Array; readonly trust: string };
  readonly jwt: { readonly token: string; readonly trust: string };
}

const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${toBase64(der).replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

export async function makeAttestationFiles(): Promise<AttestationFiles> {
  return {
    nitro: await makeNitro(),
    sevSnp: {
      report: await makeReport(),
      key: await makeKeyCertificate(),
      chain: pem(await makeAuthority()) + pem(await makeRoot()),
    },
    dcap: await makeDcap(),
    tpm: await makeTpm(),
    jwt: await makeJwt(),
  };
}

async function makeNitro(): Promise<AttestationFiles['nitro']> {
  const { document, root } = await makeDocument();
  const zero = measurement.pcrs['0'] ?? '';
  const trust = (nitro: NonNullable<Trust['nitro']>): string =>
    serializeTrust({ nitro: { roots: [pem(root)], ...nitro } });
  return {
    document,
    signedAt: documentTime,
    zero,
    root: trust({}),
    pinned: trust({ measurements: [measurement] }),
    other: trust({ measurements: [{ pcrs: { ...measurement.pcrs, '0': `${zero.slice(0, 40)}ff${zero.slice(42)}` } }] }),
  };
}

async function makeDcap(): Promise<AttestationFiles['dcap']> {
  const world = await makeWorld();
  return { quote: await makeDcapQuote(world), collateral: JSON.stringify((await makeCollateral(world)).bundle) };
}

async function makeTpm(): Promise<AttestationFiles['tpm']> {
  const key = await makeRsaKey();
  const values = registersOf();
  const quote = makeQuote({ values });
  const quotes = [{ quote, signature: await key.sign(quote), values }];
  return {
    attestation: makeAttestation({ publicArea: key.publicArea(), quotes }),
    trust: serializeTrust({ tpm: { attestationKeys: [key.pem] } }),
  };
}

async function makeJwt(): Promise<AttestationFiles['jwt']> {
  const { jwk, sign } = await makeJwtKey('key-1');
  const issuer = 'https://issuer.example/pool';
  const seconds = Math.floor(Date.now() / 1000) - 60;
  const claims = { iss: issuer, sub: 'somebody', token_use: 'id', iat: seconds, exp: seconds + 3600 };
  return {
    token: await makeToken({ alg: 'RS256', kid: 'key-1', typ: 'JWT' }, claims, sign),
    trust: serializeTrust({ jwks: { keys: [jwk] }, issuers: [issuer] }),
  };
}
