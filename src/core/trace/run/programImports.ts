import { AuditorError } from '../../verdict/auditorError.ts';
import { readModule } from '../instrument/readModule.ts';
import { refuse } from '../instrument/refuse.ts';
import { tracerName } from '../instrument/tracerImports.ts';
import type { FunctionSymbol } from '../symbols.ts';
import { askHost, checkSignature, replayHost, type HostImport, type HostSession } from './hostCalls.ts';
import type { Tape, TapeCall } from './tape.ts';
import { wasiCalls } from './wasiCalls.ts';
import type { WasiHost } from './wasiHost.ts';

const wasiName = 'wasi_snapshot_preview1';

/** Whoever answers: a host, or the tape of an earlier run. */
export type Answers =
  | { readonly host: WasiHost; readonly tape: TapeCall[] | undefined }
  | {
      readonly replay: Tape;
      readonly next: () => number;
      readonly heard: (name: string, args: readonly (number | bigint)[], memory: DataView) => void;
    };

/** Memories and tables that a program wants from outside, empty, by `module.name`. */
export function makeRooms(bytes: Uint8Array): Map<string, WebAssembly.Memory | WebAssembly.Table> {
  const rooms = new Map<string, WebAssembly.Memory | WebAssembly.Table>();
  for (const item of readModule(bytes).imports) {
    if (item.kind !== 'memory' && item.kind !== 'table') continue;
    const { minimum: initial, maximum } = item.limits;
    const limits = { initial, ...(maximum !== undefined && { maximum }) };
    const element = item.kind === 'table' && item.type === 0x6f ? 'externref' : 'anyfunc';
    const room =
      item.kind === 'memory' ? new WebAssembly.Memory(limits) : new WebAssembly.Table({ element, ...limits });
    rooms.set(`${item.module}.${item.name}`, room);
  }
  return rooms;
}

/** All that a program imports. @throws AuditorError PROGRAM_IMPORT naming what nobody gives */
export function programImports(
  module: WebAssembly.Module,
  functions: readonly FunctionSymbol[],
  rooms: ReadonlyMap<string, WebAssembly.Memory | WebAssembly.Table>,
  answers: Answers,
  session: HostSession,
  tracer: WebAssembly.ModuleImports,
): WebAssembly.Imports {
  const given: Record<string, HostImport> = {};
  const others: Record<string, WebAssembly.ModuleImports> = {};
  const known =
    'host' in answers
      ? wasiCalls(answers.host.args, answers.host.env)
      : wasiCalls({ count: 0xffff, bytes: 0xffffffff }, { count: 0xffff, bytes: 0xffffffff });
  const imported = functions.filter((symbol) => symbol.imported !== null);
  const missing: string[] = [];
  for (const item of WebAssembly.Module.imports(module)) {
    if (item.module === tracerName) continue;
    const full = `${item.module}.${item.name}`;
    const room = item.kind === 'memory' || item.kind === 'table' ? rooms.get(full) : undefined;
    if (room) {
      (others[item.module] ??= {})[item.name] = room;
      continue;
    }
    const symbol = imported.find((one) => one.imported === full);
    const shape = Object.hasOwn(known, item.name) ? known[item.name] : undefined;
    if (item.kind !== 'function' || item.module !== wasiName || !shape || !symbol) {
      missing.push(`${full} (${item.kind})`);
      continue;
    }
    checkSignature(full, shape, symbol.parameters, symbol.results);
    const name = item.name;
    const described = { index: symbol.index, name, shape };
    if ('host' in answers) {
      const answer = answers.host.functions[name];
      if (!answer) throw new AuditorError('internal', 'WASI_FUNCTION', `The host has no ${name}.`);
      given[name] = askHost(described, answer, session, answers.tape);
    } else {
      given[name] = replayHost(described, answers.replay.hostCalls, session, answers.next, answers.heard);
    }
  }
  if (missing.length > 0) throw refuse('PROGRAM_IMPORT', nameMissing(missing));
  return {
    ...others,
    [wasiName]: { ...others[wasiName], ...given } as WebAssembly.ModuleImports,
    [tracerName]: tracer,
  };
}

function nameMissing(missing: readonly string[]): string {
  const shown = missing.slice(0, 5).join(', ');
  const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
  const isOther = missing.every((name) => name.startsWith('wasi_unstable.'));
  return `${shown}${more}; given is ${wasiName} alone${isOther ? ', which is the successor of wasi_unstable' : ''}`;
}
