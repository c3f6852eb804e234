import { findFoundryTool } from './foundryTool.ts';

/**
 * The path of anvil, Foundry's development node: `ANVIL_PATH`, the installed package, `PATH`, what was fetched before, or fetched now.
 * @throws AuditorError `source` ANVIL_MISSING where none can be had
 */
export function findAnvil(): Promise<string> {
  return findFoundryTool('anvil');
}
