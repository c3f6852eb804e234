// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Registry of identities, of the shape of ERC-1056
 * @notice Every address is an identity that owns itself; it can be handed to another owner, and its owner can name delegates and attributes (keys, services) for a time. Functions and events are those of
 * ERC-1056, so that every resolver of did:ethr reads it.
 * @dev Nobody owns this contract, nothing can change it, it takes no ether and calls nobody. The events of ERC-1056 have no room for a running hash, so it is kept in storage alone:
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order, block number)))
 */
contract DidRegistry {
    /// Slot 0: how many events this contract has written.
    uint256 public eventCount;
    /// Slot 1: the running hash of all of them.
    bytes32 public runningHash;
    /// Slot 2.
    mapping(address identity => address) public owners;
    /// Slot 3: delegates until when, by the digest of their type.
    mapping(address identity => mapping(bytes32 delegateType => mapping(address delegate => uint256))) public delegates;
    /// Slot 4: block of the last change.
    mapping(address identity => uint256) public changed;

    event DIDOwnerChanged(address indexed identity, address owner, uint256 previousChange);
    event DIDDelegateChanged(
        address indexed identity, bytes32 delegateType, address delegate, uint256 validTo, uint256 previousChange
    );
    event DIDAttributeChanged(
        address indexed identity, bytes32 name, bytes value, uint256 validTo, uint256 previousChange
    );

    /// The caller does not own the identity.
    error NotOwner(address owner);
    /// Longer than any key or address of a service.
    error TooLong(uint256 length);
    /// The time up to which it is to be valid cannot be written.
    error TooFar();

    uint256 private constant MAX_VALUE = 2048;
    uint256 private constant MAX_VALIDITY = 3650 days;

    modifier onlyOwner(address identity) {
        address owner = identityOwner(identity);
        if (msg.sender != owner) revert NotOwner(owner);
        _;
    }

    function identityOwner(address identity) public view returns (address) {
        address owner = owners[identity];
        return owner == address(0) ? identity : owner;
    }

    function validDelegate(address identity, bytes32 delegateType, address delegate) external view returns (bool) {
        return delegates[identity][keccak256(abi.encode(delegateType))][delegate] > block.timestamp;
    }

    /// @notice Hands the identity over. To give it up for good, hand it to an address that nobody has.
    function changeOwner(address identity, address newOwner) external onlyOwner(identity) {
        owners[identity] = newOwner;
        uint256 previous = _change(identity);
        emit DIDOwnerChanged(identity, newOwner, previous);
        _record(abi.encode(DIDOwnerChanged.selector, identity, newOwner, previous, block.number));
    }

    function addDelegate(address identity, bytes32 delegateType, address delegate, uint256 validity)
        external
        onlyOwner(identity)
    {
        if (validity > MAX_VALIDITY) revert TooFar();
        _setDelegate(identity, delegateType, delegate, block.timestamp + validity);
    }

    function revokeDelegate(address identity, bytes32 delegateType, address delegate) external onlyOwner(identity) {
        _setDelegate(identity, delegateType, delegate, block.timestamp);
    }

    function setAttribute(address identity, bytes32 name, bytes calldata value, uint256 validity)
        external
        onlyOwner(identity)
    {
        if (validity > MAX_VALIDITY) revert TooFar();
        _setAttribute(identity, name, value, block.timestamp + validity);
    }

    function revokeAttribute(address identity, bytes32 name, bytes calldata value) external onlyOwner(identity) {
        // ERC-1056 writes 0 for what is taken back.
        _setAttribute(identity, name, value, 0);
    }

    function _setDelegate(address identity, bytes32 delegateType, address delegate, uint256 validTo) private {
        delegates[identity][keccak256(abi.encode(delegateType))][delegate] = validTo;
        uint256 previous = _change(identity);
        emit DIDDelegateChanged(identity, delegateType, delegate, validTo, previous);
        _record(
            abi.encode(
                DIDDelegateChanged.selector, identity, delegateType, delegate, validTo, previous, block.number
            )
        );
    }

    function _setAttribute(address identity, bytes32 name, bytes calldata value, uint256 validTo) private {
        if (value.length > MAX_VALUE) revert TooLong(value.length);
        uint256 previous = _change(identity);
        emit DIDAttributeChanged(identity, name, value, validTo, previous);
        _record(abi.encode(DIDAttributeChanged.selector, identity, name, value, validTo, previous, block.number));
    }

    function _change(address identity) private returns (uint256 previous) {
        previous = changed[identity];
        changed[identity] = block.number;
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private {
        ++eventCount;
        runningHash = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
