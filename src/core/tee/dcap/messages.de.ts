import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.de.ts';
import { dcapHints } from './hints.de.ts';

const fetchAction =
  'Zu holen von {address} (Intel schickt die Kette seines Unterzeichners im Kopf mit); beides mit --with angeben oder dazulegen. Ein Quote-Bündel von dcap-qvl enthält alles davon.';

export const dcapMessages: Messages = {
  ...x509Messages,
  ...dcapHints,
  TEE_FORM: {
    title: 'Die Datei hat die Form eines Intel-Quotes',
    pass: 'Die Datei ist ein DCAP-Quote der Version {version}, für {tee}.',
    fail: 'Die Datei hat nicht die Form eines Intel-DCAP-Quotes ({rule}, Byte {offset}). {reason}',
    unknown: 'Das Quote wurde nicht gelesen.',
    action:
      'Das Quote noch einmal von dort holen, wo es entstand, als Bytes: Es kann unterwegs abgeschnitten, umgewandelt oder verändert worden sein.',
  },
  TEE_PLATFORM: {
    title: 'Die Quoting-Enklave von Intel spricht dafür',
    pass: 'Das Quote nennt die Quoting-Enklave von Intel als Urheberin und spricht für {what}.',
    fail: 'Das Quote stammt von der Quoting-Enklave eines anderen Herstellers ({vendor}), dessen Wort hier nichts gilt.',
    unknown: 'Wofür das Quote spricht, lässt sich nicht sagen. {reason}',
  },
  TEE_CHAIN: {
    title: 'Das PCK-Zertifikat führt auf die Wurzel von Intel zurück',
    pass: 'Die Zertifikate führen von der Wurzel von Intel zum Zertifikat des Prozessorschlüssels (PCK), und jede Regel des Pfades ist eingehalten.',
    fail: 'Die Zertifikate führen nicht von der Wurzel von Intel zum Zertifikat des Prozessorschlüssels (PCK).',
    unknown: 'Ob der Prozessorschlüssel einer von Intel ist, lässt sich nicht sagen.',
    action: 'Das PCK-Zertifikat mit seiner Kette, in PEM, mit --with angeben oder dazulegen.',
  },
  TEE_ROOT: {
    title: 'Die Wurzel ist die von Intel',
    pass: 'Das erste Zertifikat ist Byte für Byte die Wurzel, die Intel für SGX und TDX hat: {subject}.',
    fail: 'Das erste Zertifikat ist nicht die Wurzel, die Intel für SGX und TDX hat, sondern {subject}.',
    unknown: 'Die Wurzel wurde nicht angesehen. {reason}',
    action:
      'Intel hat eine Wurzel für SGX und TDX, und sie ist eingebaut. Ein Quote unter einer anderen stammt nicht von einem Prozessor von Intel.',
  },
  DCAP_PCK: {
    title: 'Das Zertifikat sagt, zu welchem Prozessor es gehört',
    pass: 'Es ist ein PCK-Zertifikat von Intel, für einen Prozessor der Familie {fmspc} (FMSPC) mit der Identität {ppid} (PPID).',
    fail: 'Das letzte Zertifikat ist kein PCK-Zertifikat von Intel. {reason}',
    unknown: 'Zu welchem Prozessor es gehört, lässt sich nicht sagen. {reason}',
  },
  DCAP_QE_SIGNATURE: {
    title: 'Der Prozessorschlüssel unterschrieb den Bericht der Quoting-Enklave',
    pass: 'Der Bericht der Quoting-Enklave ist mit dem Schlüssel des PCK-Zertifikats unterschrieben.',
    fail: 'Die Unterschrift des Berichts der Quoting-Enklave hält unter dem Schlüssel des PCK-Zertifikats nicht stand.',
    unknown: 'Die Unterschrift des Berichts der Quoting-Enklave ließ sich nicht prüfen. {reason}',
  },
  DCAP_QE_BINDING: {
    title: 'Die Quoting-Enklave steht für den Attestierungsschlüssel ein',
    pass: 'Der Bericht der Quoting-Enklave enthält den SHA-256 des Attestierungsschlüssels und seiner Authentisierungsdaten und sonst nichts.',
    fail: 'Der Bericht der Quoting-Enklave steht für einen anderen Attestierungsschlüssel ein: Er enthält {found}, für diesen Schlüssel wäre es {expected}.',
    unknown: 'Ob die Quoting-Enklave für den Attestierungsschlüssel einsteht, wurde nicht angesehen. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'Die Unterschrift des Quotes hält stand',
    pass: 'Die ersten {length} Bytes, Kopf und Rumpf, sind mit dem Attestierungsschlüssel unterschrieben, und keines hat sich seither geändert.',
    fail: 'Die Unterschrift des Quotes hält nicht stand. {reason}',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
  },
  TEE_TIME: {
    title: 'Alle Zertifikate sind zum Zeitpunkt gültig',
    pass: 'Alle Zertifikate sind gemeinsam von {from} bis {to} gültig, also auch um {at}.',
    fail: 'Nicht alle Zertifikate sind um {at} gültig. Gemeinsam sind sie es von {from} bis {to}.',
    unknown: 'Ob die Zertifikate gültig waren, lässt sich nicht sagen. {reason}',
    action:
      'Ein Quote trägt keine eigene Zeit. Es wird jetzt beurteilt oder zu einem angegebenen Zeitpunkt: den angeben, zu dem es entstand, wenn er anderswoher bekannt ist.',
  },
  DCAP_COLLATERAL: {
    title: 'Was Intel über diese Plattform veröffentlicht, ist zur Hand, unterschrieben und aus der Zeit',
    pass: 'Die Listen von Intel für diese Plattform sind von Intel unterschrieben und zählen um {at}; keines der Zertifikate ist widerrufen.',
    fail: 'Was als Listen von Intel vorliegt, stammt nicht von Intel oder widerruft ein Zertifikat.',
    unknown: 'Nicht alles, was Intel über diese Plattform veröffentlicht, liegt für {at} vor.',
    action: fetchAction,
  },
  DCAP_TCB_INFO: {
    title: 'TCB-Info: Intels Liste der Stufen für diese Prozessorfamilie',
    pass: 'Die TCB-Info für {tee} und FMSPC {fmspc} (in {file}) ist von Intel unterschrieben.',
    fail: 'Die TCB-Info in {file} ist nicht von Intel unterschrieben.',
    unknown: 'Die TCB-Info für {tee} und FMSPC {fmspc} fehlt. {reason}',
    action: fetchAction,
  },
  DCAP_QE_IDENTITY: {
    title: 'Identität der Quoting-Enklave von Intel',
    pass: 'Die Identität {name} (in {file}) ist von Intel unterschrieben.',
    fail: 'Die Identität der Quoting-Enklave in {file} ist nicht von Intel unterschrieben.',
    unknown: 'Die Identität {name} fehlt. {reason}',
    action: fetchAction,
  },
  DCAP_SIGNED: {
    title: 'Die Unterschrift des JSON hält stand',
    pass: 'Die Unterschrift hält über genau die Zeichen des JSON in {file} stand.',
    fail: 'Die Unterschrift hält über das JSON in {file} nicht stand: Es wurde verändert oder neu geschrieben.',
    unknown: 'Die Unterschrift des JSON in {file} ließ sich nicht prüfen.',
  },
  DCAP_WINDOW: {
    title: 'Die Listen von Intel zählen zum Zeitpunkt',
    pass: 'Die Listen von Intel zählen von {from} bis {to}, also auch um {at}.',
    unknown: 'Listen von Intel für {at} sind nicht zur Hand. {reason}',
    action:
      'Listen von Intel zählen etwa 30 Tage. Sie neu von {address} holen oder zu einem Zeitpunkt im Zeitraum beurteilen, wenn anderswoher bekannt ist, dass das Quote dann entstand.',
  },
  DCAP_REVOCATION: {
    title: 'Kein Zertifikat ist widerrufen',
    pass: 'Nach den Listen ihrer Aussteller ist keines der Zertifikate widerrufen.',
    fail: 'Ein Zertifikat ist widerrufen.',
    unknown: 'Ob alle Zertifikate bestehen, lässt sich nicht sagen.',
    action: 'Die Listen von {pckCrl} und {rootCrl} holen und beide mit --with angeben oder dazulegen.',
  },
  DCAP_QE: {
    title: 'Die Quoting-Enklave ist die von Intel',
    pass: 'Unterzeichner, Produkt und Attribute der Quoting-Enklave sind die von Intel genannten; ihre Sicherheitsversion ist {isvSvn}.',
    fail: 'Die Quoting-Enklave ist nicht die von Intel genannte. {reason}',
    unknown: 'Ob die Quoting-Enklave die von Intel ist, lässt sich nicht sagen. {reason}',
    action: fetchAction,
  },
  DCAP_TCB: {
    title: 'Intels Wort zum Zustand der Plattform',
    pass: '{reason} (Stufe vom {date}; Hinweise: {advisories}.)',
    fail: 'Die Plattform ist nicht in einem Zustand, dem Intel vertraut. {reason}',
    unknown: 'Ob die Plattform in einem Zustand ist, dem Intel vertraut, ist offen. {reason}',
    action: fetchAction,
  },
  DCAP_AGREEMENT: {
    title: 'Eine zweite Lesung kommt zum selben Wort',
    pass: 'Die Bibliothek dcap-qvl, die mit dieser Lesung keinen Code teilt, kommt zum selben Wort: {ours}. (Das TDX-Modul sieht sie nicht an; für den Vergleich tut es diese Lesung auch nicht.)',
    fail: 'Zwei Lesungen desselben Belegs sind uneins: Diese kommt zu {ours}, die Bibliothek dcap-qvl zu {theirs}.',
    unknown: 'Es gibt keine zwei Lesungen zu vergleichen. {reason}',
  },
  DCAP_EVENT_LOG: {
    title: 'Das Ereignisprotokoll führt auf die Register im Quote',
    pass: 'Nachgespielt führen die {count} Ereignisse auf {registers}, wie sie im Quote stehen.',
    fail: 'Das Ereignisprotokoll ist nicht, was die Register im Quote gemessen haben. {reason}',
    unknown: 'Das Ereignisprotokoll ließ sich nicht nachspielen. {reason}',
  },
  DCAP_REPORT_DATA: {
    title: 'Der Bericht sagt über seine Daten, was das Quote sagt',
    pass: 'Die Berichtsdaten neben dem Quote sind die im Quote.',
    fail: 'Die Berichtsdaten neben dem Quote sind nicht die im Quote. {reason}',
    unknown: 'Die Berichtsdaten neben dem Quote wurden nicht verglichen. {reason}',
  },
  TEE_MEASUREMENT: {
    title: 'Der Code ist der erwartete',
    pass: 'Was gemessen wurde, ist, was die Festlegung {pin} in der Vertrauensdatei verlangt.',
    fail: 'Was gemessen wurde, ist nichts von dem, was festgelegt ist. {reason}',
    unknown: 'Kein Messwert ist festgelegt; nichts sagt also, welcher Code zu erwarten war.',
    action:
      'Den Messwert (MRENCLAVE einer SGX-Enklave, MRTD einer Vertrauensdomäne) von dem holen, der das Abbild baut, oder es selbst bauen, und ihn festlegen.',
  },
  DCAP_DEBUG: {
    title: 'Debug-Modus: Wer die Maschine betreibt, kann lesen und ändern, was in ihr läuft. Das beweist nichts.',
  },
  DCAP_MRTD_ALONE: {
    title:
      'MRTD misst allein die Firmware, mit der eine Vertrauensdomäne beginnt. Was danach geladen wird, steht in RTMR0 bis RTMR3, die eine Festlegung nicht nennt: sie vergleichen oder das Ereignisprotokoll nachspielen.',
  },
  DCAP_PADDING: {
    title: 'Hinter dem Quote stehen {length} Nullen, ab Byte {offset}: der Rest des Puffers, in dem es entstand.',
  },
  DCAP_TRAILING: {
    title:
      'Hinter dem Quote stehen {length} Bytes, ab Byte {offset}, und nicht alle sind null. Niemand hat sie unterschrieben, und sie zählen nichts.',
  },
  DCAP_GIVEN_CHAIN: {
    title:
      'Das Quote trägt kein PCK-Zertifikat (Zertifizierungsdaten der Art {type}); verwendet wurde das dazugegebene.',
  },
  DCAP_SEPT_VE: {
    title:
      'SEPT_VE_DISABLE ist aus: Die Maschine kann in der Vertrauensdomäne Ausnahmen auslösen, wenn diese auf Speicher zugreift; ihr Kernel muss dagegen gehärtet sein.',
  },
  DCAP_ADVISORY: { title: 'Hinweis {id} von Intel: {address}' },
};
