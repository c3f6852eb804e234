import { certificateMessages } from '../certificate/messages.de.ts';
import { equivocationMessages } from '../chain/equivocation/messages.de.ts';
import { chainMessages } from '../chain/messages.de.ts';
import { jwtMessages } from '../jwt/messages.de.ts';
import { nitroMessages } from '../tee/nitro/messages.de.ts';
import { trustMessages } from '../trust/messages.de.ts';
import type { Translation } from './translation.ts';

/** German, for everything that has words in the core. */
export const german: Translation = {
  kinds: {
    certificate: { title: 'Affidavit-Bescheinigung', messages: { ...chainMessages, ...certificateMessages } },
    trust: { title: 'Vertrauensdatei', messages: trustMessages },
    equivocation: { title: 'Beweis, dass ein Sequenzer sich widerspricht', messages: equivocationMessages },
    jwt: { title: 'Unterschriebenes Token (JWT)', messages: jwtMessages },
    nitro: { title: 'AWS-Nitro-Attestierungsdokument', messages: nitroMessages },
  },
  messages: { chain: chainMessages, jwt: jwtMessages, nitro: nitroMessages },
  companions: {},
};
