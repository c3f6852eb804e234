import type { Messages } from '../../verdict/messages.ts';
import { sevSnpMessages } from '../sevSnp/messages.de.ts';

export const tpmMessages: Messages = {
  ...sevSnpMessages,
  TPM_FORM: {
    title: 'Die Datei hat die Form eines TPM-Quotes',
    pass: 'Jeder Teil der Datei hat die Form, die TPMs ihm geben.',
    fail: 'Die Datei lässt sich nicht lesen. {reason}',
    unknown: 'Die Datei wurde nicht gelesen.',
    action:
      'Das Quote noch einmal von dort holen, wo es entstand, als Bytes: Es kann unterwegs abgeschnitten, umgewandelt oder verändert worden sein.',
  },
  TPM_QUOTE: {
    title: 'Es spricht ein TPM, über seine Register',
    pass: 'Die Aussage beginnt mit der Zahl, die ein TPM nur vor das setzt, was es selbst gemacht hat, und sie ist ein Quote von Registern.',
    fail: 'Die Aussage ist kein Quote eines TPM. {reason}',
    unknown: 'Welche Aussage es ist, lässt sich nicht sagen. {reason}',
    action:
      'Ein Hardware-Bericht allein sagt nichts darüber, was gestartet wurde. Die Maschine um ein Quote ihres TPM bitten und es dazulegen.',
  },
  TPM_KEY: {
    title: 'Der Schlüssel, der unterschrieb, gehört einem TPM, dem vertraut wird',
    pass: 'Der Schlüssel, der unterschrieb, ist {how}.',
    fail: 'Dem Schlüssel, der unterschrieb, ist nicht zu trauen. {reason}',
    unknown: 'Wessen Schlüssel unterschrieb, lässt sich nicht sagen. {reason}',
    action:
      'Den Attestierungsschlüssel der Maschine von dort holen, wo sie angemeldet wurde (`tpm2_readpublic -f pem`), mit einer zweiten Quelle vergleichen und unter `tpm.attestationKeys` festlegen; oder den Hardware-Bericht angeben, der für ihn einsteht.',
  },
  TPM_KEY_PINNED: {
    title: 'Der Schlüssel ist festgelegt',
    pass: 'Der Schlüssel ist in der Vertrauensdatei festgelegt.',
    unknown: 'Der Schlüssel ist nicht unter den festgelegten.',
  },
  TPM_HARDWARE: {
    title: 'Der Bericht des Prozessors selbst steht für den Schlüssel ein',
    pass: 'Der Schlüssel steht in den Laufzeitdaten, deren Digest ein echter Bericht des Prozessors trägt.',
    fail: 'Der Bericht des Prozessors steht nicht für den Schlüssel ein.',
    unknown: 'Ob der Prozessor für den Schlüssel einsteht, lässt sich nicht sagen. {reason}',
  },
  TPM_RUNTIME_DATA: {
    title: 'Der Bericht trägt den Digest der Laufzeitdaten',
    pass: 'Der Bericht trägt den {hash} der Laufzeitdaten, in denen der Schlüssel steht.',
    fail: 'Der Bericht trägt {found}, die Laufzeitdaten aber haben {expected}.',
  },
  TPM_RUNTIME_KEY: {
    title: 'Der Schlüssel, der unterschrieb, ist der in den Laufzeitdaten',
    pass: 'Das Quote ist mit dem Schlüssel unterschrieben, den die Laufzeitdaten nennen (HCLAkPub).',
    fail: 'Das Quote ist nicht mit dem Schlüssel unterschrieben, den die Laufzeitdaten nennen (HCLAkPub).',
    unknown: 'Kein Quote ist mit dem Schlüssel unterschrieben, den die Laufzeitdaten nennen. {reason}',
  },
  TPM_KEY_ATTRIBUTES: {
    title: 'Der Schlüssel kann nichts unterschreiben, als was sein TPM gemacht hat',
    pass: 'Der Schlüssel verlässt sein TPM nie und unterschreibt nur, was das TPM selbst gemacht hat (restricted).',
    fail: 'Der Schlüssel darf alles unterschreiben, was ihm gegeben wird; was wie ein Quote aussieht, muss also keines sein. {reason}',
  },
  TPM_SIGNATURE: {
    title: 'Die Unterschrift des Quotes hält stand',
    pass: 'Das Quote ist unterschrieben ({scheme}), und kein unterschriebenes Byte hat sich seither geändert.',
    fail: 'Die Unterschrift des Quotes hält nicht stand. {reason}',
    unknown: 'Die Unterschrift wurde nicht geprüft. {reason}',
    action:
      'Die Unterschrift zum Quote dazulegen (die Datei, die `tpm2_quote -s` schrieb) und den öffentlichen Schlüssel oder eine Vertrauensdatei, die ihn festlegt.',
  },
  TPM_QUOTE_SIGNATURE: {
    title: 'Die Unterschrift des Quotes von {bank} hält stand',
    pass: 'Das Quote von {bank} ist unterschrieben ({scheme}), und kein unterschriebenes Byte hat sich seither geändert.',
    fail: 'Die Unterschrift des Quotes von {bank} hält nicht stand. {reason}',
    unknown: 'Die Unterschrift des Quotes von {bank} wurde nicht geprüft. {reason}',
  },
  TPM_PCR_DIGEST: {
    title: 'Die Register enthalten die angegebenen Werte',
    pass: 'Die Werte von {count} Registern ({bank}) ergeben den Digest, den das TPM unterschrieb.',
    fail: 'Die Register enthalten nicht die angegebenen Werte. {reason}',
    unknown: 'Was die Register enthalten, lässt sich nicht sagen: Ein Quote hat nur einen Digest über sie. {reason}',
    action:
      'Die Werte zum Quote dazulegen, wie `tpm2_pcrread` sie ausgibt, oder das Ereignisprotokoll der Maschine (`/sys/kernel/security/tpm0/binary_bios_measurements`).',
  },
  TPM_EXPECTED: {
    title: 'Die Register enthalten das Erwartete',
    pass: 'Die Register enthalten alle angegebenen Werte ({count}).',
    fail: 'Das TPM unterschrieb andere Werte als die angegebenen, und zwar für {registers}.',
    unknown: 'Kein Quote bestätigt, was diese Register enthalten, für die Werte angegeben sind: {registers}.',
    action: 'Um ein Quote bitten, das diese Register deckt.',
  },
  TPM_EVENT_LOG: {
    title: 'Das Ereignisprotokoll sagt, wie die Register zu ihren Werten kamen',
    pass: 'Nachgespielt ergeben die {events} Ereignisse des Protokolls, was das TPM für {registers} unterschrieb.',
    fail: 'Nachgespielt ergibt das Protokoll andere Werte, als das TPM für {registers} unterschrieb: Ein Ereignis fehlt, kam hinzu oder wurde verändert.',
    unknown: 'Das Protokoll lässt sich nicht mit den Registern vergleichen. {reason}',
    action: 'Das Protokoll desselben Starts der Maschine holen, von dem das Quote stammt.',
  },
  TPM_NONCE: {
    title: 'Das Quote beantwortet die eigene Frage',
    pass: 'Das Quote trägt die angegebene Nonce; es entstand also danach.',
    fail: 'Das Quote trägt {found} und nicht die angegebene Nonce: Es entstand für jemand anderen oder davor.',
  },
  TPM_UNLOGGED: {
    title:
      'Register, die etwas enthalten, wovon das Protokoll nichts sagt: {registers}. In sie wurde später gemessen, oder das Protokoll ist nicht vollständig.',
  },
  TPM_EVENT_TEXT: {
    title:
      '{count} der {events} Ereignisse haben eine Beschreibung, die kein Digest deckt. Sie wird als das gezeigt, was sie ist: Worte dessen, der das Protokoll machte.',
  },
  TPM_SHA1_BANK: {
    title:
      'Das Quote deckt Register in SHA-1, für das sich zwei verschiedene Inhalte gleich machen lassen. Um ein Quote von SHA-256 bitten.',
  },
  TPM_NO_TIME: {
    title:
      'Ein TPM kennt keine Tageszeit: Das Quote sagt nicht, wann es entstand. Das tut nur eine Nonce oder woran es sonst gebunden ist.',
  },
  TPM_FIELD_MAGIC: {
    title:
      'ff544347 („ÿTCG“): Ein TPM unterschreibt es nur vor eigenen Aussagen; nichts, was ihm geschickt wurde, kann sich also als eine ausgeben.',
  },
  TPM_FIELD_SIGNER: { title: 'Der qualifizierte Name des Schlüssels: ein Digest über ihn und die Schlüssel über ihm.' },
  TPM_FIELD_NONCE: {
    title: 'Bytes, die der Fragende wählte, damit ein altes Quote nicht als neu durchgeht.',
  },
  TPM_FIELD_CLOCK: { title: 'Wie lange das TPM läuft und wie oft es zurückgesetzt wurde. Keine Tageszeit.' },
  TPM_FIELD_SELECT: { title: 'Welche Register das Quote deckt.' },
  TPM_FIELD_DIGEST: { title: 'Ein Digest über die Werte aller gedeckten Register.' },
  TPM_FIELD_RUNTIME: {
    title: 'Was der Paravisor über die virtuelle Maschine sagt. Sein Digest steht im Bericht des Prozessors.',
  },
  TPM_FIELD_EVENT: { title: 'Etwas, das beim Start der Maschine in ein Register gemessen wurde.' },
};
