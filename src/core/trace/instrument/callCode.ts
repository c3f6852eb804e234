import { recordKinds } from '../record.ts';
import type { EventCode } from './eventCode.ts';
import type { FunctionType } from './moduleShape.ts';
import type { Rewriting } from './rewriting.ts';
import type { Scratch } from './scratch.ts';
import { stopReasons } from './tracerImports.ts';

/** What is done around one function. */
export interface CallPlan {
  /** Index in the original module. */
  readonly index: number;
  readonly isRecorded: boolean;
  /** Events count only while a call of this one is open. */
  readonly opensInside: boolean;
  readonly isHost: boolean;
}

const v128 = 0x7b;

/** Code at a function's entry: its parameters are still in their locals. */
export function writeEntry(code: EventCode, plan: CallPlan, type: FunctionType, rewriting: Rewriting): void {
  const { depth, policy } = rewriting;
  const { writer } = code;
  if (depth !== undefined && !plan.isHost) {
    writer
      .byte(0x23)
      .unsigned(depth)
      .constant32(policy.depth as number)
      .byte(0x4f);
    code.stopIf(stopReasons.depth);
    writer.byte(0x23).unsigned(depth).constant32(1).byte(0x6a).byte(0x24).unsigned(depth);
  }
  if (plan.opensInside) code.tracer('insideEnter');
  if (plan.isRecorded) writeArguments(code, plan, type.parameters);
}

function writeArguments(code: EventCode, plan: CallPlan, parameters: readonly number[]): void {
  const { writer } = code;
  code.word(plan.isHost ? recordKinds.hostCall : recordKinds.call, plan.index);
  // Up to four go with the call of the tracer, as long as no vector is among them.
  const vector = parameters.indexOf(v128);
  const together = Math.min(4, vector < 0 ? parameters.length : vector);
  if (together > 0) {
    const first = parameters.slice(0, together);
    writer.constant32(first.reduce((types, type, position) => types | (type << (8 * position)), 0));
    for (const [position, type] of first.entries()) code.bits(type, position);
    code.tracer(`enter${together as 1 | 2 | 3 | 4}`);
  } else {
    code.tracer('enter');
  }
  for (let position = together; position < parameters.length; position++) {
    const type = parameters[position] as number;
    if (type === v128) {
      writer.constant32(position);
      code.halves(position);
      code.tracer('argumentWide');
    } else {
      writer.constant32(type).constant32(position);
      code.bits(type, position);
      code.tracer('argument');
    }
  }
}

/** Code where a function ends: takes its results from the stack and puts them back. */
export function writeExit(
  code: EventCode,
  plan: CallPlan,
  type: FunctionType,
  rewriting: Rewriting,
  scratch: Scratch,
): void {
  const { writer } = code;
  const locals = plan.isRecorded ? type.results.map((result, position) => scratch.local(result, 16 + position)) : [];
  for (const local of locals.toReversed()) writer.set(local);
  if (plan.isRecorded) writeResults(code, type.results, locals);
  if (plan.opensInside) code.tracer('insideLeave');
  const { depth } = rewriting;
  if (depth !== undefined && !plan.isHost) {
    writer.byte(0x23).unsigned(depth).constant32(1).byte(0x6b).byte(0x24).unsigned(depth);
  }
  for (const local of locals) writer.get(local);
}

function writeResults(code: EventCode, results: readonly number[], locals: readonly number[]): void {
  const { writer } = code;
  const only = results.length === 1 ? (results[0] as number) : v128;
  if (only !== v128) {
    writer.constant32(only);
    code.bits(only, locals[0] as number);
    return code.tracer('leave1');
  }
  code.tracer('leave');
  for (const [position, type] of results.entries()) {
    const local = locals[position] as number;
    if (type === v128) {
      writer.constant32(position);
      code.halves(local);
      code.tracer('resultWide');
    } else {
      writer.constant32(type).constant32(position);
      code.bits(type, local);
      code.tracer('result');
    }
  }
}
