/** How `launch` is called. */
export const hostUsage = `Usage: npm run -s launch -- run --trust FILE --host URL --validator URL … [--image FILE] [--chain] [--seconds N] [--new-state] [--out FILE]
                                 [--select N --seed TEXT [--known FILE]]
       npm run -s launch -- deal PROGRAM --validator URL … --threshold N [--token FILE …] [--allow-host DID …] [--allow-boot DIGEST …] --out FILE
       npm run -s launch -- revoke --host URL --token FILE DIGEST
       npm run -s launch -- example [TEXT] --out FILE

run      demands a credential of the host, collects the validators' proofs, judges it all, opens the image and runs the program in it
  --trust      whom you trust: "hosts" selects validators and says how many are demanded
  --image      an encrypted image; its description is expected beside it, with .json behind its name. Without one the host is only judged
  --select     so many of them, chosen by reputation, operator, region and the public seed; what was chosen and how is printed: anyone can do it again
  --known      reputations and addresses of validators: [{"did", "reputation", "url"}]
  --chain      one validator after the other, each over what those before it said
  --seconds    that each service has, 30 by default
  --new-state  accepts the host as it is now, where it has drifted; else it is compared with the states that were accepted first and last
  --out        writes the credential with its proofs there, for check
deal     encrypts a WASI program, deals its key to the validators, and forgets it; writes the image and, beside it, its description
  --token      of each validator's operator, from its state folder: there is room for the share then, whatever strangers have brought
revoke   takes a credential back, by its digest; the token is in the host's state folder
example  writes a small WASI program that prints a text`;
