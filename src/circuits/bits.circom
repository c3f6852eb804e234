pragma circom 2.1.6;

// Holds where 0 <= in < 2^width, width < 253: the sum of that many bits is the number itself.
template FitsBits(width) {
    signal input in;
    signal bit[width];
    var sum = 0;
    for (var i = 0; i < width; i++) {
        bit[i] <-- (in >> i) & 1;
        bit[i] * (bit[i] - 1) === 0;
        sum = sum + bit[i] * (1 << i);
    }
    in === sum;
}
