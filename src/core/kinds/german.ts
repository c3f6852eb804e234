import { certificateMessages } from '../certificate/messages.de.ts';
import { equivocationMessages } from '../chain/equivocation/messages.de.ts';
import { chainMessages } from '../chain/messages.de.ts';
import { evmContractMessages } from '../evm/contractMessages.de.ts';
import { evmMessages } from '../evm/messages.de.ts';
import { hostMessages } from '../host/messages.de.ts';
import { jwtMessages } from '../jwt/messages.de.ts';
import { networkMessages } from '../network/messages.de.ts';
import { reportMessages } from '../report/messages.de.ts';
import { attestationMessages } from '../task/attestationMessages.de.ts';
import { orderMessages } from '../task/ethernity/messages.de.ts';
import { taskMessages } from '../task/messages.de.ts';
import { blockyMessages } from '../tee/blocky/messages.de.ts';
import { dcapMessages } from '../tee/dcap/messages.de.ts';
import { eifMessages } from '../tee/eif/messages.de.ts';
import { nitroMessages } from '../tee/nitro/messages.de.ts';
import { sevSnpMessages } from '../tee/sevSnp/messages.de.ts';
import { tpmMessages } from '../tee/tpm/messages.de.ts';
import { traceMessages } from '../trace/messages.de.ts';
import { trustMessages } from '../trust/messages.de.ts';
import { certificateMessages as credentialMessages } from '../vc/messages.de.ts';
import { verifiableMessages } from '../vc/verifiable/messages.de.ts';
import type { Translation } from './translation.ts';

/** German, for everything that has words in the core. */
export const german: Translation = {
  kinds: {
    certificate: {
      title: 'Affidavit-Bescheinigung',
      messages: {
        ...attestationMessages,
        ...evmMessages,
        ...evmContractMessages,
        ...taskMessages,
        ...traceMessages,
        ...chainMessages,
        ...hostMessages,
        ...networkMessages,
        ...certificateMessages,
      },
    },
    trust: { title: 'Vertrauensdatei', messages: trustMessages },
    equivocation: { title: 'Beweis, dass ein Sequenzer sich widerspricht', messages: equivocationMessages },
    report: { title: 'Bericht über eine Prüfung', messages: reportMessages },
    jwt: { title: 'JSON Web Token', messages: jwtMessages },
    nitro: { title: 'AWS-Nitro-Attestierungsdokument', messages: nitroMessages },
    eif: { title: 'AWS-Nitro-Enklaven-Abbild', messages: eifMessages },
    blocky: { title: 'Attestierter Funktionsaufruf von Blocky', messages: blockyMessages },
    tpm: { title: 'TPM-2.0-Quote', messages: tpmMessages },
    'sev-snp': { title: 'AMD-SEV-SNP-Attestierungsbericht', messages: sevSnpMessages },
    dcap: { title: 'Intel-SGX- oder TDX-Quote', messages: dcapMessages },
    'evm-block': { title: 'Blöcke eines Ledgers', messages: evmMessages },
    trace: { title: 'Ausführungsspur', messages: traceMessages },
    'trace-proof': { title: 'Beweis über eine Ausführungsspur', messages: traceMessages },
    pox: { title: 'Proof-of-eXecution-Bescheinigung', messages: credentialMessages },
    bloxberg: { title: 'bloxberg-Bescheinigung', messages: credentialMessages },
    blockcerts: { title: 'Blockcerts-Bescheinigung', messages: credentialMessages },
    vc: { title: 'Verifizierbarer Nachweis', messages: verifiableMessages },
  },
  messages: {
    attestation: attestationMessages,
    chain: chainMessages,
    evmContract: evmContractMessages,
    host: hostMessages,
    jwt: jwtMessages,
    network: networkMessages,
    nitro: nitroMessages,
    order: orderMessages,
    task: taskMessages,
    trace: traceMessages,
  },
  companions: {
    'trace-request': 'eine Anfrage nach einem Beweis über eine Spur',
    'amd-vcek': 'ein AMD-VCEK-Zertifikat',
    'amd-vlek': 'ein AMD-VLEK-Zertifikat',
    'amd-authority': 'ein Zertifikat einer Zertifizierungsstelle von AMD',
    'amd-collateral': 'ein Satz AMD-Zertifikate',
    'dcap-collateral': 'Begleitdaten für Intel-Quotes',
    'intel-signing-chain': 'eine Kette von Intels Unterzeichner, wie ein Kopf sie schickte',
    'tcg-event-log': 'ein TCG-Ereignisprotokoll',
    'pcr-values': 'eine Liste von TPM-Registerwerten',
    'tpm-signature': 'eine Unterschrift eines TPM',
    'status-list': 'eine Liste des Stands vieler Nachweise',
    'revocation-list': 'die Liste eines Ausstellers von widerrufenen Bescheinigungen',
    'json-ld-context': 'ein JSON-LD-Kontext',
    'issuer-profile': 'das Profil eines Ausstellers',
    transactions: 'eine Liste von Transaktionen eines Ledgers',
    'bitcoin-transaction': 'eine Bitcoin-Transaktion',
    wasm: 'ein WebAssembly-Modul',
    crl: 'eine Sperrliste',
    'certificate-x509': 'ein X.509-Zertifikat',
  },
};
