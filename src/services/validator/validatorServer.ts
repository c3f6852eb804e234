import { toBase64Url } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import { isToken } from '../host/secretToken.ts';
import { HttpFault } from '../process/httpFault.ts';
import type { JsonAnswer } from '../process/jsonServer.ts';
import { readDeposit, readVouchOrder } from './readRequests.ts';
import type { Validator } from './validator.ts';

export interface ValidatorPlace {
  readonly operator: string;
  readonly region: string;
  /** Of a `did:web`. */
  readonly document: JsonObject | undefined;
  /** What its operator gives to owners whose shares are to find room whatever strangers bring. */
  readonly token: string;
}

/** Answers requests to a validator; see README.md. */
export function validatorAnswers(
  validator: Validator,
  { operator, region, document, token }: ValidatorPlace,
): (method: string, path: string, body: JsonObject) => Promise<JsonAnswer | undefined> {
  return async (method, path, body) => {
    switch (`${method} ${path}`) {
      case 'GET /': {
        const { did, hpkeKey } = validator;
        return { body: { affidavit: 'validator/1', did, operator, region, hpkeKey: toBase64Url(hpkeKey) } };
      }
      case 'GET /.well-known/did.json':
        return document && { body: document, type: 'application/did+json' };
      case 'POST /vouch':
        return { body: await validator.vouch(readVouchOrder(body)) };
      case 'POST /shares': {
        const { token: shown, ...rest } = body;
        const deposit = readDeposit(rest);
        if (shown !== undefined && !isToken(shown, token)) {
          throw new HttpFault(403, 'TOKEN', 'That is not the token of this validator’s operator.');
        }
        await validator.deposit(deposit, shown !== undefined);
        return { body: { kept: deposit.image } };
      }
    }
    return undefined;
  };
}
