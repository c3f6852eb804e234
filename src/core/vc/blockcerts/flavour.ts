import type { JsonObject } from '../../bytes/json.ts';
import { blockcertsV2, blockcertsV2Alpha, openBadgesV2 } from '../contexts/blockcertsV2.ts';
import {
  blockcertsV3,
  blockcertsV31,
  blockcertsV32,
  blockcertsV3Alpha,
  blockcertsV3Beta,
} from '../contexts/blockcertsV3.ts';
import { credentialsV1 } from '../contexts/credentialsV1.ts';
import { credentialsV2 } from '../contexts/credentialsV2.ts';
import { idOf, isObject, text, type Credential } from '../credential.ts';
import type { CertificateFact } from '../details.ts';
import type { Flavour } from '../flavour.ts';

const version2 = {
  required: [[openBadgesV2.address], [blockcertsV2.address, blockcertsV2Alpha.address]],
};
const version3 = {
  required: [
    [credentialsV2.address, credentialsV1.address],
    [blockcertsV3, blockcertsV31, blockcertsV32, blockcertsV3Beta, blockcertsV3Alpha].map(({ address }) => address),
  ],
};

const essential = {
  openBadge: ['recipient', 'badge', 'issuedOn', 'expires', 'verification'],
  credential: [
    'issuer',
    'credentialSubject',
    'issuanceDate',
    'validFrom',
    'validUntil',
    'expirationDate',
    'credentialStatus',
  ],
} as const;

export const blockcertsFlavour: Flavour = {
  isBloxberg: false,
  contexts: ({ form }) => (form === 'openBadge' ? version2 : version3),
  essential: ({ form }) => essential[form],
  refusesUnmapped: true,
  facts: (credential) =>
    (credential.form === 'openBadge' ? badgeFacts(credential) : credentialFacts(credential)).flatMap(
      ({ value, ...fact }) => (value === undefined ? [] : [{ ...fact, value }]),
    ),
  plan: () => [],
  check: () => ({ checks: [], labels: [] }),
};

type OpenFact = Omit<CertificateFact, 'cover' | 'value'> & {
  readonly path: string;
  readonly value: string | undefined;
};

function badgeFacts({ json }: Credential): readonly OpenFact[] {
  const badge = member(json, 'badge');
  const issuer = badge && member(badge, 'issuer');
  return [
    { name: 'title', path: 'badge.name', value: badge && text(badge, 'name') },
    { name: 'description', path: 'badge.description', value: badge && text(badge, 'description') },
    { name: 'recipient', path: 'recipientProfile.name', value: text(member(json, 'recipientProfile'), 'name') },
    { name: 'issuer', path: 'badge.issuer', value: issuer && named(text(issuer, 'name'), text(issuer, 'id')) },
    { name: 'issued', path: 'issuedOn', value: text(json, 'issuedOn') },
    { name: 'until', path: 'expires', value: text(json, 'expires') },
  ];
}

function credentialFacts({ json }: Credential): readonly OpenFact[] {
  const subject = member(json, 'credentialSubject');
  const claim = subject && member(subject, 'claim');
  const issuer = member(json, 'issuer');
  const dates = {
    from: json['validFrom'] === undefined ? 'issuanceDate' : 'validFrom',
    until: json['validUntil'] === undefined ? 'expirationDate' : 'validUntil',
  };
  return [
    { name: 'title', path: 'credentialSubject.claim', value: claim && text(claim, 'name') },
    { name: 'description', path: 'credentialSubject.claim', value: claim && text(claim, 'description') },
    {
      name: 'recipient',
      path: 'credentialSubject',
      value: subject && named(text(subject, 'name'), text(subject, 'id')),
    },
    { name: 'issuer', path: 'issuer', value: named(text(issuer, 'name'), idOf(json['issuer'])) },
    { name: 'issued', path: dates.from, value: text(json, dates.from) },
    { name: 'until', path: dates.until, value: text(json, dates.until) },
  ];
}

function member(object: JsonObject, name: string): JsonObject | undefined {
  const value = object[name];
  return isObject(value) ? value : undefined;
}

function named(name: string | undefined, id: string | undefined): string | undefined {
  return name !== undefined && id !== undefined ? `${name} (${id})` : (name ?? id);
}
