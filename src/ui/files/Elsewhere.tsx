import { fill } from '../../core/verdict/messages.ts';
import { kindAtSight } from '../judging/kindAtSight.ts';
import { count } from '../format/quantity.ts';
import { quoted } from '../format/quoted.ts';
import { Button, ButtonLink } from '../parts/Button.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { checkPath } from '../links/linkAddress.ts';
import { common } from '../words/common.en.ts';
import { files } from '../words/files.en.ts';
import { toldTitle } from '../words/told.ts';
import { handOver } from './handoff.ts';
import type { ReadFile } from './readFiles.ts';
import { addressIn } from './sortChosen.ts';
import type { Zone } from './useZone.ts';

const { elsewhere: words } = files;

interface Props {
  readonly zone: Pick<Zone, 'others' | 'faults' | 'putAway'>;
  /** Whether the screen itself says what could not be read. */
  readonly faultsToo?: boolean;
}

/** What was dropped here and is for the check page: said, and handed over where the person wants it; an address is fetched only then. */
export function Elsewhere({ zone: { others, faults, putAway }, faultsToo = false }: Props) {
  const [one, ...more] = others;
  return (
    <>
      {faultsToo && faults.map(({ name, title, next }) => <Notice key={name} urgent title={title} next={next} />)}
      {one && (
        <Notice
          urgent
          title={more.length > 0 ? fill(words.notHere, { count: count(others.length, 'file') }) : about(one)}
        >
          <p className={lists.actions}>
            <GoThere files={others} />
            <Button onClick={putAway}>{common.close}</Button>
          </p>
        </Notice>
      )}
    </>
  );
}

function about(file: ReadFile): string {
  const name = quoted(file.name);
  const address = addressIn(file);
  if (address) return fill(words.address, { name, host: quoted(address.host) });
  const kind = kindAtSight(file.name, file.bytes);
  return kind ? fill(words.isKind, { name, kind: toldTitle(kind) }) : fill(words.isUnknown, { name });
}

function GoThere({ files: others }: { readonly files: readonly ReadFile[] }) {
  const [one, ...more] = others;
  const address = one && more.length === 0 ? addressIn(one) : undefined;
  if (address) {
    return (
      <ButtonLink look="primary" href={checkPath(address)}>
        {fill(words.fetch, { host: address.host })}
      </ButtonLink>
    );
  }
  return (
    <Button
      look="primary"
      onClick={() =>
        void handOver({ files: others.map(({ name, bytes, blob }) => ({ name, bytes, ...(blob && { blob }) })) })
      }
    >
      {words.check}
    </Button>
  );
}
