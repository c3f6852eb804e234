import type { FileBytes } from '../../core/kinds/protocol.ts';
import type { Progress } from '../../core/kinds/kind.ts';
import type { Report } from '../../core/kinds/judge.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Check } from '../../core/verdict/check.ts';
import type { Summary } from './summary.ts';

/** The pins that it is judged under, and whose they are. */
export interface GivenTrust {
  readonly trust: Trust;
  /** Of the file, where there is one. */
  readonly name: string;
  readonly digest: string;
  /** The person's own, or what the sender put into the page or into the certificate. */
  readonly from: 'own' | 'sender';
}

/** Everything that is drawn. */
export interface State {
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly program: string;
  readonly summary: Summary | undefined;
  /** The anchors that the certificate lists, where they can be read. */
  readonly listed: Trust | undefined;
  /** The trust file that the sender put into the page. */
  readonly offered: GivenTrust | undefined;
  readonly given: GivenTrust | undefined;
  readonly companions: readonly FileBytes[];
  /** Checks that are planned, while it is being judged. */
  readonly plan: readonly Pick<Check, 'code'>[];
  readonly progress: Progress | undefined;
  readonly report: Report | undefined;
  /** Files that were given and not taken, and why, in words. */
  readonly leftOut: readonly string[];
  /** Something that went wrong, in words. */
  readonly fault: string | undefined;
}

/** What the person can do. */
export interface Actions {
  readonly chooseTrust: () => void;
  readonly chooseCompanions: () => void;
  readonly takeSenders: () => void;
  readonly leaveTrust: () => void;
  readonly leaveCompanions: () => void;
  readonly save: () => void;
}
