pragma circom 2.1.6;

include "bits.circom";
include "tree.circom";

// "Among the values that the root commits to there is one of the subject (function, position, type) that lies in the range",
// and nothing else: not which event, not which value, not what came with it.
//
// Values are 64-bit words, 32-bit integers in their upper half. The range is an arc of the circle of 2^64 that starts at
// `from` and is `span` long, so that one circuit compares signed and unsigned numbers of both widths. What is public is
// computed by whoever verifies: `from` and `span` below 2^64 are theirs to see to.
template EventInRange(depth) {
    signal input root;
    signal input subject;
    signal input from;
    signal input span;
    signal input context;

    signal input value;
    signal input rest;
    signal input salt;
    signal input nodes[depth][4];

    component leaf = Poseidon4();
    leaf.in <== [subject, value, rest, salt];
    component tree = Root(depth);
    tree.leaf <== leaf.out;
    tree.nodes <== nodes;
    tree.root === root;

    // distance = value - from on the circle; it and what is left of the span are both numbers of 64 bits.
    signal wraps <-- value < from ? 1 : 0;
    wraps * (wraps - 1) === 0;
    signal distance <== value - from + wraps * (1 << 64);
    component valueFits = FitsBits(64);
    valueFits.in <== value;
    component distanceFits = FitsBits(64);
    distanceFits.in <== distance;
    component restFits = FitsBits(64);
    restFits.in <== span - distance;

    // The context takes part in a constraint, so that no compiler leaves it out and no proof holds under another.
    signal bound <== context * context;
}

component main {public [root, subject, from, span, context]} = EventInRange(8);
