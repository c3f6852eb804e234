export const networkUsage = `Usage: npm run -s network -- COMMAND …

  request --trust FILE --node URL… [--vm ID] [--with FILE]… [--account ADDRESS] [--hide FILE | --batch FOLDER] [--json] DOCUMENT…
          gives an attestation document of any kind that check knows to nodes, asks the network, waits for the record and validates it
          --hide FILE  the ledger gets a salted commitment only, and each node named the document, sealed to its key; name all of them, for they cannot ask one another.
                       FILE is written, for you alone: with it measurements are shown one by one later
          --batch FOLDER  several documents in one request; --vm once for each, in their order. The folder gets batch.json, for certify --with, and for each machine its own proof
  check   --trust FILE --request NUMBER --vm ID [--with FILE]… [--json] DOCUMENT
          validates a record that is there, asking nobody but the ledger
  status  --node URL… [--json]
          what nodes say of themselves: epoch, trust nodes, what waits, and why

  ID is 0x and 64 hex digits; left out, it is the document's own SHA3-256. --with adds what the document is judged with: certificates, collateral, logs.
  --account is an address that the ledger's node has the key of (development); else AFFIDAVIT_ACCOUNT_KEY holds a private key, in hex.`;
