/** What the bot needs of an SDK. Each official SDK gets an adapter that calls nothing but the SDK. */

export interface BotOrder {
  readonly symbol: string;
  readonly qty: string;
  readonly side: 'buy' | 'sell';
  readonly type: 'market' | 'limit' | 'stop';
  readonly timeInForce: 'day' | 'gtc' | 'ioc';
  readonly price?: string;
  readonly clientOrderId: string;
}

export interface BotFill {
  readonly id: string;
  readonly orderId: string;
  readonly side: string;
  readonly price: string;
  readonly qty: string;
}

export interface PlacedOrder {
  readonly id: string;
  readonly clientOrderId: string;
  readonly side: string;
  readonly type: string;
}

export interface Broker {
  readonly name: string;
  account(): Promise<{ readonly cash: string; readonly equity: string }>;
  isOpen(): Promise<boolean>;
  /** Shares held, as the API writes them; null where there is no position. */
  position(symbol: string): Promise<string | null>;
  place(order: BotOrder): Promise<PlacedOrder>;
  openOrders(): Promise<readonly PlacedOrder[]>;
  cancelAll(): Promise<void>;
  latestClose(symbol: string): Promise<number>;
  /** Closes of the minutes since a time, oldest first. */
  closesSince(symbol: string, start: Date): Promise<readonly number[]>;
  /** Fills behind the one with that id, oldest first. */
  fillsAfter(id: string | null): Promise<readonly BotFill[]>;
  /** What was posted as fees so far: negative amounts. */
  fees(): Promise<readonly string[]>;
}

export interface Connection {
  readonly origin: string;
  readonly keyId: string;
  readonly secretKey: string;
}
