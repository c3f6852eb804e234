import { trapNames } from '../event.ts';

/** What an error that came out of a program says: a trap by its number in `trapNames`, or that the machine gave out. */
export type ErrorMeaning = { readonly trap: number } | { readonly exhausted: 'stack' | 'memory' };

/** By the words of V8, SpiderMonkey and JavaScriptCore. What is ambiguous in one of them the program itself finds out first (see rewriteBody.ts). */
const words: readonly (readonly [RegExp, string])[] = [
  [/unreachable/i, 'unreachable'],
  [/divi(de|sion) by zero|remainder by zero/i, 'integer divide by zero'],
  [/divide result unrepresentable/i, 'integer overflow'],
  [/unrepresentable|conversion to integer|integer overflow|trunc/i, 'invalid conversion to integer'],
  [/signature|null function|indirect call to null|call_indirect to a null/i, 'indirect call type mismatch'],
  [/table|element|call_indirect/i, 'table out of bounds'],
  [/memory|data segment|index out of bounds|out of bounds/i, 'memory out of bounds'],
];

/** @param isTable whether an operation on a table was under way: SpiderMonkey has the same words for both */
export function nameError(error: unknown, isTable: boolean): ErrorMeaning | undefined {
  if (!(error instanceof Error)) return undefined;
  if (/call stack|recursion|stack overflow/i.test(error.message)) return { exhausted: 'stack' };
  if (!(error instanceof WebAssembly.RuntimeError)) {
    return error instanceof RangeError || /memory|allocat/i.test(error.message) ? { exhausted: 'memory' } : undefined;
  }
  if (/out of memory|allocat/i.test(error.message)) return { exhausted: 'memory' };
  const name = words.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'other';
  const isBounds = name === 'memory out of bounds' && isTable;
  return { trap: trapNames.indexOf(isBounds ? 'table out of bounds' : name) };
}
