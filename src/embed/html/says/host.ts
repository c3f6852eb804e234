import { fill } from '../../../core/verdict/messages.ts';
import { ends, fact } from '../facts.ts';
import { humane, number } from '../format.ts';
import { words } from '../language.ts';
import type { SystemSays } from '../systemPage.ts';

/** What a certificate of this system says, in a sentence and in lines. */
export const hostSays: SystemSays = {
  headline: ({ claim, subject }, report) => {
    const { host } = words().headlines;
    const params = { counted: number(claim.counted), host: ends(subject.host), at: humane(String(claim.at)) };
    return fill(report?.verdict === 'verified' ? host.verified : host.says, params);
  },
  facts: ({ claim, subject }) => [
    ...fact('host', subject.host),
    ...fact('credential', claim.credential),
    ...fact('at', typeof claim.at === 'string' ? humane(claim.at) : claim.at),
    ...fact('counted', claim.counted),
    ...fact('validators', claim.validators),
    ...fact('state', claim.state),
  ],
};
