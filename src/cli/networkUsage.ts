export const networkUsage = `Usage: npm run -s network -- COMMAND …

  request --trust FILE --node URL… [--vm ID] [--with FILE]… [--account ADDRESS] [--json] DOCUMENT
          gives an attestation document of any kind that check knows to nodes, asks the network, waits for the record and validates it
  check   --trust FILE --request NUMBER --vm ID [--with FILE]… [--json] DOCUMENT
          validates a record that is there, asking nobody but the ledger
  status  --node URL… [--json]
          what nodes say of themselves: epoch, trust nodes, what waits, and why

  ID is 0x and 64 hex digits; left out, it is the document's own SHA3-256. --with adds what the document is judged with: certificates, collateral, logs.
  --account is an address that the ledger's node has the key of (development); else AFFIDAVIT_ACCOUNT_KEY holds a private key, in hex.`;
