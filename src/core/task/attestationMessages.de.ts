import { blockyMessages } from '../tee/blocky/messages.de.ts';
import { dcapMessages } from '../tee/dcap/messages.de.ts';
import { nitroMessages } from '../tee/nitro/messages.de.ts';
import { sevSnpMessages } from '../tee/sevSnp/messages.de.ts';
import { tpmMessages } from '../tee/tpm/messages.de.ts';
import type { Messages } from '../verdict/messages.ts';

/** Words for checks of attestation documents of all kinds together, where one list of words serves a document of whatever kind: what kinds share is said in general. */
export const attestationMessages: Messages = {
  ...tpmMessages,
  ...blockyMessages,
  ...dcapMessages,
  ...sevSnpMessages,
  ...nitroMessages,
  TEE_FORM: {
    title: 'Das Attestierungsdokument hat die Form seiner Art',
    fail: 'Das Attestierungsdokument hat nicht die Form seiner Art. {reason}',
    action: 'Das Dokument noch einmal von dort holen, wo es entstand, als Bytes.',
  },
  TEE_PLATFORM: {
    title: 'Es spricht für eine abgeschottete Umgebung seiner Art',
    unknown: 'Wofür das Dokument spricht, lässt sich nicht sagen. {reason}',
  },
  TEE_CHAIN: { title: 'Der unterschreibende Schlüssel führt auf eine Wurzel zurück, der vertraut wird' },
  TEE_ROOT: {
    title: 'Der Wurzel wird vertraut',
    fail: 'Die Wurzel des Dokuments ist keine, der vertraut wird: {subject}.',
    unknown: 'Die Wurzel wurde nicht angesehen. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'Die Unterschrift des Dokuments hält stand',
    fail: 'Die Unterschrift des Dokuments hält nicht stand. {reason}',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
  },
  TEE_TIME: { title: 'Alle Zertifikate sind zum Zeitpunkt gültig' },
  TEE_MEASUREMENT: {
    title: 'Der Code ist der erwartete',
    pass: 'Der gemessene Code ist der der Festlegung {pin} in der Vertrauensdatei.',
    fail: 'Der gemessene Code ist keiner der festgelegten. {reason}',
    unknown: 'Kein Messwert des Ausführers ist festgelegt; nichts sagt also, welcher Code zu erwarten war.',
    action: 'Den Messwert des Ausführers von dem holen, der ihn baut, oder ihn selbst bauen, und ihn festlegen.',
  },
};
