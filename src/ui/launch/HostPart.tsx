import type { FormEvent } from 'react';
import { fill } from '../../core/verdict/messages.ts';
import { hostPolicy } from '../../core/host/hostPolicy.ts';
import { usePins } from '../anchors/usePins.ts';
import form from '../host/Host.module.css';
import { hostPath } from '../host/HostsScreen.tsx';
import { shortDid } from '../host/shortDid.ts';
import { Button } from '../parts/Button.tsx';
import { Facts } from '../parts/Facts.tsx';
import lists from '../parts/lists.module.css';
import { Notice } from '../parts/Notice.tsx';
import { launch } from '../words/launch.en.ts';
import { launchSession, type LaunchState } from './launchSession.ts';
import styles from './Launch.module.css';

const { host: words } = launch;

/** Which host, and what is known of it already. */
export function HostPart({
  state: { address, host, hostFault, accepted, ignoresAccepted },
}: {
  readonly state: LaunchState;
}) {
  const { trust } = usePins();
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    void launchSession.identifyHost();
  };
  const pinned = host && hostPolicy(trust, host.did);
  const isMeasured = pinned !== undefined && 'policy' in pinned && (pinned.policy.measurements?.length ?? 0) > 0;
  return (
    <section className={lists.section} aria-labelledby="host">
      <h2 id="host">{words.title}</h2>
      <p>{words.text}</p>
      <form className={form.form} onSubmit={ask}>
        <label>
          {words.address}
          <input
            type="url"
            required
            value={address}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => launchSession.choose({ address: event.target.value, host: undefined })}
          />
        </label>
        <Button type="submit">{words.ask}</Button>
      </form>
      {hostFault && <Notice urgent title={hostFault} />}
      {host && (
        <Facts
          facts={[
            [
              words.is,
              <span key="is">
                <code className={form.did} title={host.did}>
                  {shortDid(host.did)}
                </code>{' '}
                · {host.operator} · <a href={hostPath(host.did)}>{words.page}</a>
              </span>,
            ],
          ]}
        />
      )}
      {host && !isMeasured && <Notice title={words.unpinned} />}
      {accepted && (
        <p className={lists.hint}>
          {words.accepted}{' '}
          <label className={styles.inline}>
            <input
              type="checkbox"
              checked={ignoresAccepted}
              onChange={(event) => launchSession.choose({ ignoresAccepted: event.target.checked })}
            />{' '}
            {fill(words.ignore, {})}
          </label>
        </p>
      )}
    </section>
  );
}
