import type { Messages } from '../verdict/messages.ts';

/** The words of credentials of hosts. */
export const hostMessages: Messages = {
  HOST_FORM: {
    title: 'Es ist ein lesbarer Nachweis eines Hosts',
    pass: 'Der Nachweis von {host} hat die Form, die er haben muss, mit {proofs} Beweisen.',
    fail: 'Der Nachweis lässt sich nicht lesen. {reason}',
    action: 'Den Host noch einmal um seinen Nachweis bitten.',
  },
  HOST_PROOF: {
    title: 'Der Host hat ihn unterschrieben',
    pass: 'Der Schlüssel von {host} hat alles unterschrieben.',
    fail: 'Der Host hat das nicht unterschrieben. {reason}',
    unknown: 'Ob der Host ihn unterschrieben hat, lässt sich nicht sagen. {reason}',
    action: 'Das Dokument von {host} festlegen (dids) oder sein Ledger lesen.',
  },
  HOST_VALIDATORS: {
    title: 'Wer für ihn einstehen darf, ist gewählt',
    pass: '„{name}“ in der Vertrauensdatei sagt, wer für ihn einstehen darf; {count} Beweise wurden angesehen.',
    unknown: 'Wer für ihn einstehen darf, ist nirgends gesagt. {reason}',
    action: 'Validatoren und eine Schwelle wählen und in der Vertrauensdatei festlegen (hosts).',
  },
  HOST_VALIDATOR: {
    title: 'Beweis {number}: {validator}',
    pass: 'Beweis {number}, von {validator}, zählt.',
    fail: 'Beweis {number} ({validator}) zählt nicht. {reason}',
    unknown: 'Beweis {number} ({validator}) wird nicht gezählt. {reason}',
  },
  HOST_THRESHOLD: {
    title: 'Genug von ihnen stehen für ihn ein',
    pass: '{counted} der {selected} gewählten Validatoren stehen für ihn ein; {threshold} sind nötig.',
    fail: '{counted} der {selected} gewählten Validatoren stehen für ihn ein, und {threshold} sind nötig. {reason}',
    unknown: 'Ob genug für ihn einstehen, lässt sich nicht sagen: {counted} zählen. {reason}',
    action: 'Weitere Validatoren um ihre Beweise bitten oder beibringen, worin ihre Schlüssel nachgeschlagen werden.',
  },
  HOST_TIME: {
    title: 'Er gilt zu diesem Zeitpunkt',
    pass: 'Er gilt von {from} bis {until}.',
    fail: 'Er gilt von {from} bis {until} und wird um {at} beurteilt. {reason}',
    action: 'Den Host bitten, neu zu attestieren.',
  },
  HOST_NONCE: {
    title: 'Er beantwortet die eigene Frage',
    pass: 'Er trägt die gesendete Nonce.',
    fail: 'Er trägt die Nonce {found}; gesendet wurde {expected}. Vielleicht ist es ein älterer, noch einmal gezeigt.',
    action: 'Den Host noch einmal mit einer neuen Nonce fragen.',
  },
  HOST_STATUS: {
    title: 'Er ist in seiner Statusliste nicht markiert',
    pass: 'Platz {place} der unterschriebenen Liste {list} ist nicht markiert ({purpose}).',
    fail: 'Er wurde zurückgenommen ({purpose}): Platz {place} ist in {list} markiert.',
    unknown: 'Ob er zurückgenommen wurde, lässt sich nicht sagen. {reason}',
    action: 'Die Liste {list} jetzt holen und mit --with angeben oder dazulegen.',
  },
  HOST_LIST_UNANCHORED: { title: 'Ob die Liste die neueste ist, wurde auf keinem Ledger nachgeschlagen.' },
  HOST_REVOKED: {
    title: 'Er ist auf dem Ledger nicht widerrufen',
    pass: 'Das Verzeichnis auf Ledger {chainId} widerruft weder Host noch Nachweis, Stand Block {block} ({time}).',
    fail: 'Er ist auf Ledger {chainId} widerrufen. {reason}',
    unknown: 'Ob er auf einem Ledger widerrufen ist, lässt sich nicht sagen. {reason}',
    action:
      'Das Ledger mit seinem RevocationRegistry festlegen (evm) und lesen, oder eine evm-block-Datei mit einem Beweis seines Speichers angeben.',
  },
  HOST_EVIDENCE: {
    title: 'Seine Umgebung attestiert ihn',
    pass: 'Alle {count} Dokumente seiner Umgebung halten stand und sind an ihn gebunden.',
    fail: 'Nicht alle Dokumente seiner Umgebung halten stand. {reason}',
    unknown: 'Nicht alle Dokumente seiner Umgebung ließen sich beurteilen. {reason}',
    action: 'Den Host um die Dokumente bitten, die er nennt, und sie dazulegen.',
  },
  HOST_DOCUMENT: {
    title: 'Das Dokument der Art {kind} hält stand',
    pass: 'Das Dokument {name} ({kind}) hält stand und ist an diesen Nachweis gebunden.',
    fail: 'Das Dokument {name} ({kind}) hält nicht stand. {reason}',
    unknown: 'Das Dokument {digest} ({kind}) ist offen. {reason}',
  },
  HOST_BINDING: {
    title: 'Es spricht von genau dieser Umgebung',
    pass: 'Es enthält den Digest dessen, was der Nachweis sagt.',
    fail: 'Es gehört nicht zu diesem Nachweis. {reason}',
    unknown: 'Wovon es spricht, lässt sich nicht sagen. {reason}',
  },
  HOST_MEASUREMENT: {
    title: 'Gestartet wurde, was festgelegt ist',
    pass: 'Was gemessen wurde, ist für diesen Host festgelegt.',
    fail: 'Was gemessen wurde, ist nicht das für diesen Host Festgelegte. {reason}',
    unknown: 'Ob es das Erwartete ist, lässt sich nicht sagen. {reason}',
    action:
      'Den gemessenen Start {digest} mit einer vertrauenswürdigen Quelle vergleichen und festlegen (hosts[].measurements).',
  },
  HOST_BOOT: {
    title: 'Das Ereignisprotokoll ergibt den gemessenen Start',
    pass: 'Nachgespielt ergibt das Ereignisprotokoll den {algorithm}-Digest, den der Nachweis nennt.',
    fail: 'Das Ereignisprotokoll ergibt den gemessenen Start {digest} nicht. {reason}',
    unknown: 'Wie er gestartet wurde, lässt sich nicht sagen. {reason}',
    action: 'Den Host um sein Ereignisprotokoll bitten und es dazulegen.',
  },
  HOST_NO_TPM: {
    title: 'Der Host sagt, dass er kein TPM hat: Hinter dem Protokoll steht nichts als sein eigenes Wort.',
  },
  HOST_SOFTWARE_TPM: { title: 'Das TPM ist ein Programm: Wer die Maschine betreibt, kann es alles sagen lassen.' },
  HOST_TPM: {
    title: 'Sein TPM steht dafür ein',
    pass: 'Ein Quote seines TPM hält stand, ist an diesen Nachweis gebunden und deckt, was gemessen wurde.',
    fail: 'Das Quote seines TPM hält hier nicht stand. {reason}',
    unknown: 'Was sein TPM sagt, ist nicht bekannt. {reason}',
    action:
      'Den Host um das Quote seines TPM und die Identität des Schlüssels bitten; den Schlüssel festlegen (tpm.attestationKeys).',
  },
  HOST_TPM_BOOT: {
    title: 'Das Quote deckt den gemessenen Start',
    pass: 'Das Quote deckt die Register 0 bis 7 mit dem Digest {digest}.',
    fail: 'Das Quote deckt den gemessenen Start {digest} nicht. {reason}',
    unknown: 'Ob das Quote den gemessenen Start deckt, lässt sich nicht sagen. {reason}',
  },
  HOST_DRIFT: {
    title: 'Er ist noch, was angenommen wurde',
    pass: 'Nichts, was er über sich sagt, hat sich seither geändert.',
    fail: 'Er ist nicht mehr, was angenommen wurde: Geändert hat sich {fields}.',
    unknown: 'Ob er sich geändert hat, lässt sich nicht sagen. {reason}',
    action: 'Die Felder vergleichen; den neuen Zustand nur annehmen, wenn bekannt ist, warum er sich geändert hat.',
  },
  HOST_SHARE: {
    title: 'Genug Anteile des Schlüssels sind richtig',
    pass: '{count} Anteile sind die, für die ihre Validatoren unterschrieben; {threshold} sind nötig.',
    fail: '{count} richtige Anteile kamen, und {threshold} sind nötig. {reason}',
    action: 'Die genannten Validatoren noch einmal um ihre Anteile bitten.',
  },
  HOST_SHARE_OF: {
    title: 'Anteil {index} von {validator}',
    pass: 'Anteil {index}, von {validator}, ist der, für den er unterschrieb.',
    fail: 'Der Anteil von {validator} wird nicht verwendet. {reason}',
  },
  HOST_KEY: {
    title: 'Sie ergeben den Schlüssel des Abbilds',
    pass: 'Der Schlüssel ist der, auf den sich der Nachweis festlegt.',
    fail: 'Der Schlüssel ist nicht der, auf den sich der Nachweis festlegt: Nichts wurde entschlüsselt. {reason}',
    unknown: 'Kein Schlüssel wurde zusammengesetzt. {reason}',
  },
  HOST_IMAGE: {
    title: 'Das Abbild lässt sich öffnen',
    pass: 'Das Abbild {digest} wurde geöffnet; was darin ist, hat den Digest {inside}.',
    fail: 'Das Abbild wurde nicht geöffnet. {reason}',
    unknown: 'Das Abbild wurde nicht geöffnet. {reason}',
  },
};
