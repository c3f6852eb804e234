import { parseAbi } from 'viem';

/** The part of the contracts' interface that orders are read from (README: sources). */
export const ethernityAbi = parseAbi([
  'function _addDORequest(uint8 cpu, uint8 memory_, uint8 storage_, uint8 bandwidth, uint16 duration, uint8 instances, uint8 maxPrice, string metadata1, string metadata2, string metadata3, string metadata4)',
  'function _addDPRequest(uint8 cpu, uint8 memory_, uint8 storage_, uint8 bandwidth, uint16 duration, uint8 minPrice, string metadata1, string metadata2, string metadata3, string metadata4)',
  'function _placeOrder(uint256 doRequest, uint256 dpRequest)',
  'function _approveOrder(uint256 order)',
  'function _addProcessorToOrder(uint256 order, address processor)',
  'function _addResultToOrder(uint256 order, string result)',
  'function _cancelDORequest(uint256 request)',
  'function _cancelDPRequest(uint256 request)',
  'function validate(uint256 order)',
  'function invalidate(uint256 order)',
  'event _addDPRequestEV(address indexed from, uint256 row)',
  'event _addDORequestEV(address indexed from, uint256 row)',
  'event _placeOrderEV(address indexed from, uint256 order)',
  'event _orderPlacedEV(uint256 order, uint256 doRequest, uint256 dpRequest)',
  'event _orderApprovedEV(address indexed downer, address dproc, uint256 order)',
  'event _orderClosedEV(uint256 order)',
  'event _orderValidatedEV(uint256 order)',
  'event _orderInvalidatedEV(uint256 order)',
]);
