pragma circom 2.1.6;

include "poseidonConstants.circom";

// x^5. Its input is a signal of its own: a linear constraint costs no entry in the proving key's matrices, and what is
// multiplied is then one signal instead of a sum of up to 65.
template Fifth() {
    signal input in;
    signal output out;
    signal square <== in * in;
    signal fourth <== square * square;
    out <== fourth * in;
}

// The hash of four field elements: Poseidon of width 5, the first element of the state zero before and the hash after.
template Poseidon4() {
    signal input in[4];
    signal output out;

    var constants[340] = poseidonRoundConstants();
    var matrix[5][5] = poseidonMatrix();
    var state[5] = [0, in[0], in[1], in[2], in[3]];
    component fifth[100];
    var used = 0;
    for (var round = 0; round < 68; round++) {
        for (var i = 0; i < 5; i++) {
            state[i] = state[i] + constants[5 * round + i];
        }
        var boxes = (round < 4 || round >= 64) ? 5 : 1;
        for (var i = 0; i < boxes; i++) {
            fifth[used] = Fifth();
            fifth[used].in <== state[i];
            state[i] = fifth[used].out;
            used++;
        }
        var mixed[5];
        for (var i = 0; i < 5; i++) {
            mixed[i] = 0;
            for (var j = 0; j < 5; j++) {
                mixed[i] = mixed[i] + matrix[i][j] * state[j];
            }
        }
        state = mixed;
    }
    out <== state[0];
}
