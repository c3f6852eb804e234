import type { Messages } from '../verdict/messages.ts';

export const trustMessages: Messages = {
  TRUST_JSON: {
    title: 'Die Datei ist strenges JSON',
    pass: 'Die Datei ist strenges JSON: Jedes Mitglied steht einmal da, und nach dem Ende folgt nichts.',
    fail: '{reason}',
    action: 'Die Datei dort berichtigen, oder sie noch einmal holen, wenn sie abgeschnitten ist.',
  },
  TRUST_VERSION: {
    title: 'Die Datei ist nach eigener Angabe eine Vertrauensdatei einer hier bekannten Version',
    pass: 'Die Datei ist eine Vertrauensdatei, Version 1.',
    fail: '{reason}',
    unknown: 'Die Version ließ sich nicht lesen.',
    action: 'Eine Version von Affidavit verwenden, die diese Form der Datei kennt.',
  },
  TRUST_FORM: {
    title: 'Jeder Teil hat die Form, die er haben muss, und nichts darin ist unbekannt',
    pass: 'Jeder Teil hat die Form, die er haben muss. Die Datei würde so viele Tatsachen festlegen: {count}.',
    fail: '{reason}',
    unknown: 'Die Teile ließen sich nicht ansehen.',
    action:
      'Den genannten Teil berichtigen oder herausnehmen. Von einer Datei, die abgelehnt ist, wird nichts festgelegt.',
  },
};
