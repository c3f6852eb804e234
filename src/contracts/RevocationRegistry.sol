// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Registry of what was taken back
 * @notice Hosts, validators and credentials that their controllers take back, and status lists with the time up to which they may be used. Anybody may write under any subject, and everything stands
 * under the address that wrote it: readers count what the subject's own controller says, which they know from its DID.
 * @dev Nobody owns this contract, nothing can change it, it takes no ether and calls nobody. Each event carries the running hash of all events so far:
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order but `running`, block number)))
 */
contract RevocationRegistry {
    struct Anchor {
        bytes32 digest;
        /// Seconds: of when the list is, and how long it may be used.
        uint64 time;
        uint64 ttl;
    }

    /// How far the time of a list may be ahead of that of the block, in seconds.
    uint256 private constant CLOCK_ALLOWANCE = 60;
    /// Longest time for which a list may be used.
    uint256 private constant MAX_TTL = 366 days;

    /// Slot 0: how many events this contract has written.
    uint256 public eventCount;
    /// Slot 1: the running hash that the last event carries.
    bytes32 public runningHash;
    /// Slot 2: time of the block, zero where it is not revoked.
    mapping(bytes32 subject => mapping(address by => uint256)) public revokedSince;
    /// Slot 3.
    mapping(bytes32 list => mapping(address by => Anchor)) public anchors;

    event Revoked(bytes32 indexed subject, address indexed by, bytes32 reason, bytes32 running);
    event Restored(bytes32 indexed subject, address indexed by, bytes32 running);
    event ListAnchored(
        bytes32 indexed list, address indexed by, bytes32 digest, uint64 time, uint64 ttl, bytes32 running
    );

    /// A hash that must be there is zero.
    error ZeroHash();
    error AlreadyRevoked(uint256 since);
    error NotRevoked();
    /// Before the list that is anchored, or after the block.
    error TimeOutOfOrder(uint64 time);
    /// Of no time at all, or too long.
    error WrongLifetime(uint64 ttl);

    /// @notice Takes back a DID or a credential.
    /// @param subject SHA3-256 of the DID's text, or the credential's digest
    /// @param reason digest of why, zero where nothing is said
    function revoke(bytes32 subject, bytes32 reason) external {
        if (subject == 0) revert ZeroHash();
        uint256 since = revokedSince[subject][msg.sender];
        if (since != 0) revert AlreadyRevoked(since);
        revokedSince[subject][msg.sender] = block.timestamp;
        emit Revoked(
            subject, msg.sender, reason, _record(abi.encode(Revoked.selector, subject, msg.sender, reason, block.number))
        );
    }

    /// @notice Takes a revocation of the caller's back.
    function restore(bytes32 subject) external {
        if (revokedSince[subject][msg.sender] == 0) revert NotRevoked();
        revokedSince[subject][msg.sender] = 0;
        emit Restored(subject, msg.sender, _record(abi.encode(Restored.selector, subject, msg.sender, block.number)));
    }

    /// @notice Says which content a status list of the caller's has now.
    /// @param list SHA3-256 of its address
    /// @param digest SHA3-256 of the JCS of the list's credential
    /// @param time of when it is, in seconds
    /// @param ttl for how many seconds it may be used
    function anchorList(bytes32 list, bytes32 digest, uint64 time, uint64 ttl) external {
        if (list == 0 || digest == 0) revert ZeroHash();
        Anchor storage last = anchors[list][msg.sender];
        if (time < last.time || time > block.timestamp + CLOCK_ALLOWANCE) revert TimeOutOfOrder(time);
        if (ttl == 0 || ttl > MAX_TTL) revert WrongLifetime(ttl);
        anchors[list][msg.sender] = Anchor(digest, time, ttl);
        emit ListAnchored(
            list,
            msg.sender,
            digest,
            time,
            ttl,
            _record(abi.encode(ListAnchored.selector, list, msg.sender, digest, time, ttl, block.number))
        );
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private returns (bytes32 running) {
        ++eventCount;
        runningHash = running = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
