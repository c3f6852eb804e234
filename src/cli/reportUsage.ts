export const reportUsage = `Usage: npm run -s report -- make --trust FILE --from AUDIT.json [--chain NAME] (--key FILE | --auditor ADDRESS) [--out FILE]
       npm run -s report -- sign --key FILE [--out FILE] REPORT
       npm run -s report -- merge --trust FILE [--threshold N] [--with FILE]… [--json] [--out FILE] REPORT…
       npm run -s report -- anchor --trust FILE --key FILE [--ledger CHAIN_ID] [--out BLOCKS.json] REPORT
       npm run -s report -- checkpoint --trust FILE [--out TRUST.json] REPORT
AUDIT.json is what “npm run -s audit -- --json …” prints; a key is 0x and 64 hex digits in a file that only you can read.`;
