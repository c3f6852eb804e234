// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Zero-knowledge proofs of events
 * @notice Verifies Groth16 proofs of "among the values of calls that a signed trace commits to there is one of this subject between lo and hi",
 * which show nothing else. Such a proof says what was signed, not that the run was right; and it convinces only who trusts the setup of the key.
 * @dev Nobody owns this contract; it has no state, takes no ether and calls nobody but the precompiles of BN254 (EIP-196, EIP-197).
 */
contract EventProofVerifier {
    /// The order of the scalar field: an input at or above it would stand for another one too.
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    /// The modulus of coordinates.
    uint256 private constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    bytes32 private constant CONTEXT_TAG = keccak256("affidavit/zk-context/1");
    uint256 private constant MAX_FUNCTION = 0xffffff;
    uint256 private constant MAX_POSITION = 4095;
    uint256 private constant CALL_POSITION = 0x7fffffff;

    // Verification key, made by `npm run circuits`: do not edit.
    uint256 private constant ALPHA_X = 0x087d868f8b628fe61ec0ed1297987e745fb6c254e75216b0a8066ab3a3815012;
    uint256 private constant ALPHA_Y = 0x10acdb205632089039a1753bc4cb2cd4d9875bf1a4268974deb5aa9945763334;
    uint256 private constant BETA_X1 = 0x21882f06627fe1292f925d26b946a361622b6ab2430bf3b74939a56798b7e725;
    uint256 private constant BETA_X0 = 0x063f943c25e6693c999d22a0ed960da45c0170b0bb465b7a6a80f84275f28d6d;
    uint256 private constant BETA_Y1 = 0x1bec9754ae94055f9e5c5b69e70feb63530e22df21b8cc047dc15763f9c0adee;
    uint256 private constant BETA_Y0 = 0x16a72a2be8fc8e5e6d1bd733c5c824a40f15ae1012dcbf0a2d1310d4a3b6376f;
    uint256 private constant GAMMA_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant GAMMA_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant GAMMA_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;
    uint256 private constant GAMMA_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;
    uint256 private constant DELTA_X1 = 0x0212e9edbaf0ad144fb3a49c73a316f08f28d484bd551904961a0229a9f4aa29;
    uint256 private constant DELTA_X0 = 0x1cd4829ef7d502e2c93e32f3fe6b65bd755b4f7b417f2dd515f37611444a8ebb;
    uint256 private constant DELTA_Y1 = 0x1d1409e81302f8fb0e90d71cfdaf0aff7423913f2631a835ba16f0afe5335286;
    uint256 private constant DELTA_Y0 = 0x25b32e9cd7b8f4d9824cf9c18049bbfab408ba7e92882dedc103326593c2b7e3;
    uint256 private constant INPUT0_X = 0x098a684636391e20320c5a6b077c10d5715a22d6703aacb03b25512568e72432;
    uint256 private constant INPUT0_Y = 0x214a1466e85a9807a5e639f85e6754f6733375e2a242e1f48376e2d7431a626e;
    uint256 private constant INPUT1_X = 0x189bc301c5dbe8e6ff6b660bf4bab1786c92f39c19d0875d2b7601ba71b0df74;
    uint256 private constant INPUT1_Y = 0x1f9e3efcc00237d786a3e2a104f7f473181a4cd74697880004c735a0f790668e;
    uint256 private constant INPUT2_X = 0x17b50eb3cec2dd6db8aa2e9a92c7498fc1d7d9d4a5f2755803cd3322b2ef58fe;
    uint256 private constant INPUT2_Y = 0x2f06f69c38e50b11db47231f325ffcb6a8cbb186b6ebb7b06d7f89ff32d6bebc;
    uint256 private constant INPUT3_X = 0x2617b7040a8f7eda4db1d8c958451d89e0c696182056cfafdd2f6cf29612e8a1;
    uint256 private constant INPUT3_Y = 0x037ed89367041da97d648dd2e7b0f50d8f5de06128cde28efbc86a039b39773a;
    uint256 private constant INPUT4_X = 0x241bbb2b59d3dffd89b68faf62c81bc614a0576c2c661352a778f5fe2483b66c;
    uint256 private constant INPUT4_Y = 0x28e5ed28ee832252e27deabcf5bbaeff0574f916296c4f3775cc4b2a4ab80091;
    uint256 private constant INPUT5_X = 0x0e9a06d493368c68d1fc1d85182df45e43722c3681862a46d8dc2435a95848e9;
    uint256 private constant INPUT5_Y = 0x056a379584bb4606e6f306e90b1957d71bad50a405c4aea5cd66e7f8b26ae7e8;
    // End of the verification key.

    enum Part {
        Call,
        Argument,
        Result
    }

    /// What is proved. All of it is public.
    struct Statement {
        /// Index of the function in the module as it was before it was instrumented.
        uint256 functionIndex;
        Part part;
        /// Which argument or result, from 0; 0 for the call itself.
        uint256 position;
        /// Of the value: 32 or 64; 0 for the call itself.
        uint256 bits;
        bool signed;
        /// Both included.
        int256 lo;
        int256 hi;
    }

    /// The statement is none that could be proved.
    error BadStatement();

    /**
     * @notice Whether the proof holds for the statement, the selection's root and what it is bound to.
     * @param proof A, B, C in the encoding of the precompiles
     * @param selection root of the selection, as the signed metadata has it
     * @param anchor identifier of the anchor: the EIP-712 struct hash of the metadata
     * @param nonce chosen by whoever asked for the proof
     */
    function verify(
        uint256[8] calldata proof,
        bytes32 selection,
        bytes32 anchor,
        bytes32 nonce,
        Statement calldata statement
    ) external view returns (bool) {
        (uint256 subject, uint256 from, uint256 span) = publicPart(statement);
        uint256 context = uint256(keccak256(abi.encode(CONTEXT_TAG, anchor, nonce))) >> 8;
        return verifyInputs(proof, [uint256(selection), subject, from, span, context]);
    }

    /// @notice The statement as inputs of the circuit: who, and the arc of the circle of 2^64 on which the value lies.
    function publicPart(Statement calldata s) public pure returns (uint256 subject, uint256 from, uint256 span) {
        if (s.functionIndex > MAX_FUNCTION) revert BadStatement();
        if (s.part == Part.Call) {
            if (s.position != 0 || s.bits != 0 || s.signed || s.lo != 0 || s.hi != 0) revert BadStatement();
            return ((CALL_POSITION << 32) | s.functionIndex, 0, 0);
        }
        if (s.position > MAX_POSITION || (s.bits != 32 && s.bits != 64)) revert BadStatement();
        int256 size = int256(1 << s.bits);
        int256 least = s.signed ? -size / 2 : int256(0);
        if (s.lo < least || s.hi >= least + size || s.lo > s.hi) revert BadStatement();
        uint256 code = s.bits == 32 ? 0x7f : 0x7e;
        uint256 place = s.part == Part.Result ? s.position | 0x80000000 : s.position;
        subject = (code << 64) | (place << 32) | s.functionIndex;
        // 32-bit values stand in the upper half of the word, so that both widths wrap at 2^64.
        uint256 shift = 64 - s.bits;
        from = (uint256(s.lo) & (uint256(size) - 1)) << shift;
        span = uint256(s.hi - s.lo) << shift;
    }

    /// @notice Whether e(A, B) = e(alpha, beta) * e(sum of inputs, gamma) * e(C, delta). False, never a revert, for what is no proof.
    function verifyInputs(uint256[8] calldata proof, uint256[5] memory inputs) public view returns (bool) {
        for (uint256 i = 0; i < 5; ++i) {
            if (inputs[i] >= R) return false;
        }
        for (uint256 i = 0; i < 8; ++i) {
            if (proof[i] >= Q) return false;
        }
        // The precompiles take the point at infinity; no honest proof has it.
        if ((proof[0] | proof[1]) == 0 || (proof[6] | proof[7]) == 0) return false;
        if ((proof[2] | proof[3] | proof[4] | proof[5]) == 0) return false;
        (bool ok, uint256 x, uint256 y) = _sum(inputs);
        if (!ok) return false;
        uint256[24] memory pairs = [
            proof[0],
            proof[1] == 0 ? 0 : Q - proof[1],
            proof[2],
            proof[3],
            proof[4],
            proof[5],
            ALPHA_X,
            ALPHA_Y,
            BETA_X1,
            BETA_X0,
            BETA_Y1,
            BETA_Y0,
            x,
            y,
            GAMMA_X1,
            GAMMA_X0,
            GAMMA_Y1,
            GAMMA_Y0,
            proof[6],
            proof[7],
            DELTA_X1,
            DELTA_X0,
            DELTA_Y1,
            DELTA_Y0
        ];
        uint256[1] memory one;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 8, pairs, 768, one, 32)
        }
        return ok && one[0] == 1;
    }

    /// The key's point for the constant and, each times its input, those for the inputs.
    function _sum(uint256[5] memory inputs) private view returns (bool ok, uint256 x, uint256 y) {
        uint256[10] memory points = [
            INPUT1_X, INPUT1_Y, INPUT2_X, INPUT2_Y, INPUT3_X, INPUT3_Y, INPUT4_X, INPUT4_Y, INPUT5_X, INPUT5_Y
        ];
        (ok, x, y) = (true, INPUT0_X, INPUT0_Y);
        uint256[4] memory room;
        for (uint256 i = 0; i < 5; ++i) {
            (room[0], room[1], room[2]) = (points[2 * i], points[2 * i + 1], inputs[i]);
            assembly ("memory-safe") {
                ok := and(ok, staticcall(gas(), 7, room, 96, room, 64))
            }
            (room[2], room[3]) = (x, y);
            assembly ("memory-safe") {
                ok := and(ok, staticcall(gas(), 6, room, 128, room, 64))
            }
            (x, y) = (room[0], room[1]);
        }
    }
}
