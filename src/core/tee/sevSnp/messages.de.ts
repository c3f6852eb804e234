import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.de.ts';
import { snpFieldMessages } from './fieldMessages.de.ts';

export const sevSnpMessages: Messages = {
  ...x509Messages,
  ...snpFieldMessages,
  X509_FORM: {
    ...x509Messages['X509_FORM'],
    title: 'Jedes Zertifikat lässt sich lesen',
    action:
      'Die Zertifikate noch einmal von dort holen, woher sie stammen: Sie können unterwegs abgeschnitten oder verändert worden sein.',
  },
  TEE_FORM: {
    title: 'Der Bericht hat die Form eines AMD-SEV-SNP-Attestierungsberichts',
    pass: 'Der Bericht hat die Form, die AMD für Version {version} beschreibt, und alles Reservierte ist null.',
    fail: 'Der Bericht hat nicht die Form, die AMD beschreibt ({rule}, Byte {offset}). {reason}',
    unknown: 'Der Bericht hat eine hier nicht bekannte Form. {reason}',
    action:
      'Den Bericht noch einmal von dort holen, wo er entstand, als Bytes: Er kann unterwegs abgeschnitten, umgewandelt oder verändert worden sein.',
  },
  TEE_PLATFORM: {
    title: 'Er spricht für eine virtuelle Maschine auf einem bekannten AMD-Prozessor',
    pass: 'Der Bericht stammt von einer virtuellen Maschine unter SEV-SNP auf einem AMD-EPYC-Prozessor der Reihe {product}.',
    fail: 'Bericht, Zertifikat und Wurzel gehören zu verschiedenen Prozessoren: {reason}.',
    unknown: 'Von welchem Prozessor der Bericht stammt, lässt sich nicht sagen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  TEE_CHAIN: {
    title: 'Der unterschreibende Schlüssel führt auf die Wurzel von AMD zurück',
    pass: 'Die Zertifikate führen von der Wurzel von AMD zu dem Schlüssel, der unterschrieb, und jede Regel des Pfades ist eingehalten.',
    fail: 'Die Zertifikate führen nicht von der Wurzel von AMD zu dem Schlüssel, der unterschrieb.',
    unknown: 'Ob die Zertifikate auf die Wurzel von AMD führen, lässt sich nicht sagen.',
  },
  TEE_ROOT: {
    title: 'Die Wurzel ist eine von AMD',
    pass: 'Das erste Zertifikat ist Byte für Byte die Wurzel von AMD für {product}: {subject}.',
    fail: 'Das erste Zertifikat ist keine der Wurzeln von AMD: {subject}.',
    unknown: 'Die Wurzel wurde nicht angesehen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  TEE_SIGNATURE: {
    title: 'Die Unterschrift des Berichts hält stand',
    pass: 'Der Bericht ist mit dem {key} seines Zertifikats unterschrieben, und kein unterschriebenes Byte hat sich seither geändert.',
    fail: 'Die Unterschrift des Berichts hält nicht stand. {reason}',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  SNP_KEY: {
    title: 'Das Zertifikat ist für die Art Schlüssel, die unterschrieb',
    pass: 'Der Bericht sagt, dass ein {key} ihn unterschrieb, und das Zertifikat ist für einen solchen.',
    fail: 'Der Bericht sagt, dass ein {key} ihn unterschrieb, das Zertifikat aber ist für einen {found}.',
    unknown: 'Die Art des Schlüssels wurde nicht verglichen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  SNP_CHIP: {
    title: 'Das Zertifikat ist für den Prozessor im Bericht',
    pass: 'Bericht und Zertifikat gehören zusammen: Das Zertifikat ist für {named}.',
    fail: 'Der Bericht stammt vom Chip {chip}, das Zertifikat ist für den Chip {found}.',
    unknown: 'Die Prozessoren wurden nicht verglichen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  SNP_TCB: {
    title: 'Das Zertifikat ist für die Firmware im Bericht',
    pass: 'Die Firmware-Versionen im Bericht sind die des Zertifikats: {versions}.',
    fail: 'Der Bericht nennt andere Firmware-Versionen ({versions}) als das Zertifikat. Verschieden: {differing}.',
    unknown: 'Die Firmware-Versionen wurden nicht verglichen. {reason}',
    action: 'Anzugeben mit --with oder dazulegen: {wanted}.',
  },
  SNP_TCB_ORDER: {
    title: 'Die Firmware-Versionen widersprechen sich nicht',
    pass: 'Die laufende Firmware ({firmware}) ist nicht älter als die festgeschriebene oder die berichtete.',
    fail: 'Die Firmware-Versionen widersprechen sich. {reason}',
    unknown: 'Die Firmware-Versionen wurden nicht miteinander verglichen.',
  },
  SNP_POLICY: {
    title: 'Die Plattform tut, was die Richtlinie des Gasts verlangt',
    pass: 'Die Plattform ist, wie die Richtlinie des Gasts es verlangt. Sie fordert mindestens Firmware-ABI {abi}.',
    fail: 'Die Plattform ist nicht, wie die Richtlinie des Gasts es verlangt. {reason}',
    unknown: 'Die Richtlinie des Gasts wurde nicht angesehen.',
  },
  SNP_VMPL: {
    title: 'Der Gast selbst forderte den Bericht an',
    pass: 'Der Gast forderte den Bericht an, von Privilegstufe {vmpl}.',
    fail: 'Der Bericht wurde nicht vom Gast angefordert.',
    unknown: 'Der Host forderte den Bericht an; nichts darin stammt also aus dem Gast.',
    action: 'Den Gast einen eigenen Bericht anfordern lassen, mit selbst gewählten Daten darin.',
  },
  TEE_TIME: {
    title: 'Alle Zertifikate sind zum Zeitpunkt gültig',
    pass: 'Alle Zertifikate sind gemeinsam von {from} bis {to} gültig, also auch um {at}.',
    fail: 'Nicht alle Zertifikate sind um {at} gültig. Gemeinsam sind sie es von {from} bis {to}.',
    unknown: 'Ob die Zertifikate gültig waren, lässt sich nicht sagen. {reason}',
    action:
      'Ein Bericht trägt keine eigene Zeit. Den Zeitpunkt angeben, zu dem er entstand, wenn er anderswoher bekannt ist.',
  },
  TEE_MEASUREMENT: {
    title: 'Der Code ist der erwartete',
    pass: 'Der gemessene Start der virtuellen Maschine ist der der Festlegung {pin} in der Vertrauensdatei.',
    fail: 'Der gemessene Start der virtuellen Maschine ist keiner der festgelegten. {reason}',
    unknown: 'Kein Messwert ist festgelegt; nichts sagt also, welcher Code zu erwarten war.',
    action:
      'Den Startmesswert aus dem Abbild berechnen (Firmware, Kernel, Zahl der Prozessoren) oder von dem holen, der es baut, und ihn festlegen.',
  },
  TEE_REVOCATION: {
    title: 'Kein Zertifikat ist widerrufen',
    pass: 'Kein Zertifikat, von dessen Aussteller eine Sperrliste vorliegt, ist widerrufen.',
    fail: 'Ein Zertifikat wurde von seinem Aussteller widerrufen; was sein Schlüssel danach unterschrieb, ist nichts wert.',
    unknown: 'Ob ein Zertifikat widerrufen wurde, lässt sich aus den vorliegenden Sperrlisten nicht sagen.',
    action: 'Die Sperrliste, die zum beurteilten Zeitpunkt zählt, mit --with angeben oder dazulegen.',
  },
  TEE_REVOCATION_OPEN: {
    title:
      'Nicht für alle Zertifikate wurde geprüft, ob sie widerrufen sind. Die Liste von AMD lässt sich mit --with angeben oder dazulegen; ihre Adresse: {addresses}.',
  },
  TEE_CRL_OTHER: {
    title: 'Eine vorliegende Sperrliste ist von keinem der Aussteller hier, sondern von {issuer}.',
  },
  TEE_DEBUG: {
    title:
      'Debug: Die Richtlinie lässt den Host den Speicher der virtuellen Maschine lesen und ändern. Was auch gemessen wurde, es beweist nichts.',
  },
  SNP_MIGRATION_AGENT: {
    title:
      'Die virtuelle Maschine hat einen Migrationsagenten (Berichtskennung {id}), der ihren ganzen Zustand einer anderen Maschine übergeben kann. Was dieser Agent ist, muss ebenfalls attestiert sein.',
  },
  SNP_VMPL_ABOVE_ZERO: {
    title:
      'Der Bericht wurde von Privilegstufe {vmpl} angefordert. Was in REPORT_DATA steht, wählte Code dort, nicht auf der innersten Stufe 0.',
  },
  SNP_CHIP_MASKED: {
    title: 'Der Host ließ den Chip im Bericht weglassen. Die Unterschrift sagt trotzdem, welcher es war.',
  },
  SNP_OPERATOR_KEY: {
    title:
      'Unterschrieben mit einem Schlüssel, den AMD für den Betreiber {operator} lädt: Der Bericht gilt für irgendeinen Prozessor dieses Betreibers, nicht für einen bestimmten.',
  },
  SNP_PROVISIONAL: {
    title: 'Die laufende Firmware ist neuer als die festgeschriebene: Der Host kann noch auf diese zurückgehen.',
  },
  SNP_PLATFORM_BITS: { title: 'PLATFORM_INFO hat Bits, die niemand beschrieben hat: {bits}.' },
  SNP_REPORT_DATA: {
    title: 'REPORT_DATA ist {how} der Datei {file}; der Gast hatte sie also, als er den Bericht anforderte.',
  },
};
