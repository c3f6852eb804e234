import { parseJson, type JsonObject } from '../core/bytes/json.ts';
import { FormatError } from '../core/verdict/auditorError.ts';
import { wrongCall } from './args.ts';
import { traceUsage } from './traceUsage.ts';

/** Members that an event must have, as given on the command line. @throws AuditorError `usage` CALL */
export function readAsked(given: string): JsonObject {
  try {
    const value = parseJson(given, { maximumDepth: 4, maximumLength: 65_536 });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw wrongCall(`--find: ${error.message}`, traceUsage, error);
  }
  throw wrongCall('--find: an object was expected, as {"func_name":"compute","args":[3]}.', traceUsage);
}
