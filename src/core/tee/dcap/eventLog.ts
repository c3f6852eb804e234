import { concatBytes, equalBytes, utf8 } from '../../bytes/bytes.ts';
import { fromHex, toHex } from '../../bytes/hex.ts';
import { parseJson, type JsonValue } from '../../bytes/json.ts';
import { FormatError } from '../../verdict/auditorError.ts';
import { fail, pass, unknown, type Check } from '../../verdict/check.ts';
import { JsonForm } from './jsonForm.ts';
import type { Quote } from './quote.ts';

/** One measured event: which register it extended, and with what. */
export interface LoggedEvent {
  readonly register: number;
  readonly type: number;
  readonly name: string;
  /** Lower-case hex. */
  readonly payload: string;
  readonly digest: Uint8Array;
}

/** Events that dstack measures while it runs; firmware and kernel have types of the TCG. */
const runtimeEvent = 0x0800_0001;
const maximumEvents = 65_536;
const registerLength = 48;

const spec = 'Intel TDX Module Base Specification, TDG.MR.RTMR.EXTEND; dstack cc-eventlog';

/**
 * Replays an event log: every register starts as zeros and becomes SHA-384(register ‖ digest) with each event. A log proves nothing by itself; that
 * it comes to the registers of a signed quote makes each of its digests, and of dstack's own events their names and payloads, as good as the quote.
 */
export async function checkEventLog(
  log: JsonValue,
  quote: Quote,
): Promise<{ check: Check; events: readonly LoggedEvent[] }> {
  if (quote.tee !== 'TDX') {
    const params = { reason: 'An SGX enclave has no registers that a log could be replayed to.' };
    return { check: unknown('DCAP_EVENT_LOG', { spec, params }), events: [] };
  }
  let events: LoggedEvent[];
  try {
    events = await readEvents(log);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { check: fail('DCAP_EVENT_LOG', { spec, params: { reason: error.message } }), events: [] };
  }
  const replayed: string[] = [];
  for (const register of [0, 1, 2, 3]) {
    const own = events.filter((event) => event.register === register);
    const expected = quote.body.get(`RTMR${register}`);
    let value = new Uint8Array(registerLength);
    for (const { digest } of own) value = await sha384(concatBytes(value, digest));
    // Reports may leave the events of firmware and kernel out; of what dstack itself measured, all must be there.
    if (own.length === 0 && register !== 3) continue;
    if (!equalBytes(value, expected)) {
      const reason = `Replayed, RTMR${register} is ${toHex(value)}, in the quote it is ${toHex(expected)}.`;
      return { check: fail('DCAP_EVENT_LOG', { spec, params: { reason } }), events };
    }
    replayed.push(`RTMR${register}`);
  }
  const params = { registers: replayed.join(', '), count: events.length };
  return { check: pass('DCAP_EVENT_LOG', { spec, params }), events };
}

async function readEvents(log: JsonValue): Promise<LoggedEvent[]> {
  if (!Array.isArray(log) || log.length > maximumEvents) {
    throw new FormatError(`The event log must be a list of at most ${maximumEvents} events.`, 0);
  }
  const events: LoggedEvent[] = [];
  for (const [index, entry] of log.entries())
    events.push(await readEvent(new JsonForm(entry, `event_log[${index}]`), index));
  return events;
}

const nameText = /^[^\p{Cc}]{0,1024}$/u;
const hexText = /^[0-9a-fA-F]*$/;

async function readEvent(form: JsonForm, index: number): Promise<LoggedEvent> {
  const register = form.integer('imr', 3);
  const type = form.integer('event_type', 0xffff_ffff);
  const name = form.text('event', nameText, 'a name of at most 1024 characters');
  const payload = form.text('event_payload', hexText, 'bytes in hex').toLowerCase();
  const written = form.has('digest') ? form.text('digest', hexText, 'bytes in hex') : '';
  if (type !== runtimeEvent) {
    if (written.length !== 2 * registerLength)
      throw fault(index, `has a digest of ${written.length / 2} bytes, not of 48`);
    return { register, type, name, payload, digest: fromHex(written) };
  }
  const preimage = form.has('preimage') ? fromHex(form.text('preimage', hexText, 'bytes in hex')) : undefined;
  if (preimage) checkPreimage(preimage, { type, name, payload }, index);
  const digest = await sha384(preimage ?? eventPreimage(type, name, payload));
  if (written !== '' && written.toLowerCase() !== toHex(digest)) {
    throw fault(index, `("${name}") has a digest that is not of its name and payload`);
  }
  return { register, type, name, payload, digest };
}

/** dstack, version 1 of its log: type in 4 bytes, least significant first, ":", name, ":", payload. */
export function eventPreimage(type: number, name: string, payload: string): Uint8Array {
  const typeBytes = new Uint8Array(4);
  new DataView(typeBytes.buffer).setUint32(0, type, true);
  return concatBytes(typeBytes, utf8(`:${name}:`), fromHex(payload));
}

/** Version 2 hashes a JSON object and gives it along; it must say the same as the event does. */
function checkPreimage(
  preimage: Uint8Array,
  event: Pick<LoggedEvent, 'type' | 'name' | 'payload'>,
  index: number,
): void {
  if (equalBytes(preimage, eventPreimage(event.type, event.name, event.payload))) return;
  const form = new JsonForm(
    parseJson(new TextDecoder().decode(preimage), { maximumDepth: 4 }),
    `event_log[${index}].preimage`,
  );
  const same =
    form.integer('type', 0xffff_ffff) === event.type &&
    form.text('name', nameText, 'a name of at most 1024 characters') === event.name &&
    form.text('payload', hexText, 'bytes in hex').toLowerCase() === event.payload;
  if (!same) throw fault(index, `("${event.name}") has a digest of something else than its name and payload`);
}

function fault(index: number, what: string): FormatError {
  return new FormatError(`Event ${index + 1} of the log ${what}.`, 0);
}

async function sha384(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-384', bytes as Uint8Array<ArrayBuffer>));
}
