import type { Messages } from '../../verdict/messages.ts';

export const eifMessages: Messages = {
  TEE_FORM: {
    title: 'Es hat die Form eines Enklaven-Abbilds',
    pass: 'Kopf und alle Abschnitte haben die Form, die AWS beschreibt, und nichts steht dazwischen oder dahinter.',
    fail: 'Es hat nicht die Form eines Enklaven-Abbilds (Byte {offset}). {reason}',
    unknown: 'Das Abbild wurde nicht gelesen.',
    action:
      'Das Abbild noch einmal von dem holen, der es baute, oder es selbst bauen: Es kann unterwegs abgeschnitten oder verändert worden sein.',
  },
  EIF_CRC: {
    title: 'Seine Prüfsumme stimmt',
    pass: 'Die Prüfsumme stimmt ({computed}); die Datei kam also unbeschädigt an.',
    fail: 'Die Datei nennt die Prüfsumme {stated} und hat {computed}: Sie wurde seit ihrem Bau beschädigt oder verändert.',
    unknown: 'Die Prüfsumme wurde nicht berechnet. {reason}',
    action:
      'Das Abbild noch einmal holen. Eine richtige Prüfsumme beweist nichts, eine falsche sagt, dass dies nicht die gebaute Datei ist.',
  },
  TEE_MEASUREMENT: {
    title: 'Das Abbild ist ein erwartetes',
    pass: 'Was das Abbild misst, ist die Festlegung {pin} in der Vertrauensdatei.',
    fail: 'Das Abbild misst nichts von dem, was festgelegt ist. {reason}',
    unknown: 'Nichts sagt, welches Abbild zu erwarten war. {reason}',
    action:
      'PCR 0, 1 und 2 mit dem vergleichen, was der Erbauer veröffentlicht, oder mit einem eigenen Bau, und sie festlegen; oder ein Attestierungsdokument zum Abbild dazulegen.',
  },
  EIF_ATTESTED: {
    title: 'In der attestierten Enklave lief dieses Abbild',
    pass: 'Die Enklave {module} von „{name}“ wurde aus genau diesem Abbild gestartet, wie um {time} attestiert.',
    fail: 'Die Enklave {module} von „{name}“ wurde nicht aus diesem Abbild gestartet. {reason}',
    unknown: 'Ob in der Enklave von „{name}“ dieses Abbild lief, lässt sich nicht sagen. {reason}',
    action: 'Um Abbild und Attestierung bitten, die zusammengehören.',
  },
  EIF_SIGNATURE: {
    title: 'Die Unterschrift im Abbild hält stand',
    pass: 'Das Abbild ist von {subject} unterschrieben. Wer das ist, kann nur eine Festlegung von PCR 8 oder das Zertifikat selbst sagen.',
    fail: 'Das Abbild trägt eine Unterschrift, die nicht standhält, und kein Host würde es starten.',
    unknown: 'Ob die Unterschrift im Abbild standhält, lässt sich nicht sagen.',
    action: 'Wer das Abbild baute, um ein richtig unterschriebenes oder ein nicht unterschriebenes bitten.',
  },
  EIF_CERTIFICATE: {
    title: 'Die Unterschrift und ihr Zertifikat lassen sich lesen',
    pass: 'Das Zertifikat von {subject} hat einen Schlüssel zum Unterschreiben von Abbildern.',
    fail: 'Die Unterschrift oder ihr Zertifikat ist nicht verwendbar. {reason}',
    unknown: 'Das Zertifikat wurde nicht gelesen. {reason}',
  },
  TEE_SIGNATURE: {
    title: 'Die Unterschrift hält stand',
    pass: 'Unterschrieben ist mit dem Schlüssel ihres Zertifikats, und kein unterschriebenes Byte hat sich seither geändert.',
    fail: 'Die Unterschrift hält nicht stand. {reason}',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
  },
  EIF_SIGNED_REGISTER: {
    title: 'Sie unterschreibt dieses Abbild',
    pass: 'Unterschrieben ist PCR 0 genau dieses Abbilds.',
    fail: 'Unterschrieben ist Register {register} mit dem Wert {value}, und das ist nicht PCR 0 dieses Abbilds.',
    unknown: 'Was unterschrieben ist, wurde nicht gelesen. {reason}',
  },
  TEE_TIME: {
    title: 'Das Zertifikat ist zum Zeitpunkt gültig',
    pass: 'Gültig von {from} bis {to}, also auch um {at}.',
    fail: 'Gültig von {from} bis {to}, also nicht um {at}.',
    unknown: 'Ob es gültig war, lässt sich nicht sagen. {reason}',
    action:
      'Abbilder haben keine eigene Zeit. Den Zeitpunkt angeben, zu dem die Enklave gestartet wurde, oder eine Attestierung von ihr zum Abbild dazulegen.',
  },
  EIF_UNSIGNED: { title: 'Das Abbild ist nicht unterschrieben: PCR 8 seiner Enklaven ist null.' },
  EIF_SIGNED_AGAIN: {
    title:
      'Der Kopf nennt für die Unterschrift eine andere Größe, als sie hat: Das Werkzeug von AWS hinterlässt das, wo es ein Abbild noch einmal unterschreibt.',
  },
  EIF_METADATA_FREE: {
    title:
      'Die Metadaten (Name, Version, Zeit des Baus) sind weder gemessen noch unterschrieben: Jeder kann sie ändern.',
  },
  EIF_METADATA_UNREAD: { title: 'Die Metadaten sind kein lesbares JSON.' },
  EIF_OTHER_REGISTERS: {
    title:
      'Die Festlegungen nennen Register, die von der Maschine und nicht vom Abbild stammen; diese wurden nicht verglichen.',
  },
};
