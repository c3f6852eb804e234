import type { AuditHost, Post } from './auditHost.ts';
import type { AuditRequest } from './protocol.ts';

/** Audits one after the other in one worker. All that an audit holds lies in its host, so that nothing of it is left for the next. */
export function serveAudits(make: () => AuditHost, post: Post): (request: AuditRequest) => void {
  let host = make();
  return (request) => {
    if (request.type !== 'leave') {
      host.take(request);
      return;
    }
    const left = host;
    host = make();
    void left.end().then(() => post({ type: 'left' }, []));
  };
}
