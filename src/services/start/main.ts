import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WriterEvent } from '../writer/writer.ts';
import type { HostsHere } from './openHostsHere.ts';
import { openTerminalLog } from './terminalLog.ts';

/** The AWS clients announce what they will need in future versions; nobody who starts this can do anything about it. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const oldestNode = [20, 19] as const;

const { say, log, status, end } = openTerminalLog(process.stdout);

/** As a person would type it from where they are. */
function shortPath(path: string): string {
  const below = relative(process.env.INIT_CWD ?? process.cwd(), path);
  return below.startsWith('..') || isAbsolute(below) ? path : below;
}

function describe(event: WriterEvent): string {
  switch (event.kind) {
    case 'chain opened':
      return `chain ${event.chain.name} opened, block zero ${event.chain.genesis.slice(0, 16)}…`;
    case 'chain ended':
      return `chain ${event.chain.name} ended with ${event.chain.next} blocks: ${event.why}. It can still be audited.`;
    case 'block':
      return `block ${event.k} of ${event.chain.name}: ${event.transactions} ${event.transactions === 1 ? 'transaction' : 'transactions'}`;
    case 'trouble':
      return event.words;
    case 'failed':
      return `The writer stopped: ${event.error.message}`;
  }
}

async function main(): Promise<void> {
  const { readStartArguments, startUsage } = await import('./startArguments.ts');
  const options = readStartArguments(process.argv.slice(2), root, process.env.INIT_CWD ?? process.cwd());
  if (options.help) return say(startUsage);
  const { buildPage, builtPage } = await import('./buildPage.ts');
  const { clockWarning } = await import('./clockWarning.ts');
  const { createPageServer } = await import('./pageServer.ts');
  const { startPulse } = await import('./pulse.ts');
  const { startStack } = await import('./startStack.ts');
  const { openHostsHere } = await import('./openHostsHere.ts');
  const { openNetworkHere } = await import('./openNetworkHere.ts');
  const { requireFreePort } = await import('../process/port.ts');
  const { readBucketFile } = await import('./bucketFile.ts');
  const { readCognitoSettings } = await import('../timestamp/startTimestampService.ts');

  const { port, interval, state } = options;
  const ownBuckets = options.buckets === undefined ? undefined : await readBucketFile(options.buckets, process.env);
  const cognito = readCognitoSettings(process.env);
  await requireFreePort(port, 'the page', 'choose another with --port');
  const warning = await clockWarning(join(state, 'trust.json'), Date.now());
  if (warning !== undefined) log(warning);
  say(
    `Starting: timestamps (${cognito ? `Amazon Cognito, ${cognito.userPoolId}` : 'cognito-local'}), sequencer (simulated enclave), six buckets${ownBuckets ? ' of your own' : ''}, writer, ${options.holds && !ownBuckets ? 'hold service (simulated enclave), ' : ''}${options.ledger ? 'ledger (development consensus), ' : ''}page. Half a minute or so …`,
  );
  const onReady = (what: string) => log(`ready: ${what}`);
  if (!options.build) await builtPage(root);
  let page: Promise<string> | undefined;
  // Not before: another process may be serving what is built there.
  const onHeld = () => {
    page = options.build ? buildPage(root) : builtPage(root);
    page.then(
      () => onReady('the page'),
      () => undefined,
    );
  };
  let fail: ((error: Error) => void) | undefined;
  const failed = new Promise<Error>((resolve) => (fail = resolve));
  const stack = await startStack({
    state,
    fresh: options.fresh,
    holds: options.holds,
    ...(ownBuckets && { ownBuckets }),
    ledger: options.ledger,
    interval,
    ports: {
      writer: port + 1,
      buckets: [2, 3, 4, 5, 6, 7].map((offset) => port + offset),
      ledger: port + 8,
      tracer: port + 9,
    },
    onEvent: (event) => {
      if (event.kind === 'failed') fail?.(event.error);
      (event.kind === 'block' ? status : log)(describe(event));
    },
    onReady,
    onHeld,
  });
  const closers: (() => unknown)[] = [() => stack.stop()];
  const stopAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  let hosts: HostsHere | undefined;
  try {
    const server = await createPageServer({
      folder: await (page ?? builtPage(root)),
      port,
      local: () => ({
        affidavit: 'local/1',
        trust: { affidavit: 'trust/1', ...stack.trust },
        writer: stack.writer,
        hosts: hosts?.announced() ?? null,
      }),
    });
    closers.push(() => server.close());
    const pulse = await startPulse({ stack, root, interval, onTrouble: log });
    closers.push(() => pulse.stop());
    const trustFile = shortPath(stack.trustFile);
    const pins = stack.trust.chains?.at(-1)?.buckets ?? [];
    const real = [cognito && 'timestamps', ownBuckets && 'buckets'].filter((each) => each !== undefined);
    const standIns = real.length > 0 ? `All but ${real.join(' and ')} is a stand-in` : 'Everything here is a stand-in';
    const { ledger, tracer } = stack;
    const ledgerLines = ledger
      ? `
  ledger      ${ledger.pin.rpc?.[0]}   chain ${ledger.pin.chainId}, ${ledger.label}: ${ledger.pin.validators?.length} validators on this machine
  contracts   ${ledger.contract}   ProofOfExecution
              ${ledger.traceAnchor}   TraceAnchor
              ${ledger.didRegistry}   DidRegistry
              ${ledger.revocationRegistry}   RevocationRegistry
              ${ledger.reportAnchor}   ReportAnchor
  traces      ${tracer?.server.url}   POST /verify: what programs did`
      : '';
    say(`
  page        ${server.url}
  check page  ${server.url}check.html
  writer      ${stack.writer.url}   (token in ${shortPath(join(state, 'access.json'))})
  buckets     ${pins[0]?.url} … ${pins[5]?.url}${ledgerLines}
  trust file  ${trustFile}
  audit       npm run -s audit -- --trust ${trustFile} ${stack.chains().at(-1)?.name ?? ''}

A block every ${interval / 1000} seconds. ${standIns} on one machine: it proves nothing to others. Ctrl-C stops it.
`);
    // They take some seconds, and nothing else waits for them.
    if (options.hosts) {
      const opened = (hosts = openHostsHere(join(state, 'hosts'), ledger, log, shortPath, server.url));
      closers.push(() => opened.stop());
    }
    if (options.network && ledger)
      closers.push(openNetworkHere(ledger, join(state, 'network'), log, shortPath, stack.nameContract));
    const error = await Promise.race([failed, interrupted()]);
    if (error !== undefined) process.exitCode = 1;
    else log('Stopping: the block under way is finished first. Ctrl-C again ends at once.');
  } finally {
    await stopAll();
  }
  end();
  log('Stopped. The next start goes on with a new chain; this one can still be audited.');
}

/** Resolves at the first request to stop; the second one ends this process at once. */
function interrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    let asked = 0;
    let since = 0;
    const stop = () => {
      // One Ctrl-C may arrive twice, from the terminal and from npm.
      if (asked > 0 && performance.now() - since > 500) process.exit(130);
      asked += 1;
      since = performance.now();
      resolve(undefined);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.once('exit', end);
  });
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  process.stderr.write(
    `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}. Get one from https://nodejs.org.\n`,
  );
  process.exitCode = 2;
} else {
  main().then(
    () => process.exit(),
    (error: unknown) => {
      const { kind, message, stack } = error as { kind?: string; message?: string; stack?: string };
      process.stderr.write(`${kind === undefined || kind === 'internal' ? (stack ?? String(error)) : message}\n`);
      process.exit(kind === 'usage' ? 2 : 1);
    },
  );
}
