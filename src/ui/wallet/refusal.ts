import { BaseError, ContractFunctionRevertedError, UserRejectedRequestError } from 'viem';
import { taskStates } from '../../contracts/taskState.ts';
import { fill } from '../../core/verdict/messages.ts';
import { utcMoment } from '../format/moment.ts';
import { taskWords } from '../words/task.en.ts';

const { refusals: words, states } = taskWords;

/** Why a transaction was not made, in words: the person said no, the contract refuses it by one of its errors, the wallet or the node failed. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (walkTo(error, isRejection)) return words.byPerson;
  const reverted = walkTo(error, (each) => each instanceof ContractFunctionRevertedError);
  if (reverted instanceof ContractFunctionRevertedError) return contractSays(reverted);
  const name = error.name;
  if (name === 'ProviderNotFoundError' || name === 'ConnectorNotFoundError') return words.noWallet;
  if (walkTo(error, (each) => /ChainMismatch|ChainNotConfigured/.test(each.name))) return words.wrongChain;
  if (walkTo(error, (each) => /SwitchChain/.test(each.name) || hasCode(each, 4902))) return words.cannotSwitch;
  if (walkTo(error, (each) => hasCode(each, -32_002))) return words.pending;
  if (walkTo(error, (each) => hasCode(each, 4100))) return words.locked;
  const text =
    error instanceof BaseError ? [error.shortMessage, error.details].filter(Boolean).join(' ') : error.message;
  if (/insufficient funds|exceeds the balance/i.test(text)) return words.noFunds;
  return fill(words.other, { reason: firstLine(text) });
}

function contractSays({ data, reason }: ContractFunctionRevertedError): string {
  const name = data?.errorName;
  const template = name === undefined ? undefined : (words.contract as Readonly<Record<string, string>>)[name];
  if (template === undefined) return fill(words.reverted, { reason: name ?? reason ?? words.noReason });
  const [value] = (data?.args ?? []) as readonly unknown[];
  return fill(template, { value: valueText(name ?? '', value) });
}

function valueText(name: string, value: unknown): string {
  if (name === 'WrongState') return states[taskStates[Number(value)] ?? 'none'];
  if (/Deadline|Lapsed|Time/.test(name)) return momentText(Number(value));
  return String(value);
}

/** Times beyond what a calendar holds stay numbers. */
function momentText(seconds: number): string {
  return seconds < 8.64e12 ? utcMoment(seconds * 1000) : String(seconds);
}

function isRejection(error: Error): boolean {
  return error instanceof UserRejectedRequestError || hasCode(error, 4001);
}

/** As wallets number what they refuse (EIP-1193, EIP-3085, EIP-1474). */
function hasCode(error: Error, code: number): boolean {
  return 'code' in error && error.code === code;
}

function walkTo(error: Error, wanted: (error: Error) => boolean): Error | undefined {
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 16; each = each.cause, depth += 1) {
    if (wanted(each)) return each;
  }
  return undefined;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 300);
}
