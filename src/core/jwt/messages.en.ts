import type { Messages } from '../verdict/messages.ts';

export const jwtMessages: Messages = {
  JWT_FORM: {
    title: 'It is a signed token (JWT)',
    pass: 'The token has three parts, each in its one canonical form, with readable header and claims.',
    fail: 'The token cannot be read. {reason}',
    action: 'Get the token again from where it was issued, as one line of text.',
  },
  JWT_HEADER: {
    title: 'The token does not choose its own key',
    pass: 'The header brings no key, no address of a key, and no extension.',
    fail: 'The header tries to change how the token is verified. {reason}',
    unknown: 'The header was not looked at.',
  },
  JWT_ALGORITHM: {
    title: 'The algorithm is one that is accepted',
    pass: 'The token is signed with {algorithm}, and the pinned key is for that.',
    fail: 'The algorithm is not accepted. {reason}',
    unknown: 'The algorithm was not looked at.',
  },
  JWT_KEY: {
    title: 'The key is one that you have pinned',
    pass: 'The token names the key {kid}, which you have pinned.',
    fail: 'The pinned key does not serve. {reason}',
    unknown: 'The key cannot be found among those that you have pinned. {reason}',
    action: "Get the issuer's keys (its JWKS) from the issuer itself, compare them with a second source, and pin them.",
  },
  JWT_SIGNATURE: {
    title: 'The signature on the token holds',
    pass: 'The token is signed by the pinned key, and not one signed character has changed since.',
    fail: 'The signature on the token does not hold. {reason}',
    unknown: 'The signature was not checked, because a step before it did not hold.',
  },
  JWT_ISSUER: {
    title: 'The issuer is one that you trust',
    pass: 'The token says that {issuer} issued it, and you trust that issuer.',
    fail: 'The claim that names the issuer is not a text.',
    unknown: 'Whether the issuer is one that you trust cannot be told. {reason}',
    action: 'Add the issuer to your trust file if you know whose it is.',
  },
  JWT_CLAIMS: {
    title: 'The claims have the form they must have',
    pass: 'The claims that readers act on have the form that the standard gives them.',
    fail: 'A claim can be read in more than one way. {reason}',
    unknown: 'The claims were not looked at.',
  },
  JWT_TIME: {
    title: 'The token is valid at the time',
    pass: 'The token is valid at {at}.',
    fail: 'The token is not valid at {at}. {reason}',
    unknown: 'The times of the token were not looked at.',
    action:
      'A token is judged at the time it was issued unless another is given. Give a time inside its window, or none.',
  },
  JWT_KEY_TIME: {
    title: 'It was issued while you trust its key',
    pass: 'It was issued while you trust the key “{kid}” ({from} to {until}).',
    fail: 'It was issued when you do not trust the key “{kid}”. {reason}',
    unknown: 'It does not say when it was issued, and you trust the key “{kid}” for a time only ({from} to {until}).',
    action:
      'A key that was replaced may be in wrong hands. Ask the issuer when it was in use; if the range in your trust file is wrong, correct it there.',
  },
  JWT_NO_ISSUED_TIME: {
    title: 'The token does not say when it was issued (iat), so it was judged at the present time.',
  },
  JWT_SIGNED_LATER: {
    title: 'The token was issued at {signed}, later than the time {at} at which it is judged.',
  },
  JWT_DEVELOPMENT_KEY: {
    title: 'The key is a development key that ships with cognito-local: anyone can make such tokens.',
  },
  JWT_AUDIENCE: {
    title: 'The token is for {audience}. Whether that is whom you expect is for you to compare.',
  },
  JWT_TOKEN_USE: {
    title: 'The token says that it is to be used as a token of the kind {use}.',
  },
  JWT_FIELD_HEADER: { title: 'How the token is signed: base64url of a JSON object.' },
  JWT_FIELD_PAYLOAD: { title: 'What the token says: base64url of a JSON object.' },
  JWT_FIELD_SIGNATURE: { title: 'Signature over the characters of header and payload with the dot between them.' },
  JWT_FIELD_ALG: { title: 'The algorithm. It must be the one that the pinned key is for.' },
  JWT_FIELD_KID: { title: 'The name of the key, by which it is found among the pinned ones.' },
  JWT_FIELD_ISS: { title: 'Who issued it.' },
  JWT_FIELD_SUB: { title: 'Whom it is about.' },
  JWT_FIELD_AUD: { title: 'Whom it is for.' },
  JWT_FIELD_EXP: { title: 'From this second on it is no longer valid.' },
  JWT_FIELD_NBF: { title: 'Before this second it is not valid.' },
  JWT_FIELD_IAT: { title: 'When it was issued.' },
  JWT_FIELD_JTI: { title: 'Its own name.' },
  JWT_FIELD_TOKEN_USE: { title: 'What Amazon Cognito made it for: id or access.' },
};
