import { serveValidator } from './serveValidator.ts';
import { Validator } from './validator.ts';

/** The process of one validator: its folder, the path of an anvil, and how many seconds a block may be ahead of the clock are its arguments. */
const [folder, anvil, ahead] = process.argv.slice(2);
if (folder === undefined || anvil === undefined || process.send === undefined) {
  process.stderr.write('This is started by the ledger service.\n');
  process.exit(2);
}
serveValidator(await Validator.load(folder, anvil, ahead === undefined ? undefined : Number(ahead)));
