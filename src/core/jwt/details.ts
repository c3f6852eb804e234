import type { JsonObject } from '../bytes/json.ts';
import type { Explained } from '../tee/explained.ts';

/** What the view of a token draws. */
export interface JwtDetails {
  readonly explained: Explained;
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** Characters of header, payload and signature, for colouring the text. */
  readonly parts: readonly [header: string, payload: string, signature: string];
  /** RFC 3339, or null where the token does not say. */
  readonly issuedAt: string | null;
  readonly notBefore: string | null;
  readonly expires: string | null;
  readonly issuer: string | null;
  readonly kid: string | null;
  /** RFC 7638 thumbprint of the pinned key that the signature holds under. */
  readonly thumbprint: string | null;
}
