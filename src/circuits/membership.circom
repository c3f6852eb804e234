pragma circom 2.1.6;

include "tree.circom";

// "The commitment holds a measurement that is one of those approved", and nothing else: not which one.
//
// The root is over a public list, so whoever verifies computes it. A member is two numbers that stand for its bytes; the last
// input of the hash tells members of the list from commitments.
template Membership(depth) {
    signal input root;
    signal input commitment;
    signal input context;

    signal input high;
    signal input low;
    signal input blinding;
    signal input nodes[depth][4];

    component leaf = Poseidon4();
    leaf.in <== [high, low, 0, 0];
    component tree = Root(depth);
    tree.leaf <== leaf.out;
    tree.nodes <== nodes;
    tree.root === root;

    component committed = Poseidon4();
    committed.in <== [high, low, blinding, 1];
    committed.out === commitment;

    // As in event.circom: no proof holds under another context.
    signal bound <== context * context;
}

component main {public [root, commitment, context]} = Membership(5);
