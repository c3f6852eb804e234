pragma circom 2.1.6;

include "poseidon.circom";

// The root of a tree of four children a node, of fixed depth, over a leaf whose place stays hidden: on each level the node
// is some one of the four children, which is that a product of differences is zero.
template Root(depth) {
    signal input leaf;
    signal input nodes[depth][4];
    signal output root;

    component parent[depth];
    signal left[depth];
    signal right[depth];
    signal current[depth + 1];
    current[0] <== leaf;
    for (var level = 0; level < depth; level++) {
        left[level] <== (nodes[level][0] - current[level]) * (nodes[level][1] - current[level]);
        right[level] <== (nodes[level][2] - current[level]) * (nodes[level][3] - current[level]);
        left[level] * right[level] === 0;
        parent[level] = Poseidon4();
        parent[level].in <== nodes[level];
        current[level + 1] <== parent[level].out;
    }
    root <== current[depth];
}
