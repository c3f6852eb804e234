import type { Messages } from '../verdict/messages.ts';

export const reportMessages: Messages = {
  REPORT_FORM: {
    title: 'The file is a report in the one form that reports have',
    pass: 'The file is canonical JSON with the fields of a report and no others; reports in it: {reports}.',
    fail: 'The file cannot be read as a report. {reason}',
    action: 'Ask its sender for the file as it was saved: one changed byte is enough.',
  },
  REPORT_DIGEST: {
    title: 'The digest is that of what the file says',
    pass: 'The digest {digest} is that of everything in it.',
    fail: 'The file names the digest {digest}, but what it says has {found}: it was changed.',
  },
  REPORT_COHERENT: {
    title: 'The report does not contradict itself',
    pass: 'Its verdict follows from its own checks ({checks}), and everything that does not hold is named ({findings}).',
    fail: 'The report contradicts itself. {reason}',
  },
  REPORT_TIME: {
    title: 'The report is from a time that can be',
    pass: 'It is not from the future, and nothing that it covers is from after it.',
    fail: 'Its time cannot be right. {reason}',
    action: 'Check the clock of this machine, or the time given with --at.',
  },
  REPORT_SIGNATURE: {
    title: 'The auditor has signed it',
    pass: '{auditor} has signed this very report.',
    fail: 'The signature is not by {auditor}. {reason}',
    unknown: 'Nobody has signed it: anyone could have written it in the name of {auditor}.',
    action: 'Ask the auditor for the signed file, or sign it if you are the auditor.',
  },
  REPORT_AUDITOR: {
    title: 'You trust the auditor',
    pass: 'Your trust file names {auditor} among the auditors.',
    unknown: 'Your trust file does not name {auditor} among the auditors.',
    action:
      'If you know from elsewhere whose address {auditor} is, and trust their work, pin it: "auditors" in a trust file.',
  },
  REPORT_ANCHORED: {
    title: 'A ledger shows since when the report was there',
    pass: 'Ledger {chainId} shows that the auditor anchored it in block {block}, as number {number} of its contract.',
    fail: 'What was given does not show that the report is anchored. {reason}',
    unknown: 'Whether the report is anchored cannot be told. {reason}',
    action: 'Pin the ledger’s validators, and get the blocks anew with “npm run -s report -- anchor”.',
  },
  REPORT_SAYS: {
    title: 'The auditor says that what was audited holds',
    pass: 'The auditor says: {subject} holds, {unit} {from} to {to}.',
    fail: 'The auditor says: {subject} does not hold, {unit} {from} to {to}. First of {findings} findings: {first}.',
    unknown:
      'The auditor says: it cannot be told whether {subject} holds, {unit} {from} to {to}. First of {findings} findings: {first}.',
    action: 'Audit it yourself: a report never takes the place of the evidence.',
  },
  REPORT_STATEMENT: {
    title: 'A report is what somebody says, never evidence by itself. An audit of your own can show whether it is so.',
  },
  REPORT_SAME_TRUST: { title: 'The auditor used a trust file that pins exactly what yours does.' },
  REPORT_OTHER_TRUST: {
    title:
      'The auditor used another trust file than yours, with the digest {digest}: ask for it and compare what it pins.',
  },
  REPORT_NO_ANCHOR: {
    title: 'Since when it was there is only the auditor’s word: no blocks of a ledger that anchor it were given.',
  },
  REPORT_ONE: {
    title: 'A report by {auditor}',
    pass: '{auditor}, whom you trust, says that it holds.',
    fail: 'The report by {auditor} does not hold, or says that what was audited does not.',
    unknown: 'The report by {auditor} does not count, or leaves the answer open.',
  },
  REPORTS_SUBJECT: {
    title: 'All reports are about the same',
    pass: 'All of them are about {subject}.',
    fail: 'They are about different things: {subject}, and {other}.',
    unknown: 'None of them is a statement of an auditor whom you trust.',
    action: 'Merge only reports about the same, by auditors whom you have pinned.',
  },
  REPORTS_RANGE: {
    title: 'They have something in common that all of them covered',
    pass: 'All of them covered {unit} {from} to {to}.',
    unknown: 'There is nothing that all of them covered.',
    action: 'Ask for reports over the same range.',
  },
  REPORTS_AGREE: {
    title: 'The auditors agree',
    pass: 'Nothing that they say contradicts another; auditors: {auditors}.',
    fail: '{one} and {other} contradict each other. {reason}',
    unknown: '{one} and {other} do not say the same. {reason}',
    action: 'Audit it yourself and find out who is right; until then believe neither.',
  },
  REPORTS_THRESHOLD: {
    title: 'Enough auditors say that it holds',
    pass: '{have} auditors whom you trust say that it holds; {need} were asked for.',
    fail: '{have} auditors whom you trust say that it holds; {need} were asked for, and the other reports cannot change that.',
    unknown:
      '{have} auditors whom you trust say that it holds; {need} were asked for. More would count if you pinned them.',
    action: 'Ask for reports of more auditors, or pin those whom you know.',
  },
};
