import type { anchors as anchorsEnglish } from './anchors.en.ts';
import type { Translated } from './words.ts';

/** Words of the anchors page. */
export const anchors: Translated<typeof anchorsEnglish> = {
  title: 'Worauf das Vertrauen ruht',
  lead: 'Jedes Ergebnis in diesem Browser ruht auf diesen Tatsachen und auf nichts anderem. Nichts wird ohne ausdrücklichen Wunsch festgelegt, und nichts Abgelegtes kann sich selbst festlegen.',
  file: {
    title: 'Eigene Vertrauensdatei',
    digest: 'Digest der Datei',
    holds: '{count} festgelegt',
    download: 'Herunterladen',
    hint: 'Dieselbe Datei der Befehlszeile geben oder wem immer, der eine Bescheinigung ebenso prüfen will.',
    empty:
      'Noch ist nichts festgelegt. Belege bekannter Hersteller lassen sich trotzdem beurteilen, unter den eingebauten Wurzeln unten.',
  },
  import: {
    title: 'Aus einer Vertrauensdatei festlegen',
    hint: 'Bevor etwas geändert wird, ist zu sehen, was sich ändern würde.',
    pick: 'Vertrauensdatei auswählen',
    notTrust: '„{name}“ ist keine Vertrauensdatei. {reason}',
    notTrustNext:
      'Eine JSON-Datei auswählen, die mit {"affidavit":"trust/1", …} beginnt. Bescheinigungen und andere Belege gehören auf die Prüfseite.',
    heading: 'Was „{name}“ festlegen würde',
    same: '{count} schon festgelegt.',
    nothing: 'Alles darin ist schon festgelegt.',
    contradicts: '„{name}“ lässt sich neben dem Vorhandenen nicht festlegen.',
    pinAll: '{count} festlegen',
    pin: 'Festlegen',
    discard: 'Weglegen',
    changed: { before: 'Jetzt festgelegt', after: 'In der Datei' },
    done: '{count} aus „{name}“ festgelegt.',
    groups: {
      added: { title: 'Neu', consequence: 'Was auf diesen ruht, lässt sich sagen, sobald sie festgelegt sind.' },
      changed: {
        title: 'Anders',
        consequence:
          'Wird eines genommen, tritt es an die Stelle des Festgelegten: Was nach dem alten hielt, hält dann vielleicht nicht mehr. Zuerst herausfinden, welches von beiden stimmt.',
      },
      removed: {
        title: 'Hier festgelegt, nicht in der Datei',
        consequence:
          'Diese bleiben, was auch immer festgelegt wird. Wird eines herausgenommen, lässt sich nicht mehr sagen, was darauf ruht.',
      },
    },
    replace: 'Stattdessen dies festlegen',
    replaced: 'Aus „{name}“ ersetzt.',
    tookOut: 'Herausgenommen.',
  },
  backup: {
    title: 'Sicherung',
    text: 'Alles, was dieser Browser an eigenen Entscheidungen behält, als eine Datei: worauf das Vertrauen ruht, welche Zustände von Hosts angenommen wurden und was die letzten Audits ergaben.',
    save: 'Sicherung herunterladen',
    hint: 'Sie enthält keine Schlüssel und keine Belege. Um sie zurückzuholen, hier oder in einem anderen Browser, oben wie eine Vertrauensdatei auswählen: Bevor etwas geändert wird, ist zu sehen, was sich ändern würde.',
    failed: 'Die Sicherung konnte nicht erstellt werden.',
    more: 'Außerdem in dieser Sicherung',
    brings: 'Angenommene Zustände: {hosts}. Merkzettel: {audits}.',
    nothingMore: 'Außer dem, worauf das Vertrauen ruht, bringt die Sicherung nichts mit.',
    restore: 'Diese übernehmen',
    restoreHint: 'Wo dieser Browser zu einem Host oder einer Kette Eigenes hat, bleibt es.',
    restored: 'Übernommen: Zustände: {hosts}, Merkzettel: {audits}.',
  },
  builtIn: {
    title: 'Eingebaut',
    roots: {
      nitro: {
        title: 'AWS Nitro Enclaves, Wurzel G1',
        uses: 'Nitro-Dokumente und jede Kette, die keine eigene Wurzel nennt',
        origin: 'Von AWS veröffentlicht; gehört zu diesem Programm. Sie lässt sich hier nicht herausnehmen.',
      },
      amd: {
        title: 'AMD {product} (ARK)',
        uses: 'SEV-SNP-Berichte von {product}-Prozessoren und TPM-Quotes, für die sie einstehen',
        origin:
          'Von AMD veröffentlicht (kdsintf.amd.com); gehört zu diesem Programm. Sie lässt sich hier nicht herausnehmen.',
      },
      intel: {
        title: 'Intel SGX Root CA',
        uses: 'SGX- und TDX-Quotes und ihre Begleitdaten',
        origin:
          'Von Intel veröffentlicht (certificates.trustedservices.intel.com); gehört zu diesem Programm. Sie lässt sich hier nicht herausnehmen.',
      },
    },
    fingerprint: 'SHA-256 des Zertifikats',
  },
  chains: {
    title: 'Ketten',
    one: 'Kette',
    uses: 'Das Audit dieser Kette und ihre Bescheinigungen',
    unpin: 'Kette nicht mehr festlegen',
    open: 'Kette öffnen',
  },
  others: { title: 'Andere Anker' },
  columns: { what: 'Was', value: 'Zum Vergleichen', origin: 'Woher es kam', action: 'Ändern' },
  unpin: 'Aufheben',
  unpinOne: 'Festlegung von {name} aufheben',
  confirm: {
    title: 'Festlegung von „{name}“ aufheben?',
    text: 'Was danach beurteilt wurde, lässt sich dann nicht mehr sagen. Aus der Vertrauensdatei lässt es sich wieder festlegen.',
    go: 'Aufheben',
  },
  origins: {
    file: 'aus der Datei „{name}“',
    local: 'von den Diensten auf diesem Rechner',
    certificate: 'wie eine Bescheinigung es aufführt: „{name}“',
    document: 'auf der Prüfseite, wie von „{name}“ genannt',
    unknown: 'nicht vermerkt',
  },
  originAt: '{origin}, {when}',
  fault: 'Das Gespeicherte lässt sich nicht lesen; darum gilt nichts als festgelegt: {reason}',
  faultNext: 'Herunterladen und von Hand ausbessern, oder ohne Festlegungen neu beginnen.',
  faultReset: 'Ohne Festlegungen neu beginnen',
  ends: { from: 'gültig ab', until: 'bis' },
  uses: {
    nitro: 'Einzelne Nitro-Dokumente',
    jwks: 'Einzelne Token (JWT)',
    issuers: 'Einzelne Token (JWT)',
    sevSnp: 'AMD-SEV-SNP-Berichte',
    dcap: 'Intel-TDX- und SGX-Quotes',
    tpm: 'TPM-Quotes',
    zk: 'Zero-Knowledge-Beweise',
    dids: 'Nachweise von diesen Identitäten',
    contexts: 'Nachweise, die diese Vokabulare verwenden',
    hosts: 'Nachweise von Hosts',
    vms: 'Ausführungsspuren von diesen Maschinen',
    auditors: 'Unterschriebene Berichte',
    evm: 'Blöcke und Ereignisse dieser Ledger',
  } as Readonly<Record<string, string>>,
};
