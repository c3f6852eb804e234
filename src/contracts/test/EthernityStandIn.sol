// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A stand-in for tests of the reader of Ethernity's orders, and nothing else: the selectors, topics, guards and places in storage of the published contracts
/// (core/task/ethernity/README.md), written anew. Never deploy it where it could be taken for them.
contract EthernityStandIn {
    enum RequestStatus { Available, Booked, Cancelled }
    enum OrderStatus { Open, Processing, Closed, Cancelled }

    struct Request {
        address owner;
        RequestStatus status;
    }

    /// Twelve slots.
    struct Order {
        uint8 version;
        address party;
        address owner;
        address processor;
        address placedBy;
        uint256 dpRequest;
        uint256 doRequest;
        uint256 placedAt;
        mapping(uint256 => uint256) reservedA;
        mapping(uint256 => uint256) reservedB;
        string result;
        uint256 reservedC;
        OrderStatus status;
    }

    event _addDPRequestEV(address indexed _from, uint256 _rowNumber);
    event _addDORequestEV(address indexed _from, uint256 _rowNumber);
    event _placeOrderEV(address indexed _from, uint256 _orderNumber);
    event _orderPlacedEV(uint256 _orderNumber, uint256 _doRequestId, uint256 _dpRequestId);
    event _orderApprovedEV(address indexed _downer, address _dproc, uint256 _orderNumber);
    event _orderClosedEV(uint256 _orderNumber);

    /// Slots 0 to 20, so that the orders are the list in slot 21.
    uint256[21] private reserved;
    Order[] private orders;
    Request[] private doRequests;
    Request[] private dpRequests;
    /// As on Polygon, Sepolia and IoTeX; on bloxberg orders leave one event only.
    bool private immutable hasOrderEvents;

    constructor(bool _hasOrderEvents) {
        hasOrderEvents = _hasOrderEvents;
    }

    function _addDORequest(
        uint8, uint8, uint8, uint8, uint16, uint8, uint8,
        string memory, string memory, string memory, string memory
    ) external {
        doRequests.push(Request(msg.sender, RequestStatus.Available));
        emit _addDORequestEV(msg.sender, doRequests.length - 1);
    }

    function _addDPRequest(
        uint8, uint8, uint8, uint8, uint16, uint8,
        string memory, string memory, string memory, string memory
    ) external {
        dpRequests.push(Request(msg.sender, RequestStatus.Available));
        emit _addDPRequestEV(msg.sender, dpRequests.length - 1);
    }

    function _placeOrder(uint256 doRequest, uint256 dpRequest) external {
        Request storage asked = doRequests[doRequest];
        Request storage offered = dpRequests[dpRequest];
        require(msg.sender == asked.owner || msg.sender == offered.owner, "party");
        require(asked.status == RequestStatus.Available && offered.status == RequestStatus.Available, "taken");
        asked.status = RequestStatus.Booked;
        offered.status = RequestStatus.Booked;
        Order storage order = orders.push();
        order.version = 1;
        order.party = offered.owner;
        order.owner = asked.owner;
        order.placedBy = msg.sender;
        order.dpRequest = dpRequest;
        order.doRequest = doRequest;
        order.placedAt = block.timestamp;
        emit _placeOrderEV(msg.sender, orders.length - 1);
        if (hasOrderEvents) emit _orderPlacedEV(orders.length - 1, doRequest, dpRequest);
    }

    function _approveOrder(uint256 number) external {
        Order storage order = orders[number];
        require(order.status == OrderStatus.Open, "status");
        require(msg.sender == (order.placedBy == order.owner ? order.party : order.owner), "party");
        order.status = OrderStatus.Processing;
        if (hasOrderEvents) emit _orderApprovedEV(order.owner, order.party, number);
    }

    function _addProcessorToOrder(uint256 number, address processor) external {
        require(msg.sender == orders[number].party, "party");
        orders[number].processor = processor;
    }

    function _addResultToOrder(uint256 number, string calldata result) external {
        Order storage order = orders[number];
        require(order.status == OrderStatus.Processing && msg.sender == order.processor, "processor");
        order.result = result;
        order.status = OrderStatus.Closed;
        if (hasOrderEvents) emit _orderClosedEV(number);
    }
}
