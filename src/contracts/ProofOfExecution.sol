// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/**
 * @title Proof of eXecution
 * @notice The life of computational tasks, from what a data owner asks for to what a data processor's enclave answered: every step is one
 * transaction by the one who may take it, and one event. After I. Peterfi, "Blockchain based Proof of Execution"; the words in quotation
 * marks below are the paper's.
 * @dev Nobody owns this contract, nothing can change it, it takes no ether and calls nobody. Each event carries the running hash of all
 * events so far, which a storage proof of the first two slots closes: whoever leaves one out is found out.
 *   running(0) = 0
 *   running(n) = keccak256(running(n-1), keccak256(abi.encode(topic 0, arguments in declared order but `running`, block number)))
 */
contract ProofOfExecution {
    /// Where a task stands. Completed, Failed, Cancelled and Expired are ends.
    enum State {
        None,
        Submitted,
        Matched,
        Approved,
        Started,
        Completed,
        Failed,
        Cancelled,
        Expired
    }

    /// What the rules need to remember of a task; all else is in the events.
    struct Task {
        address owner;
        /// Last second, by block time, in which the task may move on.
        uint64 deadline;
        State state;
        /// Who matched: the other side has to approve.
        bool matchedByOwner;
        /// Named by the approval, zero before.
        address processor;
        /// What the next claimed time must not lie before: the block time of the approval, then the claimed start.
        uint64 since;
        /// Matched or approved, zero where none is.
        uint256 offer;
    }

    struct Offer {
        address processor;
        /// Last second, by block time, in which the offer may be matched or approved.
        uint64 until;
        /// By an approval, once and for ever.
        bool taken;
    }

    /// Longest metadata and longest data of an annotation, in bytes.
    uint256 private constant MAX_LENGTH = 2048;
    /// How far the clock of a processor may lie from that of the blocks, in seconds.
    uint256 private constant CLOCK_ALLOWANCE = 60;

    /// Slot 0: how many events this contract has written. The number of the event that creates a task or an offer is its id.
    uint256 public eventCount;
    /// Slot 1: the running hash that the last event carries.
    bytes32 public runningHash;
    /// Slot 2.
    mapping(uint256 id => Task) public tasks;
    /// Slot 3.
    mapping(uint256 offer => Offer) public offers;

    event TaskSubmitted(
        uint256 indexed id,
        address indexed owner,
        bytes32 program,
        bytes32 dataSet,
        bytes32 secretFile,
        bytes32 wanted,
        uint64 deadline,
        string metadata,
        bytes32 running
    );
    event ResourcesAdvertised(
        uint256 indexed offer,
        address indexed processor,
        bytes32 resources,
        uint64 until,
        string metadata,
        bytes32 running
    );
    event TaskMatched(uint256 indexed id, uint256 indexed offer, address indexed by, bytes32 running);
    event MatchWithdrawn(uint256 indexed id, uint256 indexed offer, address indexed by, bytes32 running);
    event MatchApproved(uint256 indexed id, uint256 indexed offer, address indexed by, bytes32 running);
    event TaskStarted(
        uint256 indexed id, address indexed processor, bytes32 runnerKey, uint64 startedAt, bytes32 running
    );
    event TaskCompleted(
        uint256 indexed id,
        address indexed processor,
        bytes32 result,
        bytes32 output,
        bytes32 attestation,
        uint64 endedAt,
        bytes32 running
    );
    event TaskFailed(uint256 indexed id, address indexed processor, bytes32 reason, bytes32 running);
    event TaskCancelled(uint256 indexed id, address indexed owner, bytes32 running);
    event TaskExpired(uint256 indexed id, address indexed by, bytes32 running);
    event TaskAnnotated(uint256 indexed id, address indexed by, bytes32 indexed topic, bytes data, bytes32 running);

    /// The task is in this state, in which that cannot be done.
    error WrongState(State state);
    error NotOwner();
    /// Not the processor whom the approval named.
    error NotProcessor();
    /// Neither the owner nor the processor.
    error NotParty();
    /// Who matched cannot approve as well.
    error NotCounterpart();
    /// One address cannot be both the owner and the processor.
    error SameParty();
    error UnknownOffer();
    error OfferTaken();
    error OfferLapsed(uint64 until);
    /// The task is matched with another offer than the one that was to be approved.
    error OtherOffer(uint256 matched);
    error DeadlinePassed(uint64 deadline);
    error DeadlineAhead(uint64 deadline);
    /// A claimed time before `since`, or after the block that would record it.
    error TimeOutOfOrder(uint64 claimed);
    error TooLong(uint256 length);
    /// A hash that must be there is zero.
    error ZeroHash();

    // ---- The task, the resources

    /**
     * @notice Submits a task. Paper: "First the data owner submits a blockchain transaction describing the task that will be executed which
     * includes all the required metadata … The hashes of the data are saved inside the transaction metadata."
     * @param program hash of the open program; must not be zero
     * @param dataSet hash of the data set as uploaded, zero where the program needs none
     * @param secretFile hash that commits to the secret file, zero where there is none
     * @param wanted hash of what the owner wants as results, zero where that is left open
     * @param deadline last second, by block time, in which the task may move on; past it, it can only expire
     * @param metadata for people and catalogues, at most 2048 bytes
     * @return id of the task
     */
    function submitTask(
        bytes32 program,
        bytes32 dataSet,
        bytes32 secretFile,
        bytes32 wanted,
        uint64 deadline,
        string calldata metadata
    ) external returns (uint256 id) {
        _there(program);
        _short(bytes(metadata).length);
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
        id = eventCount + 1;
        (tasks[id].owner, tasks[id].deadline, tasks[id].state) = (msg.sender, deadline, State.Submitted);
        bytes32 running = _record(
            abi.encode(
                TaskSubmitted.selector,
                id,
                msg.sender,
                program,
                dataSet,
                secretFile,
                wanted,
                deadline,
                metadata,
                block.number
            )
        );
        emit TaskSubmitted(id, msg.sender, program, dataSet, secretFile, wanted, deadline, metadata, running);
    }

    /**
     * @notice Offers resources. Paper: "The data processor sends a blockchain transaction advertising its availability of resources."
     * @param resources hash of their description, zero where the metadata says it all
     * @param until last second, by block time, in which the offer may be matched or approved
     * @return offer its id
     */
    function advertise(bytes32 resources, uint64 until, string calldata metadata) external returns (uint256 offer) {
        _short(bytes(metadata).length);
        if (block.timestamp > until) revert OfferLapsed(until);
        offer = eventCount + 1;
        offers[offer] = Offer(msg.sender, until, false);
        bytes32 running = _record(
            abi.encode(ResourcesAdvertised.selector, offer, msg.sender, resources, until, metadata, block.number)
        );
        emit ResourcesAdvertised(offer, msg.sender, resources, until, metadata, running);
    }

    // ---- The match, the approval

    /**
     * @notice Matches a task with an offer; the owner of either may. Paper: "A match between the data owner request and the data processor
     * request occurs through a blockchain transaction."
     * @dev The task's owner may match over a pending match: a stranger who matches everything keeps no task from going on. The offer is not
     * taken before the approval, for the same reason.
     */
    function matchTask(uint256 id, uint256 offer) external {
        Task storage task = tasks[id];
        bool byOwner = msg.sender == task.owner;
        if (task.state != State.Submitted && !(byOwner && task.state == State.Matched)) revert WrongState(task.state);
        address processor = _standing(offer);
        if (processor == task.owner) revert SameParty();
        if (!byOwner && msg.sender != processor) revert NotParty();
        _inTime(task);
        (task.state, task.matchedByOwner, task.offer) = (State.Matched, byOwner, offer);
        emit TaskMatched(id, offer, msg.sender, _recordMatch(TaskMatched.selector, id, offer));
    }

    /// @notice Takes a match back before it is approved, by either side; the task is open for another one.
    function withdraw(uint256 id) external {
        Task storage task = _in(id, State.Matched);
        uint256 offer = task.offer;
        if (msg.sender != task.owner && msg.sender != offers[offer].processor) revert NotParty();
        _inTime(task);
        (task.state, task.matchedByOwner, task.offer) = (State.Submitted, false, 0);
        emit MatchWithdrawn(id, offer, msg.sender, _recordMatch(MatchWithdrawn.selector, id, offer));
    }

    /**
     * @notice Approves a match, by the side that did not make it. Paper: "Then the task is approved for execution by the counterparty, as
     * well as through a blockchain transaction."
     * @param offer the one that is meant, so that nobody else is approved where the match has changed meanwhile
     */
    function approve(uint256 id, uint256 offer) external {
        Task storage task = _in(id, State.Matched);
        if (task.offer != offer) revert OtherOffer(task.offer);
        address processor = offers[offer].processor;
        if (msg.sender != (task.matchedByOwner ? processor : task.owner)) revert NotCounterpart();
        _standing(offer);
        _inTime(task);
        offers[offer].taken = true;
        (task.state, task.processor, task.since) = (State.Approved, processor, uint64(block.timestamp));
        emit MatchApproved(id, offer, msg.sender, _recordMatch(MatchApproved.selector, id, offer));
    }

    // ---- The execution, the result

    /**
     * @notice Says that the enclave has started. Paper: "The data processor then executes the task as defined in the request."
     * @param runnerKey the key that the enclave made for this task and attests; must not be zero
     * @param startedAt when, in seconds, as the enclave says
     */
    function start(uint256 id, bytes32 runnerKey, uint64 startedAt) external {
        Task storage task = _in(id, State.Approved);
        _byProcessor(task);
        _there(runnerKey);
        if (startedAt + CLOCK_ALLOWANCE < task.since) revert TimeOutOfOrder(startedAt);
        _notAhead(startedAt);
        (task.state, task.since) = (State.Started, startedAt);
        bytes32 running = _record(abi.encode(TaskStarted.selector, id, msg.sender, runnerKey, startedAt, block.number));
        emit TaskStarted(id, msg.sender, runnerKey, startedAt, running);
    }

    /**
     * @notice Records the result. Paper: "The results are hashed, and the metadata is sent within a blockchain transaction"; "the timestamp
     * when the task execution ended and the result was generated, hashes of the results".
     * @param result hash of the results; must not be zero
     * @param output hash of the results as uploaded, encrypted to the owner, zero where nothing was
     * @param attestation digest of the enclave's attestation document; must not be zero
     * @param endedAt when, in seconds, as the enclave says
     */
    function complete(uint256 id, bytes32 result, bytes32 output, bytes32 attestation, uint64 endedAt) external {
        Task storage task = _in(id, State.Started);
        _byProcessor(task);
        _there(result);
        _there(attestation);
        if (endedAt < task.since) revert TimeOutOfOrder(endedAt);
        _notAhead(endedAt);
        task.state = State.Completed;
        bytes32 running = _record(
            abi.encode(TaskCompleted.selector, id, msg.sender, result, output, attestation, endedAt, block.number)
        );
        emit TaskCompleted(id, msg.sender, result, output, attestation, endedAt, running);
    }

    /// @notice Says that there will be no result, and why; the processor may from its naming on.
    function fail(uint256 id, bytes32 reason) external {
        Task storage task = tasks[id];
        if (task.state != State.Approved && task.state != State.Started) revert WrongState(task.state);
        _byProcessor(task);
        task.state = State.Failed;
        emit TaskFailed(
            id, msg.sender, reason, _record(abi.encode(TaskFailed.selector, id, msg.sender, reason, block.number))
        );
    }

    // ---- What ends otherwise, and what is added

    /// @notice Gives a task up, by its owner, as long as it has not started.
    function cancel(uint256 id) external {
        Task storage task = tasks[id];
        if (task.state < State.Submitted || task.state > State.Approved) revert WrongState(task.state);
        if (msg.sender != task.owner) revert NotOwner();
        _inTime(task);
        task.state = State.Cancelled;
        emit TaskCancelled(id, msg.sender, _record(abi.encode(TaskCancelled.selector, id, msg.sender, block.number)));
    }

    /// @notice Ends a task whose deadline has passed, by its owner or its named processor.
    function expire(uint256 id) external {
        Task storage task = tasks[id];
        if (task.state < State.Submitted || task.state > State.Started) revert WrongState(task.state);
        _byParty(task);
        if (block.timestamp <= task.deadline) revert DeadlineAhead(task.deadline);
        task.state = State.Expired;
        emit TaskExpired(id, msg.sender, _record(abi.encode(TaskExpired.selector, id, msg.sender, block.number)));
    }

    /**
     * @notice Adds to a task, at any time, by its owner or its named processor. Paper: "Additional metadata can be added to server purposes
     * such as data and process cataloging or hardware resource usage statistics."
     * @param topic what it is about
     * @param data at most 2048 bytes
     */
    function annotate(uint256 id, bytes32 topic, bytes calldata data) external {
        Task storage task = tasks[id];
        if (task.state == State.None) revert WrongState(State.None);
        _byParty(task);
        _short(data.length);
        bytes32 running = _record(abi.encode(TaskAnnotated.selector, id, msg.sender, topic, data, block.number));
        emit TaskAnnotated(id, msg.sender, topic, data, running);
    }

    // ---- The rules, one each

    function _in(uint256 id, State state) private view returns (Task storage task) {
        task = tasks[id];
        if (task.state != state) revert WrongState(task.state);
    }

    function _standing(uint256 offer) private view returns (address processor) {
        Offer storage standing = offers[offer];
        processor = standing.processor;
        if (processor == address(0)) revert UnknownOffer();
        if (standing.taken) revert OfferTaken();
        if (block.timestamp > standing.until) revert OfferLapsed(standing.until);
    }

    function _inTime(Task storage task) private view {
        if (block.timestamp > task.deadline) revert DeadlinePassed(task.deadline);
    }

    function _byProcessor(Task storage task) private view {
        if (msg.sender != task.processor) revert NotProcessor();
        _inTime(task);
    }

    function _byParty(Task storage task) private view {
        if (msg.sender != task.owner && msg.sender != task.processor) revert NotParty();
    }

    function _notAhead(uint64 claimed) private view {
        if (claimed > block.timestamp + CLOCK_ALLOWANCE) revert TimeOutOfOrder(claimed);
    }

    function _there(bytes32 hash) private pure {
        if (hash == 0) revert ZeroHash();
    }

    function _short(uint256 length) private pure {
        if (length > MAX_LENGTH) revert TooLong(length);
    }

    function _recordMatch(bytes32 topic, uint256 id, uint256 offer) private returns (bytes32) {
        return _record(abi.encode(topic, id, offer, msg.sender, block.number));
    }

    /// Counts an event and takes it into the running hash.
    function _record(bytes memory content) private returns (bytes32 running) {
        ++eventCount;
        runningHash = running = keccak256(abi.encode(runningHash, keccak256(content)));
    }
}
