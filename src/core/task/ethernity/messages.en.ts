import type { Messages } from '../../verdict/messages.ts';

const shown = 'Read the transaction of this step from a node, with its proof.';

export const orderMessages: Messages = {
  ORDER_CALLS: {
    title: 'Every call of the contract is shown',
    pass: 'Blocks {from} to {to} were read whole where they have transactions ({blocks}): {calls} of these call the contract, and none can be left out.',
    fail: 'What a node shows as the transactions of a block are not those. {reason}',
    unknown: 'Calls of the contract may be missing. {reason}',
    action: 'Read it again, from another node if need be, or from a nearer checkpoint.',
  },
  ORDER_DEPLOYMENT: {
    title: 'The contract is one that Ethernity has deployed',
    pass: 'The contract {contract} is the one that Ethernity names for {network} ({purpose}).',
    unknown: 'The contract {contract} on the ledger {chainId} is none that is known here.',
    action: 'Compare the address with the operator’s own publication.',
  },
  ORDER_UPGRADABLE: {
    title:
      'The contract stands behind a proxy whose owner can exchange its code: the rules named here are those of the published code.',
  },
  ORDER_REQUEST: {
    title: 'The request of the data owner is shown',
    pass: 'Request {request} is by {owner}, in the form {version}.',
    fail: 'Request {request} does not have a form that is known. {reason}',
    unknown: 'The request cannot be read. {reason}',
    action: shown,
  },
  ORDER_SIGNED_CHECKSUM: {
    title:
      'The checksum of the program is signed by the client’s wallet, as older clients did: the checksum itself cannot be read from it.',
  },
  ORDER_PLACED: step('placed by one of the two sides', 'placed', 'placing'),
  ORDER_APPROVED: step('approved by the other side', 'approved', 'approval'),
  ORDER_PROCESSOR: step(
    'given to a processor by the data processor',
    'given to a processor',
    'naming of the processor',
  ),
  ORDER_RESULT: step('closed by the named processor', 'closed with a result', 'result'),
  ORDER_VALIDATED: { title: 'The order was validated in block {block}.' },
  ORDER_INVALIDATED: { title: 'The order was invalidated in block {block}: validators did not take the result.' },
  ORDER_STORAGE: {
    title: 'The contract’s storage fits',
    pass: 'What the contract’s storage has of the order ({status}) is what events and transactions show.',
    fail: 'What the contract’s storage has of the order, read by the layout of the published code, is something else. {reason}',
    unknown: 'The contract’s storage does not show the order. {reason}',
  },
  ORDER_RESULT_FORM: {
    title: 'The result can be read',
    pass: 'The result holds a transaction signed by {signer}, the SHA-256 of the result ({hash}) and its place ({at}).',
    fail: 'The result does not have the form that it must have. {reason}',
  },
  ORDER_BOUND: {
    title: 'The result was signed for this order',
    pass: 'What was signed is the result of order {order} of this contract.',
    fail: 'What was signed is not the result of order {order} of this contract. {reason}',
  },
  ORDER_ANY_LEDGER: { title: 'The signature names no ledger (as before EIP-155), so it would hold on every one.' },
  ORDER_CODE: {
    title: 'The task ended well',
    pass: 'The task ended with the code {code}: {words}.',
    fail: 'The task ended with the code {code}: {words}.',
  },
  ORDER_ENCLAVE: {
    title: 'The enclave’s key signed the result',
    pass: 'The result is signed by {signer}, the key that the enclave makes from the client’s challenge and its own.',
    fail: 'The result is signed by {signer}; the challenges give {expected}.',
    unknown:
      'The result is signed by {signer}. Whether that is the enclave’s key only who has the client’s challenge can tell: it was sent to the enclave encrypted and is on no ledger.',
    action:
      'If you are the client, give the challenge as a text file by --with. It is used and not kept. Nobody else can check this.',
  },
};

function step(title: string, done: string, what: string) {
  return {
    title: `The order was ${title}`,
    pass: `The order was ${done} by {by} in block {block} ({time}).`,
    fail: `The ${what} in block {block} breaks the contract’s rule. {reason}`,
    unknown: `The ${what} cannot be judged. {reason}`,
    action: shown,
  };
}
