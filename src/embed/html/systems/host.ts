import { certificateMessages as certificateGerman } from '../../../core/certificate/messages.de.ts';
import { evmContractMessages as evmGerman } from '../../../core/evm/contractMessages.de.ts';
import { certificateMessages } from '../../../core/certificate/messages.en.ts';
import { evmContractMessages } from '../../../core/evm/contractMessages.en.ts';
import { evmMessages } from '../../../core/evm/messages.en.ts';
import { hostSystem } from '../../../core/host/certificate/hostSystem.ts';
import { hostMessages } from '../../../core/host/messages.en.ts';
import { attestationMessages } from '../../../core/task/attestationMessages.en.ts';
import { fill } from '../../../core/verdict/messages.ts';
import { ends, fact } from '../facts.ts';
import { humane, number } from '../format.ts';
import { words } from '../language.ts';
import { start } from '../start.ts';

start({
  name: 'host',
  judge: hostSystem,
  messages: { ...attestationMessages, ...evmMessages, ...evmContractMessages, ...hostMessages, ...certificateMessages },
  // The largest template: what attestation documents say stays English, for its bound of 350 kB.
  german: { ...evmGerman, ...certificateGerman },
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
  anchors: ({ anchors }) => anchors,
});
