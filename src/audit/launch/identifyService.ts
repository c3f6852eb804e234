import { text } from '../../core/vc/credential.ts';
import { AuditorError } from '../../core/verdict/auditorError.ts';
import { askService } from '../host/askService.ts';

/** What a host or a validator says of itself. Whether it is who it says shows when it proves it. */
export interface ServiceIdentity {
  readonly did: string;
  /** Without a slash at its end. */
  readonly url: string;
  readonly kind: 'host' | 'validator';
  readonly operator: string;
  readonly region: string;
}

/** Who answers at an address. @throws AuditorError `source` HOST_SERVICE where nobody does, or who is none of the two */
export async function identifyService(url: string, signal?: AbortSignal): Promise<ServiceIdentity> {
  const address = url.trim().replace(/\/+$/, '');
  const answer = await askService(address, undefined, signal);
  const [did, form] = [text(answer, 'did'), text(answer, 'affidavit')];
  const kind = form === 'host/1' ? 'host' : form === 'validator/1' ? 'validator' : undefined;
  if (did === undefined || kind === undefined) {
    throw new AuditorError('source', 'HOST_SERVICE', `${url} does not say that it is a host or a validator.`);
  }
  const short = (name: string): string => (text(answer, name) ?? '').slice(0, 256);
  return { did, url: address, kind, operator: short('operator'), region: short('region') };
}
