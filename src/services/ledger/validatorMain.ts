import { serveValidator } from './serveValidator.ts';
import { Validator } from './validator.ts';

/** The process of one validator: its folder and the path of an anvil are its arguments. */
const [folder, anvil] = process.argv.slice(2);
if (folder === undefined || anvil === undefined || process.send === undefined) {
  process.stderr.write('This is started by the ledger service.\n');
  process.exit(2);
}
serveValidator(await Validator.load(folder, anvil));
