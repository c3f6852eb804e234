import { createPageServer } from '../src/services/start/pageServer.ts';
import { startStack, type Stack, type StackOptions } from '../src/services/start/startStack.ts';
import { builtPage } from './builtPage.ts';

export interface LocalStack {
  readonly stack: Stack;
  /** Address of the page that knows this stack, without the slash at its end. */
  readonly page: string;
  /** A second call does nothing. */
  close(): Promise<void>;
}

/** What `npm start` starts, on free ports, in a state folder that is gone afterwards, and without writing anything of its own accord. */
export async function startLocal(options: StackOptions = {}): Promise<LocalStack> {
  const stack = await startStack(options);
  const server = await createPageServer({
    folder: builtPage(),
    port: 0,
    local: () => ({ affidavit: 'local/1', trust: { affidavit: 'trust/1', ...stack.trust }, writer: stack.writer }),
  });
  let closed: Promise<void> | undefined;
  return {
    stack,
    page: server.url.replace(/\/$/, ''),
    close: () => (closed ??= server.close().then(() => stack.stop())),
  };
}
