import type { Messages } from '../../verdict/messages.ts';
import { x509Messages } from '../../x509/messages.de.ts';

export const nitroMessages: Messages = {
  ...x509Messages,
  TEE_FORM: {
    title: 'Das Dokument hat die Form einer AWS-Nitro-Attestierung',
    pass: 'Das Dokument hat die Form, die AWS beschreibt, mit jedem Feld, das es haben muss.',
    fail: 'Das Dokument hat nicht die Form einer AWS-Nitro-Attestierung ({rule}, Byte {offset}). {reason}',
    unknown: 'Das Dokument wurde nicht gelesen.',
    action:
      'Das Dokument noch einmal von dort holen, wo es entstand, als Bytes: Es kann unterwegs abgeschnitten, umgewandelt oder verändert worden sein.',
  },
  TEE_PLATFORM: {
    title: 'Es spricht für eine Enklave',
    pass: 'Das Dokument wurde für eine Nitro-Enklave gemacht.',
    fail: 'Das Dokument wurde für das NitroTPM einer gewöhnlichen virtuellen Maschine gemacht, nicht für eine Enklave.',
    unknown: 'Wofür das Dokument spricht, lässt sich nicht sagen. {reason}',
  },
  TEE_CHAIN: {
    title: 'Der unterschreibende Schlüssel führt auf eine Wurzel zurück, der vertraut wird',
    pass: 'Die Zertifikate führen von einer Wurzel, der vertraut wird, zu dem Schlüssel, der unterschrieb, und jede Regel des Pfades ist eingehalten.',
    fail: 'Die Zertifikate führen nicht von einer Wurzel, der vertraut wird, zu dem Schlüssel, der unterschrieb.',
    unknown: 'Ob die Zertifikate auf eine Wurzel führen, der vertraut wird, lässt sich nicht sagen.',
  },
  TEE_ROOT: {
    title: 'Der Wurzel wird vertraut',
    pass: 'Das erste Zertifikat ist Byte für Byte eine Wurzel, der vertraut wird: {subject}.',
    fail: 'Das erste Zertifikat ist weder die Wurzel von AWS noch eine festgelegte: {subject}.',
    unknown: 'Die Wurzel wurde nicht angesehen. {reason}',
    action:
      'AWS hat eine Wurzel für alle Enklaven, und sie ist eingebaut. Eine andere nur festlegen, wenn bekannt ist, wessen sie ist und warum.',
  },
  TEE_SIGNATURE: {
    title: 'Die Unterschrift des Dokuments hält stand',
    pass: 'Das Dokument ist mit dem Schlüssel seines letzten Zertifikats unterschrieben, und kein unterschriebenes Byte hat sich seither geändert.',
    fail: 'Die Unterschrift des Dokuments hält nicht stand. {reason}',
    unknown: 'Die Unterschrift ließ sich nicht prüfen. {reason}',
  },
  TEE_TIME: {
    title: 'Alle Zertifikate sind zum Zeitpunkt gültig',
    pass: 'Alle Zertifikate sind gemeinsam von {from} bis {to} gültig, also auch um {at}.',
    fail: 'Nicht alle Zertifikate sind um {at} gültig. Gemeinsam sind sie es von {from} bis {to}; unterschrieben wurde das Dokument um {signed}.',
    unknown: 'Ob die Zertifikate gültig waren, lässt sich nicht sagen. {reason}',
    action:
      'Ein Schlüssel von AWS Nitro lebt drei Stunden; alte Dokumente werden darum zu ihrer eigenen unterschriebenen Zeit beurteilt. Dafür keinen Zeitpunkt angeben.',
  },
  TEE_MEASUREMENT: {
    title: 'Der Code ist der erwartete',
    pass: 'Der gemessene Code ist der der Festlegung {pin} in der Vertrauensdatei.',
    fail: 'Der gemessene Code ist keiner der festgelegten. {reason}',
    unknown: 'Kein Messwert ist festgelegt; nichts sagt also, welcher Code zu erwarten war.',
    action:
      'Den Messwert (PCR 0, 1 und 2) von dem holen, der das Abbild baut, oder es selbst bauen, und ihn festlegen.',
  },
  TEE_DEBUG: {
    title:
      'Debug-Modus: Die Enklave lässt sich von außen lesen und verändern, und ihre Messwerte sind Nullen. Sie beweist nichts.',
  },
  TEE_LONG_FIELD: {
    title:
      'Das Feld {field} hat {length} Bytes. AWS beschreibt an einer Stelle {usual} und an einer anderen 1024; echte Dokumente reichen bis 1024.',
  },
  TEE_REVOCATION: {
    title: 'Kein Zertifikat ist widerrufen',
    pass: 'Kein Zertifikat, von dessen Aussteller eine Sperrliste vorliegt, ist widerrufen.',
    fail: 'Ein Zertifikat wurde von seinem Aussteller widerrufen; was sein Schlüssel danach unterschrieb, ist nichts wert.',
    unknown: 'Ob ein Zertifikat widerrufen wurde, lässt sich aus den vorliegenden Sperrlisten nicht sagen.',
    action: 'Die Sperrliste des Ausstellers, die zum beurteilten Zeitpunkt zählt, mit --with angeben oder dazulegen.',
  },
  TEE_REVOCATION_OPEN: {
    title:
      'Nicht für alle Zertifikate wurde geprüft, ob sie widerrufen sind. Sperrlisten lassen sich mit --with angeben oder dazulegen; ihre Adressen: {addresses}.',
  },
  TEE_CRL_OTHER: {
    title: 'Eine vorliegende Sperrliste ist von keinem der Aussteller hier, sondern von {issuer}.',
  },
  TEE_CLOCK: {
    title:
      'Der Zeitpunkt liegt nur {seconds} Sekunden neben ({side}) dem Zeitraum, in dem alle Zertifikate gültig sind. Stammt er von einer Uhr, geht sie wahrscheinlich falsch.',
  },
  TEE_SECONDS: {
    title:
      'Zählte der Zeitstempel Sekunden, wäre er {at}, innerhalb der Zeiträume. Dokumente von AWS zählen Millisekunden; dieses stammt also nicht von deren Modul.',
  },
  TEE_SIGNED_LATER: {
    title: 'Das Dokument wurde um {signed} unterschrieben, später als der Zeitpunkt {at}, zu dem es beurteilt wird.',
  },
  NITRO_TAG: {
    title: 'CBOR-Tag 18 sagt, dass ein COSE_Sign1 folgt. AWS lässt es weg; beide Formen bedeuten dasselbe.',
  },
  NITRO_COSE: {
    title:
      'Eine unterschriebene Nachricht aus vier Teilen: geschützter Kopf, ungeschützter Kopf, Inhalt, Unterschrift.',
  },
  NITRO_PROTECTED: { title: 'Was mit dem Inhalt zusammen unterschrieben ist: das Verfahren.' },
  NITRO_UNPROTECTED: { title: 'Was nicht unterschrieben ist. Nichts darin zählt.' },
  NITRO_PAYLOAD: { title: 'Was das Nitro-Sicherheitsmodul angibt und unterschreibt.' },
  NITRO_SIGNATURE: { title: 'ECDSA mit P-384 über geschützten Kopf und Inhalt, mit dem Schlüssel des Zertifikats.' },
  NITRO_MODULE_ID: { title: 'Die Instanz und die Enklave darauf, wie AWS sie nennt.' },
  NITRO_DIGEST: { title: 'Wie die Register berechnet wurden.' },
  NITRO_TIMESTAMP: { title: 'Wann unterschrieben wurde, nach der Uhr des Hypervisors, in Millisekunden seit 1970.' },
  NITRO_PCRS: {
    title:
      'Was gemessen wurde. 0: das ganze Abbild, 1: Kernel und Start, 2: Anwendung, 3: Rolle der Instanz, 4: Instanz, 8: wer das Abbild unterschrieb.',
  },
  NITRO_TPM_PCRS: { title: 'Register des TPM einer virtuellen Maschine. Über eine Enklave sagen sie nichts.' },
  NITRO_CERTIFICATE: { title: 'Das Zertifikat des Schlüssels, der unterschrieb. Es lebt drei Stunden.' },
  NITRO_CABUNDLE: {
    title: 'Die Zertifikate von der Wurzel bis zum Aussteller jenes Zertifikats, in dieser Reihenfolge.',
  },
  NITRO_PUBLIC_KEY: { title: 'Ein Schlüssel, den das Programm in der Enklave angab, um mit ihm zu sprechen.' },
  NITRO_USER_DATA: { title: 'Bytes, die das Programm in der Enklave angab. Was sie bedeuten, ist seine Sache.' },
  NITRO_NONCE: {
    title:
      'Bytes, die das Programm in der Enklave angab, in der Regel die des Fragenden, um zu zeigen, dass die Antwort neu ist.',
  },
  NITRO_UNKNOWN_FIELD: { title: 'Ein Feld, das AWS nicht beschrieben hat.' },
};
