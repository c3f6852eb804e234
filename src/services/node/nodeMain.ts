import { serveNode } from './serveNode.ts';

/** The process of one node of the attestation network. */
const [setting] = process.argv.slice(2);
if (setting === undefined) {
  process.stderr.write('The setting of the node is needed: node.json in its folder.\n');
  process.exit(2);
}
try {
  await serveNode(setting);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
