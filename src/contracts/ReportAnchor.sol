// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Anchors of audit reports
 * @notice An auditor puts the digest of a report under their own address: from that block on everybody can see that the report was there, and that it was theirs.
 * @dev Nobody owns this contract, nothing can change it, it takes no ether and calls nobody. Each event carries the running hash of all events so far:
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order but `running`, block number)))
 */
contract ReportAnchor {
    /// One slot, so that one storage proof shows that a report was anchored, and when.
    struct Anchor {
        /// Of the event that anchored it, from 1.
        uint64 number;
        uint64 blockNumber;
        uint64 blockTime;
    }

    /// Slot 0: how many events this contract has written.
    uint256 public eventCount;
    /// Slot 1: the running hash that the last event carries.
    bytes32 public runningHash;
    /// Slot 2.
    mapping(address auditor => mapping(bytes32 digest => Anchor)) public anchors;

    event ReportAnchored(address indexed auditor, bytes32 indexed digest, uint64 time, bytes32 running);

    /// A hash that must be there is zero.
    error ZeroHash();
    /// The same auditor has anchored the same report before.
    error AlreadyAnchored(uint64 number);

    /// @notice Anchors a report of the caller's.
    /// @param digest of the report: SHA3-256 as it stands in the file
    function anchor(bytes32 digest) external {
        if (digest == 0) revert ZeroHash();
        Anchor storage kept = anchors[msg.sender][digest];
        if (kept.number != 0) revert AlreadyAnchored(kept.number);
        uint64 time = uint64(block.timestamp);
        anchors[msg.sender][digest] = Anchor(uint64(eventCount + 1), uint64(block.number), time);
        bytes32 running = _record(abi.encode(ReportAnchored.selector, msg.sender, digest, time, block.number));
        emit ReportAnchored(msg.sender, digest, time, running);
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private returns (bytes32 running) {
        ++eventCount;
        runningHash = running = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
