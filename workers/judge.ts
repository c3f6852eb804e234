import { certificateSystems } from '../src/core/certificate/system.ts';
import { kinds } from '../src/core/kinds/registry.ts';
import { serveJudge } from '../src/core/kinds/serveJudge.ts';

/** The worker that judges evidence: a thin door on the core. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const serve = serveJudge(kinds, (reply) => scope.postMessage(reply));
scope.onmessage = (event) => serve(event.data);

// Everything that judging may need is fetched now: a file is often dropped with the network off. A part that does not come is asked for again.
// In other people's pages (`audit/pool/judgeElsewhere.ts`) what is needed is fetched when it is.
const ahead = scope.name !== 'affidavit-as-needed';
for (const load of ahead ? [...kinds.map((kind) => kind.load), ...Object.values(certificateSystems)] : []) {
  load().catch(() => undefined);
}
