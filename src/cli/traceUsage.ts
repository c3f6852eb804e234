export const traceUsage = `Usage: npm run -s trace -- COMMAND …

  run     --program FILE --out TRACE [--policy FILE | --kinds call,host,…] [--budget EVENTS] [--arg TEXT]… [--env NAME=VALUE]…
          [--file PATH=FILE]… [--stdin FILE] [--leaf rec16|jcs|fields] [--events-per-leaf N] [--no-salt | --salt-key HEX]
          [--trust FILE SIGNER [--machine NAME] [--anchor]]
          runs a program traced; with a trust file the trace is signed for its contract, with --anchor anchored there
  anchor  --trust FILE [--account ADDRESS] TRACE
          anchors a trace that was signed
  prove   --out PROOF [--event N]… [--find JSON]… [--calls NAME|INDEX]… [--prefix EARLIER] TRACE
          events by number or by what they say, as '{"func_name":"compute","args":[3]}'; how often functions were called; that
          an earlier trace, with the same salts, is how this one begins
  verify  --trust FILE (--code HEX | --program FILE) (--find JSON… | --never INDEX) [--with DOCUMENT]… [--json] PROOF
          whether the program did it: proof, signature, and the anchor on its ledger
  certify --trust FILE [--with DOCUMENT]… [--out FILE] [--html PAGE.html [--give-trust]] (PROOF | TRACE)
          a certificate of what the proof shows, or of the trace as a whole, with the evidence of its ledger, so that check
          judges it offline; with --html also as a page that checks itself
  bisect  [--json] TRACE TRACE
          the first event in which two traces differ, and the calls that led there, whatever their salts
  serve   --trust FILE [--port PORT]
          the attestation service: POST /verify, GET /machines

  SIGNER is --state FOLDER, where the machine's key is kept (for development), or --pkcs11 LIBRARY --key LABEL [--token LABEL]
  [--curve p256|secp256k1] with the PIN in AFFIDAVIT_PKCS11_PIN. --account is an address that the node has the key of
  (development); else AFFIDAVIT_ACCOUNT_KEY holds the private key of the machine's owner, in hex.`;
