import type { Messages } from '../verdict/messages.ts';

export const x509Messages: Messages = {
  X509_FORM: {
    title: 'Jedes Zertifikat lässt sich lesen',
    pass: 'Alle Zertifikate ({count}) haben die strenge Form von X.509.',
    fail: 'Zertifikat {number} lässt sich nicht lesen. {reason}',
    unknown: 'Die Zertifikate wurden nicht gelesen.',
    action:
      'Den Beleg noch einmal von dort holen, wo er entstand: Er kann unterwegs abgeschnitten oder verändert worden sein.',
  },
  X509_ALGORITHM: {
    title: 'Schlüssel und Unterschriften verwenden die erwarteten Verfahren',
    pass: 'Alle Zertifikate ({count}) verwenden die erwartete Art von Schlüssel und Unterschrift.',
    fail: 'Zertifikat {number} ({subject}) verwendet ein anderes Verfahren. {reason}',
    unknown: 'Die Verfahren wurden nicht angesehen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_CRITICAL: {
    title: 'Kein Zertifikat hat eine kritische Bedingung, die nicht verstanden wird',
    pass: 'Kein Zertifikat trägt eine kritische Erweiterung, die hier nicht verstanden wird.',
    fail: 'Zertifikat {number} ({subject}) hat eine Bedingung, die nicht übergangen werden darf. {reason}',
    unknown: 'Die Erweiterungen wurden nicht angesehen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_NAMES: {
    title: 'Jedes Zertifikat nennt das vor ihm als Aussteller',
    pass: 'Namen von Aussteller und Inhaber verbinden alle Zertifikate ({count}) in der gegebenen Reihenfolge.',
    fail: 'Zertifikat {number} ({subject}) unterbricht die Reihe der Aussteller. {reason}',
    unknown: 'Die Namen wurden nicht verglichen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_AUTHORITY: {
    title: 'Nur Zertifizierungsstellen stellen Zertifikate aus',
    pass: 'Jeder Aussteller ist als Zertifizierungsstelle gekennzeichnet, und das Zertifikat, das den Beleg unterschreibt, ist es nicht.',
    fail: 'Zertifikat {number} ({subject}) wird für etwas verwendet, wofür es nicht gemacht ist. {reason}',
    unknown: 'Die Rechte der Aussteller wurden nicht angesehen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_PATH_LENGTH: {
    title: 'Keine Zertifizierungsstelle hat mehr Stellen unter sich, als sie darf',
    pass: 'Jeder Aussteller bleibt innerhalb seiner Pfadlänge.',
    fail: 'Unter Zertifikat {number} ({subject}) sind zu viele Zertifikate. {reason}',
    unknown: 'Die Pfadlängen wurden nicht angesehen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_KEY_USAGE: {
    title: 'Jeder Schlüssel darf für das verwendet werden, wofür er verwendet wurde',
    pass: 'Aussteller dürfen Zertifikate unterschreiben, und der letzte Schlüssel darf Daten unterschreiben.',
    fail: 'Der Schlüssel von Zertifikat {number} ({subject}) darf nicht so verwendet werden. {reason}',
    unknown: 'Die Verwendungen der Schlüssel wurden nicht angesehen, weil sich ein Zertifikat nicht lesen ließ.',
  },
  X509_SIGNATURE: {
    title: 'Jedes Zertifikat ist von dem vor ihm unterschrieben',
    pass: 'Die Unterschriften aller Zertifikate unter der Wurzel halten stand.',
    fail: 'Die Unterschrift von Zertifikat {number} ({subject}) hält nicht stand. {reason}',
    unknown: 'Nicht jede Unterschrift ließ sich prüfen. {reason}',
  },
  X509_VALIDITY: {
    title: 'Zertifikat {number} ist zum Zeitpunkt gültig',
    pass: 'Zertifikat {number} ({subject}) ist von {from} bis {to} gültig, also auch um {at}.',
    fail: 'Zertifikat {number} ({subject}) ist von {from} bis {to} gültig, nicht um {at}.',
    unknown: 'Der Gültigkeitszeitraum wurde nicht mit dem Zeitpunkt verglichen.',
    action:
      'Ein Beleg wird zu seiner eigenen unterschriebenen Zeit beurteilt, wenn keine andere angegeben ist. Einen Zeitpunkt innerhalb des Zeitraums angeben oder keinen.',
  },
  X509_REVOCATION: {
    title: 'Das Zertifikat ist nicht widerrufen',
    pass: 'Die Liste von {issuer}, die von {from} bis {to} zählt, widerruft Zertifikat {number} ({subject}) für {at} nicht.',
    fail: 'Zertifikat {number} ({subject}) ist von seinem Aussteller widerrufen. {reason}',
    unknown: 'Ob Zertifikat {number} ({subject}) um {at} widerrufen war, lässt sich nicht sagen. {reason}',
    action:
      'Eine Sperrliste von {issuer} holen, die zum beurteilten Zeitpunkt zählt, und sie mit --with angeben oder dazulegen.',
  },
  X509_REVOKED_LATER: {
    title: 'Das Zertifikat wurde um {date} widerrufen, nach dem Zeitpunkt {at}, zu dem der Beleg beurteilt wird.',
  },
  X509_CRL_FORM: {
    title: 'Die Sperrliste lässt sich lesen',
    unknown: 'Die Sperrliste {file} lässt sich nicht lesen; was sie sagt, ist also nicht bekannt. {reason}',
    action: 'Die Liste noch einmal von ihrem Aussteller holen, ganz, in DER oder PEM.',
  },
};
