// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProofOfExecution} from "../src/ProofOfExecution.sol";

/// What forge's own machine offers to tests.
interface Vm {
    function prank(address from) external;
    function warp(uint256 time) external;
    function roll(uint256 number) external;
}

/**
 * Four accounts that try whatever they are told to, on tasks and offers that are there and on some that are not. What the contract lets
 * through is held against rules of its own: who, from which state to which, when, and which running hash has to come out.
 */
contract Parties {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 private constant ALLOWANCE = 60;

    ProofOfExecution public immutable contract_ = new ProofOfExecution();
    uint256[] public tasks;
    uint256[] private offers;
    /// What the counter must hold, from nothing but the steps that went through.
    uint256 public count;
    bytes32 public hash;
    /// The first rule that was seen broken.
    string public broken;
    /// How many tasks went all the way.
    uint256 public completed;

    struct Seen {
        address owner;
        address processor;
        ProofOfExecution.State state;
        uint64 since;
        uint64 deadline;
        uint256 offer;
        bool byOwner;
    }

    function wait(uint8 time) external {
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 1);
    }

    function submit(uint256 who, uint16 span, bytes32 program) external {
        address by = _account(who);
        vm.prank(by);
        try contract_.submitTask(program, "data", "secret", "wanted", uint64(block.timestamp + span), "text") returns (
            uint256 id
        ) {
            _took(
                abi.encode(
                    ProofOfExecution.TaskSubmitted.selector,
                    id,
                    by,
                    program,
                    bytes32("data"),
                    bytes32("secret"),
                    bytes32("wanted"),
                    uint64(block.timestamp + span),
                    "text",
                    block.number
                )
            );
            _demand(program != 0 && id == count && _see(id).owner == by, "submit");
            tasks.push(id);
        } catch {}
    }

    function advertise(uint256 who, uint16 span) external {
        address by = _account(who);
        vm.prank(by);
        try contract_.advertise("cores", uint64(block.timestamp + span), "") returns (uint256 offer) {
            _took(
                abi.encode(
                    ProofOfExecution.ResourcesAdvertised.selector,
                    offer,
                    by,
                    bytes32("cores"),
                    uint64(block.timestamp + span),
                    "",
                    block.number
                )
            );
            _demand(offer == count, "advertise");
            offers.push(offer);
        } catch {}
    }

    function matchTask(uint256 who, uint256 which, uint256 with) external {
        _match(_account(who), _pick(tasks, which), _pick(offers, with));
    }

    function withdraw(uint256 who, uint256 which) external {
        (address by, uint256 id) = (_account(who), _pick(tasks, which));
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.withdraw(id) {
            _took(abi.encode(ProofOfExecution.MatchWithdrawn.selector, id, old.offer, by, block.number));
            (address processor,,) = contract_.offers(old.offer);
            _demand(by == old.owner || by == processor, "withdraw: who");
            _moved(old, _see(id), ProofOfExecution.State.Matched, ProofOfExecution.State.Submitted);
        } catch {}
    }

    function approve(uint256 who, uint256 which, uint256 with) external {
        _approve(_account(who), _pick(tasks, which), _pick(offers, with));
    }

    function start(uint256 who, uint256 which, bytes32 key, int8 skew) external {
        _start(_account(who), _pick(tasks, which), key, _claim(skew));
    }

    function complete(uint256 who, uint256 which, bytes32 result, int8 skew) external {
        _complete(_account(who), _pick(tasks, which), result, _claim(skew));
    }

    function fail(uint256 who, uint256 which) external {
        (address by, uint256 id) = (_account(who), _pick(tasks, which));
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.fail(id, "reason") {
            _took(abi.encode(ProofOfExecution.TaskFailed.selector, id, by, bytes32("reason"), block.number));
            _demand(by == old.processor, "fail: who");
            if (old.state == ProofOfExecution.State.Approved) old.state = ProofOfExecution.State.Started;
            _moved(old, _see(id), ProofOfExecution.State.Started, ProofOfExecution.State.Failed);
        } catch {}
    }

    function cancel(uint256 who, uint256 which) external {
        (address by, uint256 id) = (_account(who), _pick(tasks, which));
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.cancel(id) {
            _took(abi.encode(ProofOfExecution.TaskCancelled.selector, id, by, block.number));
            _demand(by == old.owner, "cancel: who");
            _demand(
                old.state != ProofOfExecution.State.None && old.state < ProofOfExecution.State.Started, "cancel: from"
            );
            old.state = ProofOfExecution.State.Approved;
            _moved(old, _see(id), ProofOfExecution.State.Approved, ProofOfExecution.State.Cancelled);
        } catch {}
    }

    function expire(uint256 who, uint256 which) external {
        (address by, uint256 id) = (_account(who), _pick(tasks, which));
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.expire(id) {
            _took(abi.encode(ProofOfExecution.TaskExpired.selector, id, by, block.number));
            _demand(by == old.owner || by == old.processor, "expire: who");
            _demand(
                old.state != ProofOfExecution.State.None && old.state < ProofOfExecution.State.Completed, "expire: from"
            );
            _demand(block.timestamp > old.deadline && _see(id).state == ProofOfExecution.State.Expired, "expire: when");
        } catch {}
    }

    function annotate(uint256 who, uint256 which, bytes calldata data) external {
        (address by, uint256 id) = (_account(who), _pick(tasks, which));
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.annotate(id, "topic", data) {
            _took(abi.encode(ProofOfExecution.TaskAnnotated.selector, id, by, bytes32("topic"), data, block.number));
            _demand(by == old.owner || by == old.processor, "annotate: who");
            _demand(
                data.length <= 2048 && keccak256(abi.encode(old)) == keccak256(abi.encode(_see(id))), "annotate: what"
            );
        } catch {}
    }

    /// Takes a task one step onward, by who may: what brings deep states about.
    function onward(uint256 which, uint256 with) external {
        uint256 id = _pick(tasks, which);
        uint256 offer = _pick(offers, with);
        Seen memory now_ = _see(id);
        (address processor,,) = contract_.offers(now_.offer);
        if (now_.state == ProofOfExecution.State.Submitted) {
            _match(now_.owner, id, offer);
        } else if (now_.state == ProofOfExecution.State.Matched) {
            _approve(now_.byOwner ? processor : now_.owner, id, now_.offer);
        } else if (now_.state == ProofOfExecution.State.Approved) {
            _start(now_.processor, id, "key", uint64(block.timestamp));
        } else if (now_.state == ProofOfExecution.State.Started) {
            _complete(
                now_.processor,
                id,
                "result",
                uint64(block.timestamp) > now_.since ? uint64(block.timestamp) : now_.since
            );
        }
    }

    function _match(address by, uint256 id, uint256 offer) private {
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.matchTask(id, offer) {
            _took(abi.encode(ProofOfExecution.TaskMatched.selector, id, offer, by, block.number));
            (address processor, uint64 until, bool taken) = contract_.offers(offer);
            _demand((by == old.owner || by == processor) && old.owner != processor, "match: who");
            _demand(!taken && block.timestamp <= until, "match: offer");
            if (old.state == ProofOfExecution.State.Matched && by == old.owner) {
                old.state = ProofOfExecution.State.Submitted;
            }
            _moved(old, _see(id), ProofOfExecution.State.Submitted, ProofOfExecution.State.Matched);
        } catch {}
    }

    function _approve(address by, uint256 id, uint256 offer) private {
        Seen memory old = _see(id);
        (address processor, uint64 until, bool taken) = contract_.offers(offer);
        vm.prank(by);
        try contract_.approve(id, offer) {
            _took(abi.encode(ProofOfExecution.MatchApproved.selector, id, offer, by, block.number));
            _demand(by == (old.byOwner ? processor : old.owner) && old.owner != processor, "approve: who");
            _demand(old.offer == offer && !taken && block.timestamp <= until, "approve: offer");
            Seen memory fresh = _see(id);
            _demand(fresh.processor == processor && fresh.since == block.timestamp, "approve: names");
            _moved(old, fresh, ProofOfExecution.State.Matched, ProofOfExecution.State.Approved);
        } catch {}
    }

    function _start(address by, uint256 id, bytes32 key, uint64 claimed) private {
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.start(id, key, claimed) {
            _took(abi.encode(ProofOfExecution.TaskStarted.selector, id, by, key, claimed, block.number));
            _demand(by == old.processor && key != 0, "start: who");
            _demand(claimed + ALLOWANCE >= old.since && claimed <= block.timestamp + ALLOWANCE, "start: when");
            _moved(old, _see(id), ProofOfExecution.State.Approved, ProofOfExecution.State.Started);
        } catch {}
    }

    function _complete(address by, uint256 id, bytes32 result, uint64 claimed) private {
        Seen memory old = _see(id);
        vm.prank(by);
        try contract_.complete(id, result, "output", "attestation", claimed) {
            _took(
                abi.encode(
                    ProofOfExecution.TaskCompleted.selector,
                    id,
                    by,
                    result,
                    bytes32("output"),
                    bytes32("attestation"),
                    claimed,
                    block.number
                )
            );
            _demand(by == old.processor && result != 0, "complete: who");
            _demand(claimed >= old.since && claimed <= block.timestamp + ALLOWANCE, "complete: when");
            _moved(old, _see(id), ProofOfExecution.State.Started, ProofOfExecution.State.Completed);
            ++completed;
        } catch {}
    }

    function _moved(Seen memory old, Seen memory fresh, ProofOfExecution.State from, ProofOfExecution.State to)
        private
    {
        _demand(old.state == from && fresh.state == to, "a state was skipped");
        _demand(block.timestamp <= old.deadline, "late");
        _demand(fresh.owner == old.owner && fresh.deadline == old.deadline, "owner or deadline changed");
    }

    function _took(bytes memory content) private {
        ++count;
        hash = keccak256(abi.encode(hash, keccak256(content)));
    }

    function _demand(bool holds, string memory rule) private {
        if (!holds && bytes(broken).length == 0) broken = rule;
    }

    function _see(uint256 id) private view returns (Seen memory seen) {
        (seen.owner, seen.deadline, seen.state, seen.byOwner, seen.processor, seen.since, seen.offer) =
            contract_.tasks(id);
    }

    function _account(uint256 who) private pure returns (address) {
        return address(uint160(0xA11CE + who % 4));
    }

    function _claim(int8 skew) private view returns (uint64) {
        return uint64(uint256(int256(block.timestamp) + skew));
    }

    /// One of them, now and then one that is not there.
    function _pick(uint256[] storage list, uint256 which) private view returns (uint256) {
        uint256 index = which % (list.length + 1);
        return index == list.length ? which : list[index];
    }
}

contract TaskInvariants {
    Parties private parties;

    function setUp() public {
        Vm(address(uint160(uint256(keccak256("hevm cheat code"))))).warp(1_000_000);
        parties = new Parties();
    }

    /// Whom forge lets act.
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(parties);
    }

    function invariant_noStrangerActsNoStateIsSkippedTimesAreMonotone() public view {
        require(bytes(parties.broken()).length == 0, parties.broken());
    }

    function invariant_counterAndRunningHashAreThoseOfTheSteps() public view {
        require(parties.contract_().eventCount() == parties.count(), "count");
        require(parties.contract_().runningHash() == parties.hash(), "hash");
    }

    function invariant_noEther() public view {
        require(address(parties.contract_()).balance == 0, "ether");
    }

    /// That the parties come to the end at all.
    function test_theWholeFlow() public {
        parties.submit(0, 1000, "program");
        parties.advertise(1, 1000);
        for (uint256 step; step < 4; ++step) {
            parties.onward(0, 0);
        }
        require(parties.completed() == 1 && parties.count() == 6, "not completed");
        invariant_noStrangerActsNoStateIsSkippedTimesAreMonotone();
        invariant_counterAndRunningHashAreThoseOfTheSteps();
    }
}
