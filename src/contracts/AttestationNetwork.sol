// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Attestation network with dynamic trust anchors
 * @notice Machines ask for attestation; nodes in enclaves judge the request by published criteria and sign their vote; a record is final when two
 * thirds of the trust nodes of one epoch have signed the same. Who is a trust node is decided anew every epoch, by reputation, which follows
 * from the votes alone.
 * @dev Nobody owns this contract, it takes no ether and calls nobody. Each event carries the running hash of all events so far, which a storage
 * proof of the first two slots closes:
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order but `running`, block number)))
 * All rules are written a second time in src/core/network/model.ts, which is held against this contract by random steps.
 */
contract AttestationNetwork {
    enum Status {
        None,
        Active,
        Left,
        Slashed
    }

    /// Why a vote is not taken.
    enum Refusal {
        None,
        UnknownRequest,
        WrongEpoch,
        AlreadyFinal,
        OtherMeasurements,
        OtherCriteria,
        BadSignature,
        NotANode,
        AlreadyVoted
    }

    /// What a node signs (EIP-712 type `Vote`). Two different ones of one node for one request and epoch are equivocation.
    struct Vote {
        uint64 requestId;
        /// As in the request.
        bytes32 measurements;
        /// Digest of the criteria in force in the epoch.
        bytes32 criteria;
        bool valid;
        uint64 epoch;
    }

    struct Signature {
        bytes32 r;
        /// In the lower half.
        bytes32 s;
        uint8 v;
    }

    struct Node {
        address account;
        uint32 reputation;
        /// Of the records of this epoch that count: to how many the node has voted.
        uint32 answered;
        Status status;
        /// Signs its votes; a key belongs to one node for ever.
        address key;
        /// The epoch in which it joined last.
        uint64 joined;
        /// Digest (SHA3-256) of the attestation document of its enclave.
        bytes32 document;
    }

    struct Request {
        bytes32 vmId;
        /// A digest or a salted commitment; of a batch the root of its tree.
        bytes32 measurements;
        /// Digest (SHA3-256) of the attestation document, of a batch of the list of requests.
        bytes32 evidence;
        /// Digest (Keccak-256) of the enclave's signature, zero where there is none.
        bytes32 enclaveSignature;
        /// 1, or how many requests the batch has.
        uint32 count;
        /// In which its record became final, 0 before.
        uint64 finalEpoch;
        /// Whether whoever does not vote to it by the end of the epoch pays.
        bool counted;
        /// Struct hash of the vote that won.
        bytes32 outcome;
    }

    struct Epoch {
        uint64 number;
        /// Its first block.
        uint64 from;
        /// How many trust nodes were elected for it.
        uint32 trusted;
        /// Records of it that count for silence.
        uint32 counted;
    }

    uint32 public constant START_REPUTATION = 1000;
    uint32 public constant MAX_REPUTATION = 1000000;
    uint32 public constant REWARD = 10;
    uint32 public constant DISAGREEMENT_PENALTY = 100;
    uint32 public constant SILENCE_PENALTY = 40;
    /// With each epoch that closes, the distance from the start shrinks by this part.
    uint32 public constant DECAY_DIVISOR = 16;
    /// Below it a node is a trust node only while there are fewer than `MIN_SEATS` above.
    uint32 public constant SEAT_REPUTATION = 800;
    uint32 public constant MIN_SEATS = 4;
    /// Records final so few blocks before the epoch's end do not count for silence.
    uint32 public constant GRACE_BLOCKS = 4;
    uint256 public constant MAX_NODES = 64;
    uint256 private constant MAX_URI = 256;
    uint256 private constant MAX_ENCLAVE_SIGNATURE = 256;
    uint256 private constant HALF_N = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant VOTE_TYPE =
        keccak256("Vote(uint64 requestId,bytes32 measurements,bytes32 criteria,bool valid,uint64 epoch)");
    bytes32 private constant RECORD_TYPE = keccak256(
        "Record(uint64 requestId,bytes32 vmId,bytes32 measurements,bytes32 evidence,bytes32 enclaveSignature,uint32 count,bool valid,bytes32 criteria,uint64 epoch,bytes32 nodeSignatures,uint64 timestamp,bytes32 previous)"
    );

    /// Slot 0: how many events this contract has written.
    uint256 public eventCount;
    /// Slot 1: the running hash that the last event carries.
    bytes32 public runningHash;
    /// Slot 2.
    Epoch public current;
    /// Slot 3, from the lowest bits: blocks of an epoch, most trust nodes, founders who have not joined, nodes that ever joined.
    uint32 public epochBlocks;
    uint32 public seats;
    uint32 public foundersAwaited;
    uint32 public nodeCount;
    uint64 public requestCount;
    /// Slot 4: bit i is set where node i is a trust node of this epoch.
    uint256 public trustMask;
    /// Slot 5: in force; slot 6: from the next epoch on, zero where these stay.
    bytes32 public criteria;
    bytes32 public nextCriteria;
    /// Slot 7: hash of the last record.
    bytes32 public lastRecord;
    /// Slot 8: by number, from 0, in the order of joining.
    mapping(uint256 index => Node) public nodes;
    /// Slot 9: number + 1. Slot 10: the same by key, of all keys ever.
    mapping(address account => uint256) public indexOf;
    mapping(address key => uint256) public keyOwner;
    /// Slot 11: who may join; 1 a founder, 2 admitted by trust nodes, 3 has joined.
    mapping(address account => uint256) public admission;
    /// Slot 12: by number, from 1.
    mapping(uint64 requestId => Request) public requests;
    /// Slot 13: hash of the final record.
    mapping(uint64 requestId => bytes32) public records;
    /// Slot 14: which nodes have signed this vote. Slot 15: which have voted at all.
    mapping(bytes32 voteId => uint256) public signersOf;
    mapping(uint64 requestId => mapping(uint64 epoch => uint256)) public votersOf;
    /// Slot 16: digest of a node's signature.
    mapping(bytes32 voteId => mapping(uint256 index => bytes32)) private signatures;
    /// Slot 17: which trust nodes have endorsed a proposal in this epoch.
    mapping(bytes32 proposal => uint256) private endorsers;

    event Founded(uint32 epochBlocks, uint32 seats, address[] founders, bytes32 criteria, string uri, bytes32 running);
    event AdmissionEndorsed(
        address indexed candidate, address indexed by, uint64 epoch, bool admitted, bytes32 running
    );
    event CriteriaEndorsed(
        bytes32 indexed criteria, address indexed by, uint64 epoch, string uri, bool adopted, bytes32 running
    );
    event NodeJoined(address indexed account, address indexed key, uint32 index, bytes32 document, bytes32 running);
    event NodeLeft(address indexed account, bytes32 running);
    event NodeSlashed(
        address indexed account,
        uint64 indexed requestId,
        Vote first,
        Signature firstSignature,
        Vote second,
        Signature secondSignature,
        bytes32 running
    );
    event EpochOpened(uint64 indexed epoch, address[] trustNodes, bytes32 criteria, bytes32 running);
    event RequestOpened(
        uint64 indexed requestId,
        bytes32 indexed vmId,
        bytes32 measurements,
        bytes32 evidence,
        uint32 count,
        bytes enclaveSignature,
        bytes32 running
    );
    event VoteCast(
        uint64 indexed requestId,
        address indexed account,
        bytes32 measurements,
        bytes32 criteria,
        bool valid,
        uint64 epoch,
        bytes32 r,
        bytes32 s,
        uint8 v,
        bytes32 running
    );
    event RecordFinal(
        uint64 indexed requestId,
        bytes32 indexed vmId,
        bytes32 indexed record,
        bool valid,
        uint64 epoch,
        address[] signers,
        bytes32 nodeSignatures,
        uint64 timestamp,
        bytes32 previous,
        bytes32 running
    );

    error BadSetting();
    error ZeroHash();
    error TooLong(uint256 length);
    error NotAdmitted();
    error AlreadyAdmitted();
    error AlreadyJoined();
    error KeyTaken();
    error NoRoom();
    error NotActive();
    error NotTrustNode();
    error AlreadyEndorsed();
    error NotDue(uint64 atBlock);
    error VoteRefused(Refusal reason);
    /// The two votes are the same, of two requests or epochs, or not of one node.
    error NoConflict();
    error AlreadySlashed();

    /**
     * @param epochBlocks_ least number of blocks of an epoch, at least 8: it ends with the first transaction after them
     * @param seats_ most trust nodes, 1 to `MAX_NODES`
     * @param founders accounts that may join from the beginning: the validators of the ledger. When all have joined, the first epoch opens
     * @param criteria_ digest of the first criteria
     */
    constructor(
        uint32 epochBlocks_,
        uint32 seats_,
        address[] memory founders,
        bytes32 criteria_,
        string memory uri
    ) {
        if (epochBlocks_ < 8 || seats_ == 0 || seats_ > MAX_NODES) revert BadSetting();
        if (founders.length == 0 || founders.length > MAX_NODES) revert BadSetting();
        if (criteria_ == 0) revert ZeroHash();
        if (bytes(uri).length > MAX_URI) revert TooLong(bytes(uri).length);
        for (uint256 each; each < founders.length; ++each) {
            if (founders[each] == address(0) || admission[founders[each]] != 0) revert BadSetting();
            admission[founders[each]] = 1;
        }
        (epochBlocks, seats, foundersAwaited) = (epochBlocks_, seats_, uint32(founders.length));
        criteria = criteria_;
        current.from = uint64(block.number);
        bytes32 running = _record(
            abi.encode(Founded.selector, epochBlocks_, seats_, founders, criteria_, uri, block.number)
        );
        emit Founded(epochBlocks_, seats_, founders, criteria_, uri, running);
    }

    // ---- Nodes

    /// @notice A trust node says that an account may join; two thirds of them within one epoch admit it.
    function admit(address candidate) external {
        _roll();
        if (admission[candidate] != 0) revert AlreadyAdmitted();
        bool admitted = _endorse(keccak256(abi.encode("admit", candidate, current.number)));
        if (admitted) admission[candidate] = 2;
        bytes32 running = _record(
            abi.encode(AdmissionEndorsed.selector, candidate, msg.sender, current.number, admitted, block.number)
        );
        emit AdmissionEndorsed(candidate, msg.sender, current.number, admitted, running);
    }

    /**
     * @notice Joins, or joins again after having left; reputation stays what it was.
     * @param document digest of the attestation document of its enclave
     * @param key address of the key that the enclave signs votes with; not one that another node ever had
     */
    function join(bytes32 document, address key) external {
        _roll();
        if (admission[msg.sender] == 0) revert NotAdmitted();
        if (document == 0 || key == address(0)) revert ZeroHash();
        uint256 index = indexOf[msg.sender];
        if (index == 0) {
            if (nodeCount == MAX_NODES) revert NoRoom();
            if (admission[msg.sender] == 1) --foundersAwaited;
            admission[msg.sender] = 3;
            indexOf[msg.sender] = index = ++nodeCount;
            nodes[index - 1].account = msg.sender;
            nodes[index - 1].reputation = START_REPUTATION;
        }
        Node storage node = nodes[index - 1];
        if (node.status == Status.Active) revert AlreadyJoined();
        if (node.status == Status.Slashed) revert AlreadySlashed();
        if (keyOwner[key] != 0 && keyOwner[key] != index) revert KeyTaken();
        keyOwner[key] = index;
        (node.status, node.key, node.joined, node.document) = (Status.Active, key, current.number, document);
        bytes32 running = _record(
            abi.encode(NodeJoined.selector, msg.sender, key, uint32(index - 1), document, block.number)
        );
        emit NodeJoined(msg.sender, key, uint32(index - 1), document, running);
        _roll();
    }

    /// @notice Leaves, and pays for its silence so far. Of this epoch's threshold its seat stays a part.
    function depart() external {
        _roll();
        uint256 index = indexOf[msg.sender];
        if (index == 0 || nodes[index - 1].status != Status.Active) revert NotActive();
        Node storage node = nodes[index - 1];
        (node.status, node.reputation) = (Status.Left, _withoutSilence(node));
        emit NodeLeft(msg.sender, _record(abi.encode(NodeLeft.selector, msg.sender, block.number)));
    }

    /// @notice A trust node endorses criteria; two thirds of them within one epoch put these in force with the next.
    function publishCriteria(bytes32 digest, string calldata uri) external {
        _roll();
        if (digest == 0) revert ZeroHash();
        if (bytes(uri).length > MAX_URI) revert TooLong(bytes(uri).length);
        bool adopted = _endorse(keccak256(abi.encode("criteria", digest, current.number)));
        if (adopted) nextCriteria = digest;
        bytes32 running = _record(
            abi.encode(CriteriaEndorsed.selector, digest, msg.sender, current.number, uri, adopted, block.number)
        );
        emit CriteriaEndorsed(digest, msg.sender, current.number, uri, adopted, running);
    }

    /// @notice Opens the next epoch, which any other transaction after this one's last block does too.
    function openEpoch() external {
        if (!_isDue()) revert NotDue(current.from + epochBlocks);
        _roll();
    }

    /// @notice The epoch that a vote in the next block must name: the current one, or the next where that is due.
    function epochDue() external view returns (uint64 number, bool due) {
        due = _isDue();
        number = due ? current.number + 1 : current.number;
    }

    /// @notice Accounts of the trust nodes of the epoch, in rising order, and how many equal votes make a record.
    function trustNodes() external view returns (address[] memory accounts, uint256 needed) {
        return (_accountsOf(trustMask), threshold());
    }

    /// @notice Two thirds of the trust nodes of the epoch, rounded up; 0 where there are none, and then nothing becomes final.
    function threshold() public view returns (uint256) {
        return (2 * uint256(current.trusted) + 2) / 3;
    }

    // ---- Requests and votes

    /**
     * @notice Asks for attestation of a machine.
     * @param measurements digest of its measurements, or a salted commitment to them
     * @param evidence digest of the attestation document, zero where there is none
     * @param enclaveSignature of the machine's enclave, where there is one
     */
    function request(bytes32 vmId, bytes32 measurements, bytes32 evidence, bytes calldata enclaveSignature)
        external
        returns (uint64 requestId)
    {
        if (vmId == 0) revert ZeroHash();
        return _open(vmId, measurements, evidence, 1, enclaveSignature);
    }

    /// @notice Asks for many machines at once, by the root of a tree (RFC 6962 with Keccak-256) whose leaves are requests.
    /// @param evidence digest of the list of requests
    function requestBatch(bytes32 root, uint32 count, bytes32 evidence) external returns (uint64 requestId) {
        if (evidence == 0) revert ZeroHash();
        if (count < 2) revert BadSetting();
        return _open(0, root, evidence, count, msg.data[0:0]);
    }

    /// @notice Takes a node's vote. Anyone may send it: the signature counts.
    function vote(Vote calldata given, Signature calldata signature) external {
        _roll();
        Refusal refusal = _take(given, signature);
        if (refusal != Refusal.None) revert VoteRefused(refusal);
    }

    /// @notice Takes those of many votes that can be taken. At least one must.
    function submitVotes(Vote[] calldata given, Signature[] calldata signed) external returns (uint256 taken) {
        _roll();
        if (given.length != signed.length) revert BadSetting();
        Refusal first;
        for (uint256 each; each < given.length; ++each) {
            Refusal refusal = _take(given[each], signed[each]);
            if (refusal == Refusal.None) ++taken;
            else if (first == Refusal.None) first = refusal;
        }
        if (taken == 0) revert VoteRefused(first);
    }

    /// @notice Shows that a node has signed two different votes for one request in one epoch. It has no reputation then, and never votes again.
    function slash(
        Vote calldata first,
        Signature calldata firstSignature,
        Vote calldata second,
        Signature calldata secondSignature
    ) external {
        _roll();
        if (first.requestId != second.requestId || first.epoch != second.epoch) revert NoConflict();
        if (voteId(first) == voteId(second)) revert NoConflict();
        address key = _signer(first, firstSignature);
        if (key == address(0) || key != _signer(second, secondSignature)) revert NoConflict();
        uint256 index = keyOwner[key];
        if (index == 0) revert NoConflict();
        Node storage node = nodes[index - 1];
        if (node.status == Status.Slashed) revert AlreadySlashed();
        (node.status, node.reputation) = (Status.Slashed, 0);
        _recordSlash(node.account, first, firstSignature, second, secondSignature);
    }

    /// @notice The EIP-712 struct hash of a vote.
    function voteId(Vote calldata given) public pure returns (bytes32) {
        return keccak256(abi.encode(VOTE_TYPE, given));
    }

    /// @notice The EIP-712 digest that a node signs, on this ledger and for this contract.
    function digestOf(bytes32 id) public view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                DOMAIN_TYPE, keccak256("Affidavit AttestationNetwork"), keccak256("1"), block.chainid, address(this)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, id));
    }

    // ---- The rules, one each

    function _open(
        bytes32 vmId,
        bytes32 measurements,
        bytes32 evidence,
        uint32 count,
        bytes calldata enclaveSignature
    ) private returns (uint64 requestId) {
        _roll();
        if (measurements == 0) revert ZeroHash();
        if (enclaveSignature.length > MAX_ENCLAVE_SIGNATURE) revert TooLong(enclaveSignature.length);
        requestId = ++requestCount;
        Request storage opened = requests[requestId];
        (opened.vmId, opened.measurements, opened.evidence, opened.count) = (vmId, measurements, evidence, count);
        if (enclaveSignature.length > 0) opened.enclaveSignature = keccak256(enclaveSignature);
        bytes32 running = _record(
            abi.encode(
                RequestOpened.selector, requestId, vmId, measurements, evidence, count, enclaveSignature, block.number
            )
        );
        emit RequestOpened(requestId, vmId, measurements, evidence, count, enclaveSignature, running);
    }

    function _take(Vote calldata given, Signature calldata signature) private returns (Refusal) {
        Request storage asked = requests[given.requestId];
        if (asked.count == 0) return Refusal.UnknownRequest;
        if (given.epoch != current.number) return Refusal.WrongEpoch;
        if (asked.finalEpoch != 0 && asked.finalEpoch != given.epoch) return Refusal.AlreadyFinal;
        if (given.measurements != asked.measurements) return Refusal.OtherMeasurements;
        if (given.criteria != criteria) return Refusal.OtherCriteria;
        address key = _signer(given, signature);
        if (key == address(0)) return Refusal.BadSignature;
        uint256 index = keyOwner[key];
        // A node's earlier keys are not its key.
        if (index == 0 || nodes[--index].status != Status.Active || nodes[index].key != key) return Refusal.NotANode;
        uint256 bit = 1 << index;
        if (votersOf[given.requestId][given.epoch] & bit != 0) return Refusal.AlreadyVoted;

        bytes32 id = voteId(given);
        votersOf[given.requestId][given.epoch] |= bit;
        signersOf[id] |= bit;
        signatures[id][index] = keccak256(abi.encode(signature));
        _recordVote(nodes[index].account, given, signature);
        if (asked.finalEpoch != 0) _settle(index, asked.outcome == id, asked.counted);
        else if (current.trusted > 0 && _bits(signersOf[id] & trustMask) >= threshold()) _finalise(asked, given, id);
        return Refusal.None;
    }

    function _finalise(Request storage asked, Vote calldata given, bytes32 id) private {
        bool counted = block.number + GRACE_BLOCKS < uint256(current.from) + epochBlocks;
        (asked.finalEpoch, asked.outcome, asked.counted) = (given.epoch, id, counted);
        if (counted) ++current.counted;
        uint256 voters = votersOf[given.requestId][given.epoch];
        for (uint256 index; index < nodeCount; ++index) {
            if (voters >> index & 1 == 1) _settle(index, signersOf[id] >> index & 1 == 1, counted);
        }
        address[] memory signers = _accountsOf(signersOf[id] & trustMask);
        bytes32 nodeSignatures = _signaturesOf(id, signers);
        bytes32 hash = _recordHash(asked, given, nodeSignatures);
        _recordFinal(asked.vmId, given, hash, signers, nodeSignatures);
        records[given.requestId] = lastRecord = hash;
    }

    /// A node's vote to a record that is final.
    function _settle(uint256 index, bool agrees, bool counted) private {
        Node storage node = nodes[index];
        if (counted) ++node.answered;
        if (node.status == Status.Slashed) return;
        node.reputation = agrees ? _more(node.reputation) : _less(node.reputation, DISAGREEMENT_PENALTY);
    }

    function _isDue() private view returns (bool) {
        if (current.number == 0 && foundersAwaited == 0) return true;
        return block.number >= uint256(current.from) + epochBlocks;
    }

    /// Closes an epoch that has had its blocks and opens the next: silence is paid for, reputation fades, trust nodes are elected.
    function _roll() private {
        if (!_isDue()) return;
        for (uint256 index; index < nodeCount; ++index) {
            Node storage node = nodes[index];
            if (node.status == Status.Active) {
                uint256 reputation = _withoutSilence(node);
                if (reputation > START_REPUTATION) reputation -= (reputation - START_REPUTATION) / DECAY_DIVISOR;
                else reputation += (START_REPUTATION - reputation) / DECAY_DIVISOR;
                node.reputation = uint32(reputation);
            }
            node.answered = 0;
        }
        if (nextCriteria != 0) (criteria, nextCriteria) = (nextCriteria, 0);
        uint256 elected = _elect();
        trustMask = elected;
        current = Epoch(current.number + 1, uint64(block.number), uint32(_bits(elected)), 0);
        address[] memory accounts = _accountsOf(elected);
        bytes32 running = _record(
            abi.encode(EpochOpened.selector, current.number, accounts, criteria, block.number)
        );
        emit EpochOpened(current.number, accounts, criteria, running);
    }

    /// Less what a node pays for the records of this epoch that it did not vote to. In the epoch in which it joined it pays nothing.
    function _withoutSilence(Node storage node) private view returns (uint32) {
        if (node.joined >= current.number) return node.reputation;
        return _less(node.reputation, uint256(current.counted - node.answered) * SILENCE_PENALTY);
    }

    /// The nodes with most reputation, ties by the lower account, of those that were active through all of the epoch that closes: whoever
    /// left and came back, or is new, serves one as an ordinary node first. The founding epoch asks for nothing.
    function _elect() private view returns (uint256 elected) {
        uint256 count = nodeCount;
        uint256 most = seats;
        // Reputation above, the complement of the account below: the greater comes first. Zero where the node is not active.
        uint256[] memory ranks = new uint256[](count);
        for (uint256 index; index < count; ++index) {
            Node storage node = nodes[index];
            if (node.status == Status.Active && (node.joined == 0 || node.joined < current.number)) {
                ranks[index] = uint256(node.reputation) + 1 << 160 | uint256(~uint160(node.account));
            }
        }
        for (uint256 taken; taken < most; ++taken) {
            uint256 best;
            for (uint256 index = 1; index < count; ++index) {
                if (ranks[index] > ranks[best]) best = index;
            }
            if (count == 0 || ranks[best] == 0) break;
            if (taken >= MIN_SEATS && ranks[best] >> 160 <= SEAT_REPUTATION) break;
            elected |= 1 << best;
            ranks[best] = 0;
        }
    }

    /// In rising order of accounts.
    function _accountsOf(uint256 mask) private view returns (address[] memory accounts) {
        accounts = new address[](_bits(mask));
        uint256 found;
        for (uint256 index; mask >> index != 0; ++index) {
            if (mask >> index & 1 == 0) continue;
            address account = nodes[index].account;
            uint256 place = found++;
            for (; place > 0 && accounts[place - 1] > account; --place) {
                accounts[place] = accounts[place - 1];
            }
            accounts[place] = account;
        }
    }

    /// Digest of the list of signers in rising order, each with the digest of its signature.
    function _signaturesOf(bytes32 id, address[] memory signers) private view returns (bytes32) {
        bytes memory list;
        for (uint256 each; each < signers.length; ++each) {
            list = abi.encodePacked(list, signers[each], signatures[id][indexOf[signers[each]] - 1]);
        }
        return keccak256(list);
    }

    function _recordHash(Request storage asked, Vote calldata given, bytes32 nodeSignatures)
        private
        view
        returns (bytes32)
    {
        bytes memory asks = abi.encode(
            RECORD_TYPE,
            given.requestId,
            asked.vmId,
            asked.measurements,
            asked.evidence,
            asked.enclaveSignature,
            asked.count
        );
        bytes memory said = abi.encode(
            given.valid, given.criteria, given.epoch, nodeSignatures, uint64(block.timestamp), lastRecord
        );
        return keccak256(bytes.concat(asks, said));
    }

    /// Whether two thirds of the trust nodes have endorsed a proposal, the caller with them.
    function _endorse(bytes32 proposal) private returns (bool) {
        uint256 index = indexOf[msg.sender];
        if (index == 0 || nodes[index - 1].status != Status.Active || trustMask >> index - 1 & 1 == 0) {
            revert NotTrustNode();
        }
        uint256 before = endorsers[proposal];
        uint256 mask = before | 1 << index - 1;
        if (mask == before) revert AlreadyEndorsed();
        endorsers[proposal] = mask;
        return _bits(mask) >= threshold();
    }

    /// The address whose key has signed a vote, zero where it is no signature or one with s in the upper half.
    function _signer(Vote calldata given, Signature calldata signature) private view returns (address) {
        if (uint256(signature.s) > HALF_N) return address(0);
        return ecrecover(digestOf(voteId(given)), signature.v, signature.r, signature.s);
    }

    function _more(uint256 reputation) private pure returns (uint32) {
        return uint32(reputation + REWARD > MAX_REPUTATION ? MAX_REPUTATION : reputation + REWARD);
    }

    function _less(uint256 reputation, uint256 by) private pure returns (uint32) {
        return uint32(reputation > by ? reputation - by : 0);
    }

    function _bits(uint256 mask) private pure returns (uint256 count) {
        for (; mask != 0; mask &= mask - 1) {
            ++count;
        }
    }

    function _recordVote(address account, Vote calldata given, Signature calldata signature) private {
        bytes32 running = _record(
            abi.encode(
                VoteCast.selector,
                given.requestId,
                account,
                given.measurements,
                given.criteria,
                given.valid,
                given.epoch,
                signature.r,
                signature.s,
                signature.v,
                block.number
            )
        );
        emit VoteCast(
            given.requestId,
            account,
            given.measurements,
            given.criteria,
            given.valid,
            given.epoch,
            signature.r,
            signature.s,
            signature.v,
            running
        );
    }

    function _recordFinal(
        bytes32 vmId,
        Vote calldata given,
        bytes32 hash,
        address[] memory signers,
        bytes32 nodeSignatures
    ) private {
        bytes32 running = _record(
            abi.encode(
                RecordFinal.selector,
                given.requestId,
                vmId,
                hash,
                given.valid,
                given.epoch,
                signers,
                nodeSignatures,
                uint64(block.timestamp),
                lastRecord,
                block.number
            )
        );
        emit RecordFinal(
            given.requestId,
            vmId,
            hash,
            given.valid,
            given.epoch,
            signers,
            nodeSignatures,
            uint64(block.timestamp),
            lastRecord,
            running
        );
    }

    function _recordSlash(
        address account,
        Vote calldata first,
        Signature calldata firstSignature,
        Vote calldata second,
        Signature calldata secondSignature
    ) private {
        bytes32 running = _record(
            abi.encode(
                NodeSlashed.selector,
                account,
                first.requestId,
                first,
                firstSignature,
                second,
                secondSignature,
                block.number
            )
        );
        emit NodeSlashed(account, first.requestId, first, firstSignature, second, secondSignature, running);
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private returns (bytes32 running) {
        ++eventCount;
        runningHash = running = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
