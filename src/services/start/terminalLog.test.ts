import { describe, expect, it } from 'vitest';
import { openTerminalLog } from './terminalLog.ts';

const noon = new Date(2026, 10, 21, 12, 0, 0).getTime();

function opened(isTTY: boolean, columns = 80) {
  const parts: string[] = [];
  const log = openTerminalLog({ isTTY, columns, write: (text) => parts.push(text) }, () => noon);
  return { log, written: () => parts.join('') };
}

describe('what npm start says', () => {
  it('is a line for each, with the time of day, where it goes to a file', () => {
    const { log, written } = opened(false);
    log.say('page');
    log.status('block 1');
    log.status('block 2');
    log.log('stopped');
    expect(written()).toBe('page\n12:00:00  block 1\n12:00:00  block 2\n12:00:00  stopped\n');
  });

  it('keeps what comes again and again in the last line of a terminal, below whatever else is said', () => {
    const { log, written } = opened(true);
    log.status('block 1');
    log.status('block 2');
    log.log('stopped');
    expect(written().split('\r\u001b[2K')).toEqual([
      '',
      '12:00:00  block 1',
      '12:00:00  block 2',
      '12:00:00  stopped\n12:00:00  block 2',
    ]);
  });

  it('leaves nothing of it at the end', () => {
    const { log, written } = opened(true);
    log.status('block 1');
    log.end();
    log.log('stopped');
    log.end();
    expect(written().split('\r\u001b[2K')).toEqual(['', '12:00:00  block 1', '12:00:00  stopped\n']);
  });

  it('never lets that line run into the next one', () => {
    const { log, written } = opened(true, 20);
    log.status('block 1 of a chain with a long name');
    expect(written()).toBe('\r\u001b[2K12:00:00  block 1 o');
  });
});
