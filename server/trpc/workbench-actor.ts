/** Whose money the workbench trades with: the account that the session opened with. */
import type { AccountOrdinal } from '../engine/orders/order';

export const WORKBENCH_ACCOUNT: AccountOrdinal = 0;
/** The actor that commits made from the workbench carry. */
export const WORKBENCH_ACTOR = 'browser';
