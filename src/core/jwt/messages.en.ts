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
  JWT_TIME: {
    title: 'The token is valid at the time',
    pass: 'The token is valid at {at}.',
    fail: 'The token is not valid at {at}. {reason}',
    unknown: 'The times of the token were not looked at.',
    action:
      'A token is judged at the time it was issued unless another is given. Give a time inside its window, or none.',
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
};
