// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Anchors of execution traces
 * @notice A virtual machine runs a program, commits to all events of the run by one Merkle root, and signs that together with what was run,
 * under which policy, from which inputs. This contract verifies the signature with the key that the machine's owner has registered, and keeps
 * what was signed for everybody to find by the program's digest.
 * @dev Nobody owns this contract, nothing can change it, it takes no ether and calls nobody but the chain's own verification of P-256. Each
 * event carries the running hash of all events so far, which a storage proof of the first two slots closes:
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order but `running`, block number)))
 */
contract TraceAnchor {
    enum Algorithm {
        None,
        /// ECDSA on P-256 over SHA-256 of the EIP-712 digest: what HSMs, WebCrypto and passkeys sign.
        P256,
        /// ECDSA on secp256k1 over the EIP-712 digest itself, s in the lower half.
        Secp256k1
    }

    /// What a machine signs of one run (EIP-712 type `TraceMetadata`). Digests of files are SHA3-256, trees are Keccak-256 in the shape of RFC 6962.
    struct Metadata {
        uint8 version;
        /// Of the tree over the events, and how many these are; `records` counts their 16-byte records.
        bytes32 root;
        uint64 count;
        uint64 records;
        /// 1: records, 2: canonical JSON, 3: fields salted one by one.
        uint8 leafEncoding;
        uint32 eventsPerLeaf;
        /// Digest of the key that all salts are made from, zero where there are none.
        bytes32 saltCommitment;
        /// The code identifier: digest of the program.
        bytes32 code;
        bytes32 policy;
        bytes32 instrumenter;
        bytes32 instrumented;
        bytes32 tape;
        bytes32 inputs;
        bytes32 symbols;
        /// Root of the index by function, which shows what was never called.
        bytes32 functionIndex;
        /// Root of the events that zero-knowledge proofs speak of, zero where there are none.
        bytes32 selection;
        bytes32 vm;
        /// Seconds, as the machine says.
        uint64 time;
        /// Identifier of the machine's anchor before this one, zero at the first.
        bytes32 previous;
    }

    struct Machine {
        address owner;
        /// That its last anchor claims: none later may claim an earlier one.
        uint64 time;
        /// How many keys it has had; only the last can be in force.
        uint32 keys;
        /// Its last anchor.
        bytes32 last;
    }

    /// In force in the blocks from `from` up to, not with, `until`, where that is not zero.
    struct Key {
        Algorithm algorithm;
        uint64 from;
        uint64 until;
        bytes32 x;
        bytes32 y;
    }

    /// One slot, so that one storage proof shows that what it is the identifier of was anchored, when, and under which key.
    struct Anchor {
        /// Of the event that anchored it, from 1.
        uint64 number;
        uint64 blockNumber;
        uint64 blockTime;
        uint32 key;
    }

    /// How far the clock of a machine may be ahead of that of the blocks, in seconds.
    uint256 private constant CLOCK_ALLOWANCE = 60;
    /// Longest page of `anchorsOf`.
    uint256 private constant MAX_PAGE = 256;
    /// Longest path that a tree of 2^64 leaves can ask for.
    uint256 private constant MAX_PATH = 64;

    /// RIP-7212, EIP-7951.
    address private constant P256_VERIFY = address(0x100);
    uint256 private constant P256_P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff;
    uint256 private constant P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b;
    uint256 private constant K1_P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f;
    uint256 private constant K1_HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant TRACE_TYPE = keccak256(
        "TraceMetadata(uint8 version,bytes32 root,uint64 count,uint64 records,uint8 leafEncoding,uint32 eventsPerLeaf,bytes32 saltCommitment,bytes32 code,bytes32 policy,bytes32 instrumenter,bytes32 instrumented,bytes32 tape,bytes32 inputs,bytes32 symbols,bytes32 functionIndex,bytes32 selection,bytes32 vm,uint64 time,bytes32 previous)"
    );

    /// Slot 0: how many events this contract has written.
    uint256 public eventCount;
    /// Slot 1: the running hash that the last event carries.
    bytes32 public runningHash;
    /// Slot 2.
    mapping(bytes32 vm => Machine) public machines;
    /// Slot 3: counted from 0.
    mapping(bytes32 vm => mapping(uint256 index => Key)) public keys;
    /// Slot 4: by identifier, the EIP-712 struct hash of the metadata.
    mapping(bytes32 id => Anchor) public anchors;
    /// Slot 5: identifiers in the order of their anchoring.
    mapping(bytes32 code => bytes32[]) private byCode;

    event KeySet(
        bytes32 indexed vm,
        address indexed owner,
        bytes32 name,
        uint32 key,
        Algorithm algorithm,
        bytes32 x,
        bytes32 y,
        bytes32 document,
        bytes32 credential,
        bytes32 running
    );
    event KeyRetired(bytes32 indexed vm, address indexed owner, uint32 key, bytes32 running);
    event TraceAnchored(
        bytes32 indexed id,
        bytes32 indexed code,
        bytes32 indexed vm,
        uint32 key,
        Metadata metadata,
        bytes32 r,
        bytes32 s,
        bytes32 running
    );

    /// The machine has no key, or its last one was retired.
    error NoKey();
    /// Not a point of the curve.
    error NotOnCurve();
    error UnknownAlgorithm();
    /// This chain has no precompile that verifies P-256: register a secp256k1 key here.
    error NoP256();
    error BadSignature();
    /// Of a signature on secp256k1 and its twin only the one with s in the lower half is taken.
    error HighS();
    error UnknownVersion(uint8 version);
    /// A hash that must be there is zero.
    error ZeroHash();
    /// The very same metadata was anchored before.
    error AlreadyAnchored(uint64 number);
    /// `previous` is not the machine's last anchor.
    error NotNext(bytes32 last);
    /// Before the time that the machine's last anchor claims, or after the block.
    error TimeOutOfOrder(uint64 claimed);

    // ---- Machines and their keys

    /// @notice The identifier of a machine: nobody but its owner can register under it.
    function vmId(address owner, bytes32 name) public pure returns (bytes32) {
        return keccak256(abi.encode(owner, name));
    }

    /**
     * @notice Registers a machine of the caller's with its key, or exchanges its key: the new one is in force from this very block, the old
     * one up to it.
     * @param name tells the caller's machines apart
     * @param document digest of the attestation document that binds the key to an environment, zero where there is none
     * @param credential digest of the machine's verifiable credential, zero where there is none
     * @return vm its identifier
     */
    function setKey(bytes32 name, Algorithm algorithm, bytes32 x, bytes32 y, bytes32 document, bytes32 credential)
        external
        returns (bytes32 vm)
    {
        vm = vmId(msg.sender, name);
        _demandPoint(algorithm, uint256(x), uint256(y));
        Machine storage machine = machines[vm];
        uint32 key = machine.keys;
        if (key == 0) machine.owner = msg.sender;
        else if (keys[vm][key - 1].until == 0) keys[vm][key - 1].until = uint64(block.number);
        keys[vm][key] = Key(algorithm, uint64(block.number), 0, x, y);
        machine.keys = key + 1;
        bytes32 running = _record(
            abi.encode(
                KeySet.selector, vm, msg.sender, name, key, algorithm, x, y, document, credential, block.number
            )
        );
        emit KeySet(vm, msg.sender, name, key, algorithm, x, y, document, credential, running);
    }

    /// @notice Ends the key of a machine of the caller's: from this very block on nothing that it signs is anchored.
    function retireKey(bytes32 name) external {
        bytes32 vm = vmId(msg.sender, name);
        uint32 key = _keyInForce(vm);
        keys[vm][key].until = uint64(block.number);
        emit KeyRetired(
            vm, msg.sender, key, _record(abi.encode(KeyRetired.selector, vm, msg.sender, key, block.number))
        );
    }

    /// @notice Whether this chain verifies P-256: asked with a signature that is known to be right, for a precompile that is missing and
    /// one that says no answer alike.
    function hasP256() public view returns (bool) {
        return _p256(
            0xca029b256774db79a4cbba175563ec9c658551a5c96c4ee8fd673fa30ca07775,
            0xa0b07bca14677becacd1c134564120c66e03b15d823552c76a9e0339442ce2d6,
            0x3b47160bb8ff0c9f51ca44419e8a302458bdb6c891180004764cf4dc69434987,
            0xbdde3871fc4a4494c716a291de11d701d5e515498dc882bbfb29c024748b7110,
            0xb71dd34911716e5522ee0528bca0f2b5e37a70719312cd55aaa474a04c7e9533
        );
    }

    // ---- Anchors

    /**
     * @notice Anchors what a machine has signed. Anyone may send it: the signature counts, not the sender.
     * @param r of the signature by the machine's key in force
     * @param s of the same
     * @return id its identifier
     */
    function anchor(Metadata calldata metadata, bytes32 r, bytes32 s) external returns (bytes32 id) {
        if (metadata.version != 1) revert UnknownVersion(metadata.version);
        if (metadata.root == 0 || metadata.code == 0) revert ZeroHash();
        id = idOf(metadata);
        if (anchors[id].number != 0) revert AlreadyAnchored(anchors[id].number);
        Machine storage machine = machines[metadata.vm];
        uint32 key = _keyInForce(metadata.vm);
        if (metadata.previous != machine.last) revert NotNext(machine.last);
        if (metadata.time < machine.time || metadata.time > block.timestamp + CLOCK_ALLOWANCE) {
            revert TimeOutOfOrder(metadata.time);
        }
        _demandSignature(keys[metadata.vm][key], digestOf(id), r, s);

        (machine.time, machine.last) = (metadata.time, id);
        byCode[metadata.code].push(id);
        anchors[id] = Anchor(uint64(eventCount + 1), uint64(block.number), uint64(block.timestamp), key);
        _recordAnchor(id, key, metadata, r, s);
    }

    /// @notice The identifier of an anchor: the EIP-712 struct hash of its metadata.
    function idOf(Metadata calldata metadata) public pure returns (bytes32) {
        return keccak256(abi.encode(TRACE_TYPE, metadata));
    }

    /// @notice The EIP-712 digest that a machine signs, on this chain and for this contract.
    function digestOf(bytes32 id) public view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Affidavit TraceAnchor"), keccak256("1"), block.chainid, address(this))
        );
        return keccak256(abi.encodePacked(hex"1901", domain, id));
    }

    /// @notice Identifiers of the anchors of a program, `limit` of them (256 at most) from number `from` on, in order; and how many there are.
    function anchorsOf(bytes32 code, uint256 from, uint256 limit)
        external
        view
        returns (bytes32[] memory ids, uint256 total)
    {
        bytes32[] storage all = byCode[code];
        total = all.length;
        uint256 left = from < total ? total - from : 0;
        if (limit > MAX_PAGE) limit = MAX_PAGE;
        ids = new bytes32[](left < limit ? left : limit);
        for (uint256 each; each < ids.length; ++each) {
            ids[each] = all[from + each];
        }
    }

    // ---- Proofs

    /**
     * @notice Whether a leaf is in a tree (RFC 9162 §2.1.3.2 with Keccak-256).
     * @param count how many leaves the tree has: the root means something together with it only
     * @param leafHash Keccak-256 of a zero byte and the leaf
     * @param path the siblings from leaf to root
     */
    function included(bytes32 root, uint256 count, uint256 index, bytes32 leafHash, bytes32[] calldata path)
        public
        pure
        returns (bool)
    {
        if (index >= count || path.length > MAX_PATH) return false;
        bytes32 node = leafHash;
        uint256 used;
        for (uint256 last = count - 1; last > 0; last >>= 1) {
            // The last node of an odd level has no sibling and moves up as it is.
            if (index & 1 == 1 || index != last) {
                if (used == path.length) return false;
                node = index & 1 == 1
                    ? keccak256(abi.encodePacked(bytes1(0x01), path[used], node))
                    : keccak256(abi.encodePacked(bytes1(0x01), node, path[used]));
                ++used;
            }
            index >>= 1;
        }
        return used == path.length && node == root;
    }

    /// @notice Whether a trace with this metadata is anchored here, and the leaf is in its tree.
    function includedIn(Metadata calldata metadata, uint256 index, bytes32 leafHash, bytes32[] calldata path)
        external
        view
        returns (bool)
    {
        if (anchors[idOf(metadata)].number == 0 || metadata.eventsPerLeaf == 0) return false;
        uint256 leaves = (uint256(metadata.count) + metadata.eventsPerLeaf - 1) / metadata.eventsPerLeaf;
        return included(metadata.root, leaves, index, leafHash, path);
    }

    // ---- The rules, one each

    function _keyInForce(bytes32 vm) private view returns (uint32 key) {
        key = machines[vm].keys;
        if (key == 0 || keys[vm][--key].until != 0) revert NoKey();
    }

    function _demandPoint(Algorithm algorithm, uint256 x, uint256 y) private view {
        if (algorithm == Algorithm.None) revert UnknownAlgorithm();
        bool isP256 = algorithm == Algorithm.P256;
        uint256 p = isP256 ? P256_P : K1_P;
        uint256 right = addmod(mulmod(mulmod(x, x, p), x, p), isP256 ? P256_B : 7, p);
        // P-256 has a = -3, secp256k1 a = 0.
        if (isP256) right = addmod(right, p - mulmod(3, x, p), p);
        if (x >= p || y >= p || mulmod(y, y, p) != right) revert NotOnCurve();
        if (isP256 && !hasP256()) revert NoP256();
    }

    function _demandSignature(Key storage key, bytes32 digest, bytes32 r, bytes32 s) private view {
        if (key.algorithm == Algorithm.P256) {
            if (_p256(sha256(abi.encodePacked(digest)), r, s, key.x, key.y)) return;
            if (!hasP256()) revert NoP256();
            revert BadSignature();
        }
        if (uint256(s) > K1_HALF_N) revert HighS();
        address signer = address(uint160(uint256(keccak256(abi.encode(key.x, key.y)))));
        // Tokens give r and s only: one of the two points that r stands for is the key's.
        if (ecrecover(digest, 27, r, s) != signer && ecrecover(digest, 28, r, s) != signer) revert BadSignature();
    }

    function _p256(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) private view returns (bool) {
        (bool ok, bytes memory answer) = P256_VERIFY.staticcall(abi.encode(hash, r, s, x, y));
        return ok && answer.length == 32 && uint256(bytes32(answer)) == 1;
    }

    function _recordAnchor(bytes32 id, uint32 key, Metadata calldata metadata, bytes32 r, bytes32 s) private {
        bytes32 running = _record(
            abi.encode(TraceAnchored.selector, id, metadata.code, metadata.vm, key, metadata, r, s, block.number)
        );
        emit TraceAnchored(id, metadata.code, metadata.vm, key, metadata, r, s, running);
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private returns (bytes32 running) {
        ++eventCount;
        runningHash = running = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
