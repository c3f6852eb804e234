#!/usr/bin/env node
import { run } from './run.ts';

/** The auditor's commands, as the installed package offers them: `npx affidavit check FILE`. */
const commands = {
  check: async () => (await import('./checkCommand.ts')).checkCommand,
  audit: async () => (await import('./auditCommand.ts')).auditCommand,
  certify: async () => (await import('./certifyCommand.ts')).certifyCommand,
  report: async () => (await import('./reportCommand.ts')).reportCommand,
};

const usage = `Usage: affidavit COMMAND [OPTION…]
  check    judges any evidence, offline
  audit    audits a chain, a contract, a task or a network from where it is stored
  certify  makes a certificate
  report   makes a report of an audit, signs it, takes those of several auditors together
affidavit COMMAND --help says more.`;

await run(
  async ([name = '--help', ...args], io) => {
    if (Object.hasOwn(commands, name)) return (await commands[name as keyof typeof commands]())(args, io);
    io.say(name === '--help' ? usage : `There is no command ${JSON.stringify(name)}.\n${usage}`);
    return name === '--help' ? 0 : 2;
  },
  (words) => words.replaceAll(/npm run -s (check|audit|certify|report) --/g, 'npx affidavit $1'),
);
