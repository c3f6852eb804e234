import { toBase64Url } from '../../core/bytes/base64.ts';
import type { JsonObject } from '../../core/bytes/json.ts';
import type { JsonAnswer } from '../process/jsonServer.ts';
import { readDeposit, readVouchOrder } from './readRequests.ts';
import type { Validator } from './validator.ts';

export interface ValidatorPlace {
  readonly operator: string;
  readonly region: string;
  /** Of a `did:web`. */
  readonly document: JsonObject | undefined;
}

/** Answers requests to a validator; see README.md. */
export function validatorAnswers(
  validator: Validator,
  { operator, region, document }: ValidatorPlace,
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
        const deposit = readDeposit(body);
        await validator.deposit(deposit);
        return { body: { kept: deposit.image } };
      }
    }
    return undefined;
  };
}
