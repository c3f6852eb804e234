import type { attestations as attestationsEnglish, tokens as tokensEnglish } from './attestations.en.ts';
import type { Translated } from './words.ts';

const other = (what: string): Readonly<Record<'rejected' | 'undetermined', string>> => ({
  rejected: `Nach eigener Angabe ist das ${what}.`,
  undetermined: `Das ist ${what}.`,
});

/** Words of all kinds of attestations that one view draws. */
export const attestations: Translated<typeof attestationsEnglish> = {
  nitro: {
    headline: {
      verified: 'Dieses Dokument stammt vom festgelegten Enklaven-Abbild.',
      ...other('ein AWS-Nitro-Attestierungsdokument'),
    },
    facts: [
      ['Unterschrieben am', 'timestamp'],
      ['Enklave', 'module_id'],
      ['Öffentlicher Schlüssel', 'public_key', 'bytes'],
      ['Nutzerdaten', 'user_data', 'bytes'],
      ['Nonce', 'nonce', 'bytes'],
    ],
  },
  'sev-snp': {
    headline: {
      verified:
        'Dieser Bericht stammt vom festgelegten Abbild der virtuellen Maschine, auf einem echten AMD-Prozessor.',
      ...other('ein AMD-SEV-SNP-Attestierungsbericht'),
    },
    facts: [
      ['Berichtsdaten', 'REPORT_DATA', 'bytes'],
      ['Richtlinie des Gasts', 'POLICY'],
      ['Privilegstufe', 'VMPL'],
      ['Host-Daten', 'HOST_DATA'],
      ['Prozessor', 'CHIP_ID'],
    ],
  },
  dcap: {
    headline: {
      verified: 'Dieses Quote stammt vom festgelegten Code, auf einem echten Intel-Prozessor.',
      ...other('ein Intel-SGX- oder TDX-Quote'),
    },
    facts: [
      ['Berichtsdaten', 'REPORTDATA', 'bytes'],
      ['Attribute', 'TDATTRIBUTES|ATTRIBUTES'],
    ],
  },
  tpm: {
    headline: {
      verified: 'Dieses Quote ist mit dem festgelegten Attestierungsschlüssel unterschrieben.',
      ...other('ein TPM-2.0-Quote'),
    },
    facts: [
      ['Nonce', 'extraData', 'bytes'],
      ['Uhr', 'clockInfo'],
      ['Firmware', 'firmwareVersion'],
    ],
  },
  jwt: {
    headline: { verified: 'Dieses Token stammt vom festgelegten Aussteller.', ...other('ein unterschriebenes Token') },
    facts: [
      ['Ausgestellt', 'iat'],
      ['Nicht vor', 'nbf'],
      ['Läuft ab', 'exp'],
      ['Aussteller', 'iss'],
      ['Über', 'sub'],
      ['Für', 'aud'],
      ['Schlüssel', 'kid'],
    ],
  },
};

/** What is said of a token that could be read. */
export const tokens: Translated<typeof tokensEnglish> = {
  verified: 'Dieses Token wurde von {issuer}{time} ausgestellt.',
  other: 'Dieses Token wurde nach eigener Angabe von {issuer}{time} ausgestellt.',
  time: ' am {time}',
  nobody: 'niemandem',
};
