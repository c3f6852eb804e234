import type { Messages } from '../verdict/messages.ts';

export const jwtMessages: Messages = {
  JWT_FORM: {
    title: 'Es ist ein unterschriebenes Token (JWT)',
    pass: 'Das Token hat drei Teile, jeden in seiner einen kanonischen Form, mit lesbarem Kopf und lesbaren Angaben.',
    fail: 'Das Token lässt sich nicht lesen. {reason}',
    action: 'Das Token noch einmal von dort holen, wo es ausgestellt wurde, als eine Zeile Text.',
  },
  JWT_HEADER: {
    title: 'Das Token sucht sich seinen Schlüssel nicht selbst aus',
    pass: 'Der Kopf bringt keinen Schlüssel mit, keine Adresse eines Schlüssels und keine Erweiterung.',
    fail: 'Der Kopf versucht zu ändern, wie das Token geprüft wird. {reason}',
    unknown: 'Der Kopf wurde nicht angesehen.',
  },
  JWT_ALGORITHM: {
    title: 'Das Verfahren ist ein zugelassenes',
    pass: 'Das Token ist mit {algorithm} unterschrieben, und der festgelegte Schlüssel ist dafür.',
    fail: 'Das Verfahren ist nicht zugelassen. {reason}',
    unknown: 'Das Verfahren wurde nicht angesehen.',
  },
  JWT_KEY: {
    title: 'Der Schlüssel ist ein festgelegter',
    pass: 'Das Token nennt den Schlüssel {kid}, und dieser ist festgelegt.',
    fail: 'Der festgelegte Schlüssel taugt nicht. {reason}',
    unknown: 'Der Schlüssel findet sich nicht unter den festgelegten. {reason}',
    action:
      'Die Schlüssel des Ausstellers (sein JWKS) von ihm selbst holen, mit einer zweiten Quelle vergleichen und festlegen.',
  },
  JWT_SIGNATURE: {
    title: 'Die Unterschrift des Tokens hält stand',
    pass: 'Das Token ist mit dem festgelegten Schlüssel unterschrieben, und kein unterschriebenes Zeichen hat sich seither geändert.',
    fail: 'Die Unterschrift des Tokens hält nicht stand. {reason}',
    unknown: 'Die Unterschrift wurde nicht geprüft, weil ein Schritt davor nicht standhielt.',
  },
  JWT_ISSUER: {
    title: 'Der Aussteller ist einer, dem vertraut wird',
    pass: 'Das Token ist nach eigener Angabe von {issuer} ausgestellt, und diesem Aussteller wird vertraut.',
    fail: 'Die Angabe, die den Aussteller nennt, ist kein Text.',
    unknown: 'Ob dem Aussteller vertraut wird, lässt sich nicht sagen. {reason}',
    action: 'Den Aussteller in die Vertrauensdatei aufnehmen, wenn bekannt ist, wer er ist.',
  },
  JWT_CLAIMS: {
    title: 'Die Angaben haben die Form, die sie haben müssen',
    pass: 'Die Angaben, nach denen sich Leser richten, haben die Form, die der Standard ihnen gibt.',
    fail: 'Eine Angabe lässt sich auf mehr als eine Weise lesen. {reason}',
    unknown: 'Die Angaben wurden nicht angesehen.',
  },
  JWT_TIME: {
    title: 'Das Token ist zum Zeitpunkt gültig',
    pass: 'Das Token ist um {at} gültig.',
    fail: 'Das Token ist um {at} nicht gültig. {reason}',
    unknown: 'Die Zeiten des Tokens wurden nicht angesehen.',
    action:
      'Ein Token wird zu dem Zeitpunkt beurteilt, zu dem es ausgestellt wurde, wenn kein anderer angegeben ist. Einen Zeitpunkt in seinem Zeitraum angeben oder keinen.',
  },
  JWT_KEY_TIME: {
    title: 'Es wurde ausgestellt, solange sein Schlüssel gilt',
    pass: 'Es wurde ausgestellt, solange der Schlüssel „{kid}“ gilt ({from} bis {until}).',
    fail: 'Es wurde ausgestellt, als der Schlüssel „{kid}“ nicht galt. {reason}',
    unknown:
      'Es sagt nicht, wann es ausgestellt wurde, und der Schlüssel „{kid}“ gilt nur für eine Zeit ({from} bis {until}).',
    action:
      'Ein ersetzter Schlüssel kann in falschen Händen sein. Den Aussteller fragen, wann er in Gebrauch war; ist der Zeitraum in der Vertrauensdatei falsch, ihn dort berichtigen.',
  },
  JWT_NO_ISSUED_TIME: {
    title: 'Das Token sagt nicht, wann es ausgestellt wurde (iat); darum wurde es zur Gegenwart beurteilt.',
  },
  JWT_SIGNED_LATER: {
    title: 'Das Token wurde um {signed} ausgestellt, später als der Zeitpunkt {at}, zu dem es beurteilt wird.',
  },
  JWT_DEVELOPMENT_KEY: {
    title:
      'Der Schlüssel ist ein Entwicklungsschlüssel, der mit cognito-local ausgeliefert wird: Jeder kann solche Token machen.',
  },
  JWT_AUDIENCE: {
    title: 'Das Token ist für {audience}. Ob das der Erwartete ist, ist selbst zu vergleichen.',
  },
  JWT_TOKEN_USE: {
    title: 'Das Token ist nach eigener Angabe als Token der Art {use} zu verwenden.',
  },
  JWT_FIELD_HEADER: { title: 'Wie das Token unterschrieben ist: base64url eines JSON-Objekts.' },
  JWT_FIELD_PAYLOAD: { title: 'Was das Token sagt: base64url eines JSON-Objekts.' },
  JWT_FIELD_SIGNATURE: { title: 'Unterschrift über die Zeichen von Kopf und Inhalt mit dem Punkt dazwischen.' },
  JWT_FIELD_ALG: { title: 'Das Verfahren. Es muss das sein, für das der festgelegte Schlüssel ist.' },
  JWT_FIELD_KID: { title: 'Der Name des Schlüssels, an dem er unter den festgelegten gefunden wird.' },
  JWT_FIELD_ISS: { title: 'Wer es ausgestellt hat.' },
  JWT_FIELD_SUB: { title: 'Wen es betrifft.' },
  JWT_FIELD_AUD: { title: 'Für wen es ist.' },
  JWT_FIELD_EXP: { title: 'Ab dieser Sekunde ist es nicht mehr gültig.' },
  JWT_FIELD_NBF: { title: 'Vor dieser Sekunde ist es nicht gültig.' },
  JWT_FIELD_IAT: { title: 'Wann es ausgestellt wurde.' },
  JWT_FIELD_JTI: { title: 'Sein eigener Name.' },
  JWT_FIELD_TOKEN_USE: { title: 'Wofür Amazon Cognito es gemacht hat: id oder access.' },
};
